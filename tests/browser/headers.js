// The headers that are published: those of `_headers` in the output if there is such a file, else
// those of `netlify.toml`. Tests serve pages with them, so that a page that needs more than they
// allow shows it here and not after publishing.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";

/** The root of the repository. */
export const repository = path.resolve(import.meta.dirname, "../..");

/** The rules for the site in `folder`: `{ pattern, headers }`, in the order in which they stand. */
export function published(folder) {
  const file = path.join(folder, "_headers");
  if (existsSync(file)) return fromHeaders(readFileSync(file, "utf8"));
  return fromNetlify(readFileSync(path.join(repository, "netlify.toml"), "utf8"));
}

/** The headers for an address, by their names in lower case; a later rule wins. */
export function headersFor(rules, address) {
  const found = rules.filter((rule) => matches(rule.pattern, address));
  return Object.assign({}, ...found.map((rule) => rule.headers));
}

/** Reads the form that Netlify and Cloudflare Pages share: a pattern, below it indented headers. */
function fromHeaders(text) {
  const rules = [];
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim() || line.trim().startsWith("#")) continue;
    if (/^\s/.test(line)) {
      const [name, ...value] = line.trim().split(":");
      rules.at(-1).headers[name.trim().toLowerCase()] = value.join(":").trim();
    } else {
      rules.push({ pattern: line.trim(), headers: {} });
    }
  }
  return rules;
}

/** Reads `[[headers]]` of a netlify.toml. */
function fromNetlify(text) {
  return (parse(text).headers ?? []).map((rule) => ({
    pattern: rule.for,
    headers: Object.fromEntries(
      Object.entries(rule.values).map(([name, value]) => [name.toLowerCase(), value.trim()]),
    ),
  }));
}

function matches(pattern, address) {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(address);
}
