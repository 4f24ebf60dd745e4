// Print: one page of each type becomes a PDF, which is read back.

import { test } from "node:test";
import { misprints } from "./checks/print.js";
import { stage } from "./stage.js";

const demo = stage();

test("print: one page of each type as a PDF", async (t) => {
  t.diagnostic(`${demo.typical.length} pages`);
  await demo.shows(demo.typical, misprints);
});
