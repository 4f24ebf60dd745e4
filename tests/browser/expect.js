// How tests say what they found: all of it, each finding on a line, and not more than a person reads.

import assert from "node:assert/strict";

const MAX_LINES = 60;

/** Fails with the list of what was found, if anything was. */
export function nothing(findings, what) {
  const more = findings.length - MAX_LINES;
  const lines = findings.slice(0, MAX_LINES).map((finding) => `  ${finding}`);
  if (more > 0) lines.push(`  … and ${more} more`);
  assert.equal(findings.length, 0, `${what}: ${findings.length} found\n${lines.join("\n")}`);
}

/** Fails unless one of the findings holds `words`: for checks of the checks. */
export function finds(findings, words) {
  assert.ok(
    findings.some((finding) => finding.includes(words)),
    `“${words}” should have been found, and is not in:\n  ${findings.join("\n  ") || "nothing"}`,
  );
}
