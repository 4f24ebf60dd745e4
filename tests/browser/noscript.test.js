// JavaScript off: every page type says the same, and a way through the site works.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visitAll } from "./browser.js";
import { dead, texts } from "./checks/noscript.js";
import { stage } from "./stage.js";

const demo = stage();

const off = (tab) => tab.setJavaScriptEnabled(false);

test("no JavaScript: one page of each type says the same without JavaScript", async () => {
  const said = new Map();
  await visitAll(demo.browser, demo.site.origin, demo.typical, async (tab, address) => {
    said.set(address, await texts(tab));
    return [];
  });
  const missing = async (tab, address) => {
    const now = new Set(await texts(tab));
    return said.get(address).filter((text) => !now.has(text)).map((text) => `missing: “${text.slice(0, 80)}”`);
  };
  await demo.shows(demo.typical, missing, { prepare: off });
});

test("no JavaScript: nothing on them does nothing without JavaScript", () =>
  demo.shows(demo.typical, dead, { prepare: off }));

test("no JavaScript: menu, list, entry and former address can be reached by clicks", async () => {
  const tab = await demo.browser.newPage();
  await off(tab);
  await tab.goto(`${demo.site.origin}/`);
  for (const selector of ["header nav a[href^='/']:not([aria-current]):not([lang])", "main h2 a[href^='/'], main h3 a[href^='/'], main li a[href^='/']"]) {
    const before = tab.url();
    await Promise.all([tab.waitForNavigation(), tab.click(selector)]);
    assert.notEqual(tab.url(), before, `a click on ${selector} leads on`);
    assert.ok(await tab.$("main h1"), `${tab.url()} has a title`);
  }
  await tab.close();
});
