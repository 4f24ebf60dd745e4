// A keyboard walk through every page type, in a wide and in a narrow window, and in dark.

import { test } from "node:test";
import { DARK, DESKTOP, NARROW } from "./browser.js";
import { obstacles, ready } from "./checks/keyboard.js";
import { stage } from "./stage.js";

const demo = stage();

const walk = (size, features) =>
  demo.shows(demo.typical, obstacles, {
    prepare: async (tab) => {
      await tab.setViewport(size);
      await ready(tab, features);
    },
  });

test("keyboard: one page of each type", async (t) => {
  t.diagnostic(`${demo.typical.length} pages`);
  await walk(DESKTOP);
});

test("keyboard: one page of each type at 320 pixels", () => walk(NARROW));

test("keyboard: one page of each type in dark", () => walk(DESKTOP, DARK));
