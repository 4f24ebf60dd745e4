// Reflow: what is on a page can be read in a narrow window, with wider text spacing and with text at
// twice its size. Every page at 320 pixels; the rest on one page of each type.

import { after, before, test } from "node:test";
import { chromium, DESKTOP, NARROW, restyle, visitAll } from "./browser.js";
import { fixedText, LARGE, SPACED, unreadable } from "./checks/reflow.js";
import { nothing } from "./expect.js";
import { onePerType, readable } from "./pages.js";
import { open } from "./site.js";

let site, browser, every, typical;

before(async () => {
  site = await open();
  browser = await chromium();
  every = readable(site.folder).map((page) => page.address);
  typical = onePerType(readable(site.folder)).map((page) => page.address);
});

after(async () => {
  await browser?.close();
  site?.close();
});

const run = (addresses, size, visit) =>
  visitAll(browser, site.origin, addresses, visit, { prepare: (tab) => tab.setViewport(size) });

const withRules = (rules) => async (tab) => {
  await restyle(tab, rules);
  return unreadable(tab);
};

test("every page at 320 pixels", async () => nothing(await run(every, NARROW, unreadable), "reflow"));

test("one page of each type at 1280 pixels", async () =>
  nothing(await run(typical, DESKTOP, unreadable), "reflow"));

for (const size of [DESKTOP, NARROW]) {
  test(`text spacing, ${size.width} pixels`, async () =>
    nothing(await run(typical, size, withRules(SPACED)), "text spacing"));
}

test("text at 200 %", async () => {
  nothing(await run(typical, DESKTOP, withRules(LARGE)), "large text");
  nothing(await run(typical, DESKTOP, (tab) => fixedText(tab)), "large text");
});

test("200 % zoom: 640 pixels", async () =>
  nothing(await run(typical, { width: 640, height: 450 }, unreadable), "zoom"));
