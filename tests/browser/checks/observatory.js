// The Mozilla Observatory's own tests and points, asked without a network: they are given the headers
// and the page that are to be published.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.join(path.dirname(createRequire(import.meta.url).resolve("@mdn/mdn-http-observatory")), "..");

// The scorer fetches the list of preloaded hosts when it is installed. No host of ours is in it, so
// an empty one says the same.
const list = path.join(root, "conf/hsts-preload.json");
if (!existsSync(list)) {
  mkdirSync(path.dirname(list), { recursive: true });
  writeFileSync(list, "{}");
}

const part = (file) => import(pathToFileURL(path.join(root, "src", file)).href);
const { ALL_TESTS } = await part("constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts.js");
const { getGradeForScore, getScoreModifier } = await part("grader/grader.js");
const { parseHttpEquivHeaders } = await part("retriever/utils.js");
const { Requests } = await part("types.js");

/** What a page that is published at `url` with `headers` is worth: `{ score, grade, points }`. */
export function score(url, html, headers) {
  const { origin, hostname, href } = new URL(url);
  const requests = new Requests(hostname);
  const all = { "content-type": "text/html", ...headers };
  Object.defineProperty(all, "get", { value: (name) => all[name.toLowerCase()], enumerable: false });
  const response = {
    headers: all,
    request: { headers: {} },
    status: 200,
    verified: true,
    data: html,
    httpEquiv: parseHttpEquivHeaders(html, href),
  };
  Object.assign(requests.responses, { auto: response, cors: response, http: response, https: response });
  // A host that publishes such headers leads to HTTPS; that is not the repository's to say.
  requests.responses.httpRedirects = [
    { url: new URL(href.replace("https:", "http:")), status: 301 },
    { url: new URL(href), status: 200 },
  ];
  requests.responses.httpsRedirects = [{ url: new URL(href), status: 200 }];
  requests.resources.path = html;
  requests.session = { url: new URL(origin) };
  return grade(ALL_TESTS.map((test) => test(requests)));
}

/** As the scorer sums up: extra credit counts only for those who have lost little. */
function grade(results) {
  const points = results.map((result) => [result.constructor.name, result.result, getScoreModifier(result.result)]);
  const lost = points.reduce((sum, [, , value]) => sum + Math.min(value, 0), 100);
  const all = points.reduce((sum, [, , value]) => sum + value, 100);
  return { ...getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost), points };
}
