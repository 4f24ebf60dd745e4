// The second theme: what a small child of the default theme changes stays accessible.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { DARK, NARROW, prefer } from "./browser.js";
import { violations } from "./checks/axe.js";
import { unreadable } from "./checks/reflow.js";
import { repository } from "./headers.js";
import { open, scratch } from "./site.js";
import { stage } from "./stage.js";

/** The demo site with the theme `werkstatt`. */
function build() {
  const folder = scratch();
  for (const part of ["content", "themes"]) {
    cpSync(path.join(repository, part), path.join(folder, part), { recursive: true });
  }
  const settings = path.join(folder, "content/site.toml");
  const text = readFileSync(settings, "utf8");
  writeFileSync(settings, text.replace(/^theme = "schaukasten"$/m, 'theme = "werkstatt"'));
  return open(path.join(folder, "content"));
}

const demo = stage({ build });

test("second theme: it is the one that is shown", () => {
  const home = readFileSync(path.join(demo.site.folder, "index.html"), "utf8");
  assert.match(home, /class="site-header bench"/);
});

test("second theme: axe-core, light", () => demo.shows(demo.typical, violations));

test("second theme: axe-core, dark", () =>
  demo.shows(demo.typical, violations, { prepare: (tab) => prefer(tab, DARK) }));

test("second theme: reflow at 320 pixels", () =>
  demo.shows(demo.typical, unreadable, { prepare: (tab) => tab.setViewport(NARROW) }));
