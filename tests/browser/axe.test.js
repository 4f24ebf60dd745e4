// axe-core: every page in light, one page of each type in the modes that readers choose.

import { after, before, test } from "node:test";
import { chromium, DARK, FORCED, NARROW, prefer, visitAll } from "./browser.js";
import { ruleCount, violations } from "./checks/axe.js";
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

const run = (addresses, prepare) => visitAll(browser, site.origin, addresses, violations, { prepare });

test("every page in light", async (t) => {
  nothing(await run(every), "axe-core");
  t.diagnostic(`${every.length} pages, ${ruleCount} rules`);
});

test("one page of each type in dark", async (t) => {
  nothing(await run(typical, (tab) => prefer(tab, DARK)), "axe-core");
  t.diagnostic(`${typical.length} pages`);
});

test("one page of each type in forced colours", async () => {
  nothing(await run(typical, (tab) => prefer(tab, FORCED)), "axe-core");
});

test("one page of each type at 320 pixels", async () => {
  nothing(await run(typical, (tab) => tab.setViewport(NARROW)), "axe-core");
});
