// What most tests stand on: the demo site, built and served, and a browser.

import { after, before } from "node:test";
import { chromium, visitAll } from "./browser.js";
import { nothing } from "./expect.js";
import { onePerType, readable } from "./pages.js";
import { open } from "./site.js";

/**
 * Sets the stage before the tests of a file and clears it after them. In between it has `site`,
 * `browser`, the addresses of `every` page and of one page of each type, `typical`.
 */
export function stage({ build = open, start = chromium } = {}) {
  const it = {
    /** Shows pages of the site, and fails with what `visit` finds. */
    async shows(addresses, visit, options) {
      nothing(await visitAll(it.browser, it.site.origin, addresses, visit, options), "findings");
    },
  };
  before(async () => {
    it.site = await build();
    it.browser = await start();
    const pages = readable(it.site.folder);
    it.every = pages.map((page) => page.address);
    it.typical = onePerType(pages).map((page) => page.address);
  });
  after(async () => {
    await it.browser?.close();
    it.site?.close();
  });
  return it;
}
