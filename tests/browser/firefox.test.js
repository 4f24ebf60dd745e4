// The second engine: what differs between browsers, on one page of each type in Firefox.

import { test } from "node:test";
import { DESKTOP, firefox, firefoxPath, NARROW, restyle, show } from "./browser.js";
import { violations } from "./checks/axe.js";
import { SPACED, unreadable } from "./checks/reflow.js";
import { listen } from "./checks/requests.js";
import { nothing } from "./expect.js";
import { stage } from "./stage.js";

if (!firefoxPath) {
  test("Firefox", { skip: "no Firefox on this machine; it can be named in the variable FIREFOX" }, () => {});
} else {
  const demo = stage({ start: firefox });

  test("Firefox: axe-core, reflow, text spacing and requests", async (t) => {
    const tab = await demo.browser.newPage();
    const heard = listen(tab, demo.site.origin);
    const found = [];
    for (const address of demo.typical) {
      await tab.setViewport(DESKTOP);
      await show(tab, demo.site.origin + address);
      const all = [...(await violations(tab))];
      await tab.setViewport(NARROW);
      all.push(...(await unreadable(tab)));
      await restyle(tab, SPACED);
      all.push(...(await unreadable(tab)), ...heard.take());
      found.push(...all.map((finding) => `${address}: ${finding}`));
    }
    await tab.close();
    nothing(found, "Firefox");
    t.diagnostic(`${demo.typical.length} pages, ${await demo.browser.version()}`);
  });
}
