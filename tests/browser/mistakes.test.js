// The checks are worth something only if they find what they look for: pages with one mistake each,
// and one without any.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium, DESKTOP, FORCED, NARROW, prefer, restyle, show } from "./browser.js";
import { violations } from "./checks/axe.js";
import { inline, loaded } from "./checks/budget.js";
import { faults as filterFaults } from "./checks/filters.js";
import { obstacles, ready } from "./checks/keyboard.js";
import { shortfalls } from "./checks/lighthouse.js";
import { dead, texts } from "./checks/noscript.js";
import { score } from "./checks/observatory.js";
import { misprints } from "./checks/print.js";
import { fixedText, SPACED, unreadable } from "./checks/reflow.js";
import { hints, listen } from "./checks/requests.js";
import { faults as videoFaults } from "./checks/video.js";
import { finds, nothing } from "./expect.js";
import { headersFor, published } from "./headers.js";
import { serve } from "./site.js";

let site, browser;

before(async () => {
  site = await serve(path.join(import.meta.dirname, "broken"), []);
  browser = await chromium();
});

after(async () => {
  await browser?.close();
  site?.close();
});

/** Shows a page of `broken/` and gives what `visit(tab)` finds there. */
async function look(name, visit, prepare = () => {}) {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  await prepare(tab);
  await show(tab, `${site.origin}/${name}.html`);
  const found = await visit(tab);
  await context.close();
  return found;
}

const narrow = (tab) => tab.setViewport(NARROW);
const wide = (tab) => tab.setViewport(DESKTOP);

test("a page without mistakes has none", async () => {
  nothing(await look("good", violations), "axe-core");
  nothing(await look("good", unreadable, narrow), "reflow");
  nothing(await look("good", obstacles, ready), "keyboard");
  nothing(await look("good", misprints), "print");
});

test("axe-core finds mistakes", async () => {
  const found = await look("axe", violations);
  for (const rule of ["image-alt", "color-contrast", "heading-order"]) finds(found, rule);
});

test("axe-core finds mistakes in forced colours", async () => {
  const forced = (tab) => prefer(tab, FORCED);
  nothing(await look("good", violations, forced), "axe-core");
  const found = await look("forced", violations, forced);
  finds(found, "color-contrast at #kept");
  assert.ok(!found.some((finding) => finding.includes("#forced")), "what is forced is readable");
});

test("reflow finds mistakes", async () => {
  finds(await look("wide", unreadable, narrow), "scrolls sideways");
  finds(await look("wide", unreadable, narrow), "outside the window");
  finds(await look("cut", unreadable, wide), "cut off");
  finds(await look("overlap", unreadable, wide), "overlap");
  finds(await look("fixed", (tab) => fixedText(tab), wide), "keeps its size");
});

test("text spacing finds mistakes", async () => {
  const spaced = async (tab) => {
    await restyle(tab, SPACED);
    return unreadable(tab);
  };
  nothing(await look("tight", unreadable, wide), "without spacing");
  finds(await look("tight", spaced, wide), "cut off");
});

test("the keyboard walk finds mistakes", async () => {
  finds(await look("order", obstacles, ready), "Tab: after");
  finds(await look("ring", obstacles, ready), "no focus ring");
  finds(await look("ring", obstacles, ready), "a focus ring with a contrast of");
  finds(await look("covered", obstacles, ready), "hidden while it has the focus");
  finds(await look("trap", obstacles, ready), "the focus is caught");
  finds(await look("noskip", obstacles, ready), "the first stop is no skip link");
});

test("print finds mistakes", async () => {
  const found = await look("print", misprints);
  for (const words of ["a paragraph is not printed", "an address is not printed", "navigation is printed", "This line is so long", "printed on rgb(0, 0, 0)"]) {
    finds(found, words);
  }
});

test("requests are found", async () => {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  const heard = listen(tab, site.origin);
  await show(tab, `${site.origin}/requests.html`);
  const found = [...heard.take(), ...(await hints(tab, site.origin))];
  await context.close();
  for (const words of ["asks https://example.org", "/missing.png answers 404", "preconnect to"]) finds(found, words);
});

test("what needs JavaScript is found", async () => {
  const off = (tab) => tab.setJavaScriptEnabled(false);
  const withScript = await look("noscript", texts);
  const without = await look("noscript", texts, off);
  assert.ok(withScript.includes("Only with a script") && !without.includes("Only with a script"));
  finds(await look("noscript", dead, off), "a button without effect");
});

test("style and script in a page are found", () => {
  finds(inline('<p style="color: red">'), "style=");
  finds(inline("<style>p { color: red }</style>"), "<style>");
  finds(inline('<a href="/" onclick="go()">'), "onclick");
  finds(inline('<a href="javascript:go()">'), "javascript:");
  finds(inline("<script>go()</script>"), "a script in the page");
  nothing(inline('<script type="application/ld+json">{ "a": "<p style=x>" }</script><!-- <p style="x"> -->'), "inline");
  const html = '<link rel="stylesheet" href="/a.css"><script src="/b.js"></script>';
  assert.deepEqual(loaded(html), { styles: ["/a.css"], scripts: ["/b.js"] });
});

test("Lighthouse finds mistakes", async () => {
  const { found } = await shortfalls(browser, `${site.origin}/lighthouse.html`);
  for (const words of ["accessibility", "seo"]) finds(found, words);
});

test("the Observatory finds mistakes", () => {
  const url = "https://example.org/";
  const headers = headersFor(published(site.folder), "/");
  const without = (name) => Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
  const loose = headers["content-security-policy"].replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
  assert.equal(score(url, "<p>", headers).score, 130);
  assert.ok(score(url, "<p>", { ...headers, "content-security-policy": loose }).score < 130);
  for (const name of ["content-security-policy", "strict-transport-security", "referrer-policy", "x-content-type-options"]) {
    assert.ok(score(url, "<p>", without(name)).score < 130, `without ${name}`);
  }
  assert.ok(score(url, '<script src="https://cdn.example.com/a.js"></script>', headers).score < 130);
});

test("filters that do nothing are found", async () => {
  const found = await look("filters", filterFaults, ready);
  for (const words of ["appears together", "is not announced", "the address does not say", "two filters change nothing"]) finds(found, words);
});

test("a film without a click is found", async () => {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  const heard = listen(tab, site.origin);
  await show(tab, `${site.origin}/video.html`);
  const found = await videoFaults(tab, site.origin, heard);
  await context.close();
  for (const words of ["before the click: asks https://video.example.org", "a frame is there"]) finds(found, words);
});
