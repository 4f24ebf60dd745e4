// Films that somebody else holds: two clicks, or a link.

import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "./browser.js";
import { listen } from "./checks/requests.js";
import { faults } from "./checks/video.js";
import { nothing } from "./expect.js";
import { readable } from "./pages.js";
import { stage } from "./stage.js";

const demo = stage();

test("video: nothing is asked of others before the click", async () => {
  const pages = readable(demo.site.folder).filter((page) => /class="embed"/.test(page.html));
  assert.ok(pages.length > 0, "the demo site has a film at a provider");
  const found = [];
  for (const page of pages) {
    const tab = await demo.browser.newPage();
    const heard = listen(tab, demo.site.origin);
    await show(tab, demo.site.origin + page.address);
    found.push(...(await faults(tab, demo.site.origin, heard)).map((finding) => `${page.address}: ${finding}`));
    await tab.close();
  }
  nothing(found, "video");
});

test("video: without JavaScript it is a link", async () => {
  const pages = readable(demo.site.folder).filter((page) => /class="embed"/.test(page.html));
  await demo.shows(
    pages.map((page) => page.address),
    async (tab) => {
      const found = await tab.$$eval("iframe, .embed button", (all) => all.filter((one) => one.checkVisibility()).map((one) => `shown: ${one.localName}`));
      const links = await tab.$$eval(".medium a[href^=http]", (all) => all.length);
      return links > 0 ? found : [...found, "no link to the film"];
    },
    { prepare: (tab) => tab.setJavaScriptEnabled(false) },
  );
});
