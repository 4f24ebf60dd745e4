// Lighthouse as it comes, for a phone: its four categories, each from 0 to 100.

import lighthouse from "lighthouse";

const OPTIONS = { output: "json", logLevel: "error", formFactor: "mobile", disableFullPageScreenshot: true };

/** What every page has to reach. */
export const MINIMUM = { accessibility: 100, "best-practices": 100, seo: 100, performance: 98 };

/** What keeps a page below the minimum, and the audits that cost it points. */
export async function shortfalls(browser, url, { ignore = [] } = {}) {
  const port = new URL(browser.wsEndpoint()).port;
  const whole = await run(url, port, ["accessibility", "best-practices", "seo", "performance"]);
  const found = [];
  for (const name of ["accessibility", "best-practices", "seo"]) {
    if (ignore.includes(name)) continue;
    const score = points(whole, name);
    if (score < MINIMUM[name]) found.push(`${name} ${score}: ${failed(whole, name)}`);
  }
  const speeds = [points(whole, "performance")];
  // The median of three is known after two runs that are both good enough, or both not.
  while (speeds.length < 2 || (speeds.length < 3 && isGood(speeds[0]) !== isGood(speeds[1]))) {
    speeds.push(points(await run(url, port, ["performance"]), "performance"));
  }
  const median = [...speeds].sort((a, b) => a - b)[Math.floor(speeds.length / 2)];
  if (!isGood(median)) found.push(`performance ${speeds.join(", ")}: ${failed(whole, "performance")}`);
  return { found, speeds };
}

const isGood = (speed) => speed >= MINIMUM.performance;

async function run(url, port, onlyCategories) {
  const result = await lighthouse(url, { ...OPTIONS, port, onlyCategories });
  if (result.lhr.runtimeError) throw new Error(`${url}: ${result.lhr.runtimeError.message}`);
  return result.lhr;
}

function points(report, category) {
  return Math.round(report.categories[category].score * 100);
}

/** The audits of a category that weigh something and are not passed. */
function failed(report, category) {
  const audits = report.categories[category].auditRefs
    .filter((ref) => ref.weight > 0)
    .map((ref) => report.audits[ref.id])
    .filter((audit) => audit.score !== null && audit.score < 1);
  const words = (audit) => {
    const first = audit.details?.items?.[0];
    const where = first?.node?.selector ?? first?.url ?? first?.description ?? "";
    return `${audit.id}${audit.displayValue ? ` ${audit.displayValue}` : ""}${where ? ` (${where})` : ""}`;
  };
  return audits.map(words).join("; ");
}
