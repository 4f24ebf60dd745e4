// Bad input: very long, very much, very little. What such sites look like is for people to judge; that
// nothing is cut off, covered or inaccessible is tested here.

import { test } from "node:test";
import { chromium, DARK, DESKTOP, NARROW, prefer, restyle, visitAll } from "./browser.js";
import { violations } from "./checks/axe.js";
import { SPACED, unreadable } from "./checks/reflow.js";
import { nothing } from "./expect.js";
import { names, openExtreme } from "./extremes.js";
import { onePerType, readable } from "./pages.js";

const spaced = async (tab) => {
  await restyle(tab, SPACED);
  return unreadable(tab);
};

for (const name of names) {
  test(`bad input: ${name}`, async (t) => {
    const site = await openExtreme(name);
    const browser = await chromium();
    try {
      const addresses = onePerType(readable(site.folder)).map((page) => page.address);
      t.diagnostic(`${addresses.length} pages`);
      const run = (visit, prepare) => visitAll(browser, site.origin, addresses, visit, { prepare });
      const at = (size) => (tab) => tab.setViewport(size);
      const found = {
        "axe-core": await run(violations),
        "axe-core, dark": await run(violations, (tab) => prefer(tab, DARK)),
        "1280 pixels": await run(unreadable, at(DESKTOP)),
        "320 pixels": await run(unreadable, at(NARROW)),
        "text spacing": await run(spaced, at(DESKTOP)),
        "text spacing, 320 pixels": await run(spaced, at(NARROW)),
      };
      nothing(Object.entries(found).flatMap(([mode, all]) => all.map((one) => `${mode}: ${one}`)), name);
    } finally {
      await browser.close();
      site.close();
    }
  });
}
