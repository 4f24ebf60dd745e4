// Lighthouse on each page type.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MINIMUM, shortfalls } from "./checks/lighthouse.js";
import { nothing } from "./expect.js";
import { fewest, readable } from "./pages.js";
import { stage } from "./stage.js";

const demo = stage();

test("Lighthouse: one page of each type, mobile", async (t) => {
  const pages = fewest(readable(demo.site.folder)).filter((page) => page.status === 200);
  assert.ok(pages.length > 5, "there are pages to look at");
  const found = [];
  let slowest = 100;
  for (const page of pages) {
    // A page that search engines are asked to leave out has no use for a score in finding it.
    const ignore = /<meta name="robots" content="noindex/.test(page.html) ? ["seo"] : [];
    const result = await shortfalls(demo.browser, demo.site.origin + page.address, { ignore });
    found.push(...result.found.map((finding) => `${page.address}: ${finding}`));
    slowest = Math.min(slowest, ...result.speeds);
  }
  t.diagnostic(`${pages.length} pages, performance of ${slowest} or more in each run (${MINIMUM.performance} needed)`);
  nothing(found, "Lighthouse");
});
