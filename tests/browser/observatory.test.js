// The Mozilla Observatory's score for the headers that this repository publishes, with each page type.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { score } from "./checks/observatory.js";
import { nothing } from "./expect.js";
import { headersFor, published } from "./headers.js";
import { onePerType, readable } from "./pages.js";
import { open } from "./site.js";

/** The points that the headers have to reach: the grade A+ and thirty more. */
const MINIMUM = 130;

let site;

before(async () => {
  site = await open();
});

after(() => site?.close());

test("Observatory: every page type, with the headers to be published", (t) => {
  const rules = published(site.folder);
  assert.ok(rules.length > 0, "headers are published");
  const found = [];
  let lowest = Infinity;
  for (const page of onePerType(readable(site.folder))) {
    const url = `https://schaukasten.example.org${page.address}`;
    const result = score(url, page.html, headersFor(rules, page.address));
    lowest = Math.min(lowest, result.score);
    const lost = result.points.filter(([, , value]) => value < 0).map((point) => point.join(" "));
    if (result.score < MINIMUM) found.push(`${page.address}: ${result.score}: ${lost.join("; ")}`);
  }
  t.diagnostic(`${lowest} points or more (${MINIMUM} needed)`);
  nothing(found, "Observatory");
});
