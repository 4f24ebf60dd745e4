// What a page weighs, and that it holds no style and no script of its own, so that the strictest
// policy can be published.

import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** Bytes, gzipped: for the one style sheet, and for all scripts together. */
export const MAX_STYLE = 12_000;
export const MAX_SCRIPT = 6_000;

const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;

/** Style and script that stand in a page rather than in a file. */
export function inline(html) {
  const found = [];
  for (const { name, attributes } of tags(html)) {
    if (name === "style") found.push("a <style> element");
    if (name === "script" && !attributes.src && attributes.type !== "application/ld+json") found.push("a script in the page");
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "style") found.push(`<${name} style="${value}">`);
      if (/^on[a-z]+$/.test(key)) found.push(`<${name} ${key}="${value}">`);
      if (/^\s*javascript:/i.test(value)) found.push(`<${name} ${key}="${value}">`);
    }
  }
  return found;
}

/** The style sheets and scripts that a page loads. */
export function loaded(html) {
  const all = [...tags(html)];
  const isSheet = ({ name, attributes }) => name === "link" && /\bstylesheet\b/.test(attributes.rel ?? "");
  return {
    styles: all.filter(isSheet).map((tag) => tag.attributes.href),
    scripts: all.filter((tag) => tag.name === "script" && tag.attributes.src).map((tag) => tag.attributes.src),
  };
}

/** The size of a file of the site when it is sent compressed. */
export function weight(folder, address) {
  return gzipSync(readFileSync(path.join(folder, decodeURI(address))), { level: 9 }).length;
}

function* tags(html) {
  const bare = html.replace(/<!--[\s\S]*?-->/g, "").replace(/(<script\b[^>]*>)[\s\S]*?(<\/script>)/gi, "$1$2");
  for (const [, name, rest] of bare.matchAll(TAG)) {
    const attributes = {};
    for (const [, key, ...values] of rest.matchAll(ATTRIBUTE)) {
      attributes[key.toLowerCase()] = values.find((value) => value !== undefined) ?? "";
    }
    yield { name: name.toLowerCase(), attributes };
  }
}
