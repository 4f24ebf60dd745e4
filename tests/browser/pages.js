// Which pages a built site has, and which of them stand for all others.
//
// A page's type is read from the page itself, so new kinds and templates are covered without a
// change here: the classes of `body`, and whether it is a later page of a list. Plain pages count one
// by one, for they are few and all different. Other languages have the same templates, so of their
// pages the first class of `body` counts alone. Of each type the page with the most kinds of markup
// is taken; further pages are added until every class that occurs anywhere occurs on one that is
// taken.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * All pages of the site in `folder`, sorted by address: `{ address, html, type, lang, classes,
 * status, isEntry, isRedirect }`.
 */
export function allPages(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html"));
  const main = lang(readFileSync(path.join(folder, "index.html"), "utf8"));
  return files.map((file) => describe(folder, file, main)).sort(byAddress);
}

/** The pages that are read: all but former addresses, which lead on at once. */
export function readable(folder) {
  return allPages(folder).filter((page) => !page.isRedirect);
}

/** One page of each type, and what else is needed to see every class once. */
export function onePerType(pages) {
  const taken = richest(pages);
  const missing = new Set(pages.flatMap((page) => [...page.classes]));
  for (const page of taken) page.classes.forEach((name) => missing.delete(name));
  while (missing.size > 0) {
    const gain = (page) => [...page.classes].filter((name) => missing.has(name)).length;
    const next = pages.reduce((best, page) => (gain(page) > gain(best) ? page : best));
    taken.push(next);
    next.classes.forEach((name) => missing.delete(name));
  }
  return taken.sort(byAddress);
}

/** One page of each type, without those that show nothing that another does not: for what takes long. */
export function fewest(pages) {
  const taken = [];
  for (const page of richest(pages).sort((a, b) => b.classes.size - a.classes.size)) {
    const shows = [...page.classes].filter((name) => page.isEntry || !name.startsWith("kind-"));
    const isKnown = taken.some((one) => one.isEntry === page.isEntry && shows.every((name) => one.classes.has(name)));
    if (!isKnown) taken.push(page);
  }
  return taken.sort(byAddress);
}

/** Of each type the page with the most classes. */
function richest(pages) {
  const chosen = new Map();
  for (const page of pages) {
    const best = chosen.get(page.type);
    if (!best || page.classes.size > best.classes.size) chosen.set(page.type, page);
  }
  return [...chosen.values()];
}

function describe(folder, file, main) {
  const html = readFileSync(path.join(folder, file), "utf8");
  const address = `/${file.split(path.sep).join("/").replace(/(^|\/)index\.html$/, "$1")}`;
  const body = html.match(/<body[^>]*\bclass="([^"]*)"/)?.[1] ?? "";
  const later = /\/(seite|page)\/\d+\/$/.test(address) ? "later" : "";
  const isMain = lang(html) === main;
  const isPlain = /\bkind-page\b/.test(body);
  const type = isMain ? [body, later, isPlain ? address : ""] : [lang(html), body.split(" ")[0]];
  return {
    address,
    html,
    lang: lang(html),
    type: type.filter(Boolean).join(" "),
    classes: new Set([...html.matchAll(/\bclass="([^"]*)"/g)].flatMap((found) => found[1].split(/\s+/))),
    status: /(^|\/)404\.html$/.test(address) ? 404 : 200,
    isEntry: /\bpage-entry\b/.test(body),
    isRedirect: /<meta http-equiv="refresh"/.test(html),
  };
}

function lang(html) {
  return html.match(/<html[^>]*\blang="([^"]*)"/)?.[1] ?? "";
}

function byAddress(a, b) {
  return a.address < b.address ? -1 : 1;
}
