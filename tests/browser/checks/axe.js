// axe-core with all of its rules: those for WCAG 2.2 A and AA, those for EN 301 549, best practices
// and experimental ones.
//
// Left out are the rules for level AAA alone, which nobody promises, those that axe-core itself calls
// deprecated, and one experimental rule that asks the opposite of another: a wide table has to take the
// focus, so that it can be scrolled with the keyboard (`scrollable-region-focusable`), and
// `focus-order-semantics` allows the focus to widgets alone.

import axe from "axe-core";

const rules = axe
  .getRules()
  .filter((rule) => !rule.tags.some((tag) => /^wcag2\d*aaa$/.test(tag) || tag === "deprecated"))
  .filter((rule) => rule.ruleId !== "focus-order-semantics")
  .map((rule) => rule.ruleId);

/** What axe-core calls a violation on the page that is shown: rule, element and reason. */
export async function violations(tab) {
  await tab.evaluate(axe.source);
  await tab.evaluate(sayForcedColours);
  const results = await tab.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: "rule", values }, resultTypes: ["violations"] }),
    rules,
  );
  return results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} at ${node.target.join(" ")}: ${reason(node)}`),
  );
}

/**
 * In forced colours Chromium paints text in the reader's colour, and says so for `color`; for
 * `-webkit-text-fill-color`, which axe-core asks, it still names that of the style sheet.
 */
function sayForcedColours() {
  if (!matchMedia("(forced-colors: active)").matches) return;
  const ask = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    return ask.call(this, name === "-webkit-text-fill-color" ? "color" : name);
  };
}

/** How many rules are asked. */
export const ruleCount = rules.length;

function reason(node) {
  const first = [...node.any, ...node.all, ...node.none][0];
  return (first?.message ?? node.failureSummary).replace(/\s+/g, " ").slice(0, 240);
}
