// Filters on the lists of the demo site: with JavaScript in place, without it as links.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "./checks/filters.js";
import { ready } from "./checks/keyboard.js";
import { listen } from "./checks/requests.js";
import { violations } from "./checks/axe.js";
import { unreadable } from "./checks/reflow.js";
import { NARROW } from "./browser.js";
import { readable } from "./pages.js";
import { stage } from "./stage.js";

const demo = stage();
/** One list of each kind and language; the lists of single filters hold the same form. */
function lists() {
  const filtered = readable(demo.site.folder).filter((page) => /<[^>]*\bdata-index="/.test(page.html));
  const isWhole = (page) => page.html.match(/\bdata-list="([^"]*)"/)?.[1] === page.address;
  return filtered.filter(isWhole).map((page) => page.address);
}

test("filters: there are lists with filters", () => assert.ok(lists().length > 0));

test("filters: two combined, announced, in the address and back, by keyboard", async (t) => {
  t.diagnostic(`${lists().length} lists`);
  await demo.shows(lists(), async (tab) => {
    const heard = listen(tab, demo.site.origin);
    return [...(await faults(tab)), ...heard.take()];
  }, { prepare: ready });
});

test("filters: unfolded, they are accessible and fit", async () => {
  const unfolded = async (tab) => {
    await tab.evaluate(() => document.querySelector("main .filters details").setAttribute("open", ""));
    return [...(await violations(tab)), ...(await unreadable(tab))];
  };
  await demo.shows(lists(), unfolded);
  await demo.shows(lists(), unfolded, { prepare: (tab) => tab.setViewport(NARROW) });
});

test("filters: without JavaScript each leads to a page of its own", async () => {
  await demo.shows(lists(), async (tab) => {
    const links = await tab.$$eval("main .filters a[href]", (all) => all.map((link) => link.href));
    const found = links.length > 0 ? [] : ["no links"];
    for (const link of links.slice(0, 5)) {
      const answer = await fetch(link);
      if (!answer.ok) found.push(`${link} answers ${answer.status}`);
    }
    return found;
  }, { prepare: (tab) => tab.setJavaScriptEnabled(false) });
});
