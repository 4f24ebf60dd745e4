// Budgets: one style sheet, few scripts, nothing of either in the pages themselves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inline, loaded, MAX_SCRIPT, MAX_STYLE, weight } from "./checks/budget.js";
import { nothing } from "./expect.js";
import { allPages } from "./pages.js";
import { open } from "./site.js";

let site, pages;

before(async () => {
  site = await open();
  pages = allPages(site.folder);
});

after(() => site?.close());

test("no style and no script in a page", () =>
  nothing(pages.flatMap((page) => inline(page.html).map((what) => `${page.address}: ${what}`)), "inline"));

test("one style sheet, and within its budget", (t) => {
  const sheets = new Set(pages.flatMap((page) => loaded(page.html).styles));
  const several = pages.filter((page) => !page.isRedirect && loaded(page.html).styles.length !== 1);
  nothing(several.map((page) => `${page.address}: ${loaded(page.html).styles.length} style sheets`), "style sheets");
  assert.equal(sheets.size, 1, `all pages share one style sheet: ${[...sheets].join(", ")}`);
  const bytes = weight(site.folder, [...sheets][0]);
  t.diagnostic(`${bytes} of ${MAX_STYLE} bytes`);
  assert.ok(bytes <= MAX_STYLE, `${bytes} bytes of style, ${MAX_STYLE} allowed`);
});

test("scripts within their budget", (t) => {
  const scripts = [...new Set(pages.flatMap((page) => loaded(page.html).scripts))];
  const bytes = scripts.reduce((sum, address) => sum + weight(site.folder, address), 0);
  t.diagnostic(`${bytes} of ${MAX_SCRIPT} bytes in ${scripts.length} files`);
  assert.ok(bytes <= MAX_SCRIPT, `${bytes} bytes of script, ${MAX_SCRIPT} allowed: ${scripts.join(", ")}`);
});
