// Reflow: what is on a page can be read in a narrow window, with wider text spacing and with text at
// twice its size. Every page at 320 pixels; the rest on one page of each type.

import { test } from "node:test";
import { DESKTOP, NARROW, restyle } from "./browser.js";
import { fixedText, LARGE, SPACED, unreadable } from "./checks/reflow.js";
import { stage } from "./stage.js";

const demo = stage();

const at = (size) => ({ prepare: (tab) => tab.setViewport(size) });

const withRules = (rules) => async (tab) => {
  await restyle(tab, rules);
  return unreadable(tab);
};

test("reflow: every page at 320 pixels", () => demo.shows(demo.every, unreadable, at(NARROW)));

test("reflow: one page of each type at 640 pixels, as at 200 % zoom", () =>
  demo.shows(demo.typical, unreadable, at({ width: 640, height: 450 })));

test("reflow: one page of each type at 1280 pixels", () => demo.shows(demo.typical, unreadable, at(DESKTOP)));

for (const size of [DESKTOP, NARROW]) {
  test(`text spacing: one page of each type at ${size.width} pixels`, () =>
    demo.shows(demo.typical, withRules(SPACED), at(size)));
}

test("text at 200 %: one page of each type", () => demo.shows(demo.typical, withRules(LARGE), at(DESKTOP)));

test("text at 200 %: all of it grows", () => demo.shows(demo.typical, (tab) => fixedText(tab), at(DESKTOP)));
