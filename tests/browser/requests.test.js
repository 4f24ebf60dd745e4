// No request leaves the site: on every page, and on a way through it by clicks.

import { test } from "node:test";
import { show } from "./browser.js";
import { hints, listen } from "./checks/requests.js";
import { nothing } from "./expect.js";
import { stage } from "./stage.js";

const demo = stage();

test("requests: every page asks the site alone", async () => {
  const tab = await demo.browser.newPage();
  const heard = listen(tab, demo.site.origin);
  const found = [];
  for (const address of demo.every) {
    await show(tab, demo.site.origin + address);
    const all = [...heard.take(), ...(await hints(tab, demo.site.origin))];
    found.push(...all.map((finding) => `${address}: ${finding}`));
  }
  await tab.close();
  nothing(found, "requests");
});

test("requests: clicking through asks the site alone", async (t) => {
  const tab = await demo.browser.newPage();
  const heard = listen(tab, demo.site.origin);
  const seen = new Set();
  let address = "/";
  let clicks = 0;
  for (const start of demo.typical) {
    await show(tab, demo.site.origin + start);
    // What unfolds on the page, then the first link of its main part that was not followed yet.
    clicks += await unfold(tab);
    const next = await tab.evaluate((known) => {
      const links = [...document.querySelectorAll("main a[href]")];
      const link = links.find((one) => one.origin === location.origin && one.pathname !== location.pathname && !one.download && /\/$/.test(one.pathname) && !known.includes(one.pathname));
      link?.setAttribute("data-next", "");
      return link?.pathname;
    }, [...seen]);
    if (next) {
      seen.add(next);
      await Promise.all([tab.waitForNavigation({ waitUntil: "load" }), tab.$eval("[data-next]", (link) => link.click())]);
      clicks += 1;
      address = next;
    }
  }
  await tab.close();
  nothing(heard.take(), `requests on the way to ${address}`);
  t.diagnostic(`${clicks} clicks`);
});

function unfold(tab) {
  return tab.evaluate(() => {
    const all = [...document.querySelectorAll("summary")];
    all.forEach((summary) => summary.click());
    return all.length;
  });
}
