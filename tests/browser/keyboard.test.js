// A keyboard walk through every page type, in a wide and in a narrow window, and in dark.

import { after, before, test } from "node:test";
import { chromium, DARK, DESKTOP, NARROW, prefer, visitAll } from "./browser.js";
import { obstacles } from "./checks/keyboard.js";
import { nothing } from "./expect.js";
import { onePerType, readable } from "./pages.js";
import { open } from "./site.js";

let site, browser, typical;

before(async () => {
  site = await open();
  browser = await chromium();
  typical = onePerType(readable(site.folder)).map((page) => page.address);
});

after(async () => {
  await browser?.close();
  site?.close();
});

const run = (prepare) => visitAll(browser, site.origin, typical, obstacles, { prepare });

test("one page of each type", async (t) => {
  nothing(await run((tab) => tab.setViewport(DESKTOP)), "keyboard");
  t.diagnostic(`${typical.length} pages`);
});

test("one page of each type at 320 pixels", async () =>
  nothing(await run((tab) => tab.setViewport(NARROW)), "keyboard"));

test("one page of each type in dark", async () => nothing(await run((tab) => prefer(tab, DARK)), "keyboard"));
