// axe-core: every page in light, one page of each type in the modes that readers choose.

import { test } from "node:test";
import { DARK, FORCED, NARROW, prefer } from "./browser.js";
import { ruleCount, violations } from "./checks/axe.js";
import { stage } from "./stage.js";

const demo = stage();

test("axe-core: every page in light", async (t) => {
  t.diagnostic(`${demo.every.length} pages, ${ruleCount} rules`);
  await demo.shows(demo.every, violations);
});

const MODES = {
  dark: (tab) => prefer(tab, DARK),
  "forced colours": (tab) => prefer(tab, FORCED),
  "320 pixels": (tab) => tab.setViewport(NARROW),
};

for (const [mode, prepare] of Object.entries(MODES)) {
  test(`axe-core: one page of each type, ${mode}`, async (t) => {
    t.diagnostic(`${demo.typical.length} pages`);
    await demo.shows(demo.typical, violations, { prepare });
  });
}
