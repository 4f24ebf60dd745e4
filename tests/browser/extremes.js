// Sites that nobody writes on purpose and everybody gets some day. Those that are short lie in
// `sites/`; what is long is made here, for nobody wants to read it in a file.

import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { open, scratch } from "./site.js";

const written = path.join(import.meta.dirname, "sites");

/** The names of the sites: those that are written, and the one that is made. */
export const names = [...readdirSync(written).sort(), "excess"];

/** Builds and serves one of them. */
export function openExtreme(name) {
  if (name !== "excess") return open(path.join(written, name, "content"), []);
  const content = path.join(scratch(), "content");
  for (const [file, text] of Object.entries(excess())) {
    mkdirSync(path.dirname(path.join(content, file)), { recursive: true });
    writeFileSync(path.join(content, file), text);
  }
  // It is German and English, so the frame of the pages is seen in both.
  cpSync(path.join(written, "required/content/site.toml"), path.join(content, "site.toml"));
  return open(content, []);
}

/** A word of 80 letters that no dictionary can divide. */
export const WORD = "Verwaltungsdigitalisierungsbeschleunigungsgrundsatzangelegenheitenkoordinierung".padEnd(80, "s");

/** A title of 300 characters. */
export const TITLE = "Gemeinsames Vorhaben von Ländern, Kommunen und Forschung zur Erprobung neuer Wege ".repeat(4).slice(0, 300).trimEnd().padEnd(300, "e");

/** A title of 300 characters, words of 80, 60 partners, 200 sessions: the files of a site. */
function excess() {
  const count = (length) => Array.from({ length }, (_, index) => index + 1);
  const partners = count(60).map((number) => `[[entry]]\nid = "partner-${number}"\ntitle = "Partner Nummer ${number}${number % 7 ? "" : ` ${WORD}`}"\ntype = "kommune"\n`);
  const roles = ["foerderer", "durchfuehrung", "mitwirkung"];
  const rows = count(60).map((number) => `  { partner = "partner-${number}", role = "${roles[number % 3]}" },`);
  const two = (number) => String(number).padStart(2, "0");
  const sessions = count(200).map((number) => {
    const [day, slot] = [Math.floor((number - 1) / 50), (number - 1) % 50];
    const start = `2027-05-${two(10 + day)}T${two(8 + Math.floor(slot / 6))}:${two((slot % 6) * 10)}`;
    return `  { title = "Programmpunkt ${number}${number % 40 ? "" : ` ${WORD}`}", start = "${start}", minutes = 10 },`;
  });
  const head = (lines) => `+++\n${lines.join("\n")}\n+++\n`;
  const long = (kind) => [`title = "${TITLE}"`, `short_title = "${WORD}"`, `summary = "${WORD} und ${WORD}."`, ...kind];
  return {
    "_index.md": `${head([`title = "${TITLE}"`, `summary = "${WORD}"`])}${WORD} ${TITLE}\n`,
    "_index.en.md": head([`title = "${WORD}"`]),
    "initiativen/_index.md": head(['kind = "initiative"', `title = "${WORD}"`]),
    "initiativen/lang.md": `${head(long(['type = "programm"', "featured = true", `goals = ["${WORD}", "${TITLE}"]`, "partners = [", ...rows, "]"]))}${TITLE}\n\n## ${WORD}\n\n- ${WORD}\n- [${WORD}](https://example.org/${WORD})\n\n| ${WORD} | Zahl |\n|---|---:|\n| ${WORD} | 1 |\n\n\`${WORD}\`\n`,
    "partner/_index.md": head(['kind = "partner"', 'title = "Partner"']),
    "partner/_entries.toml": partners.join("\n"),
    "veranstaltungen/_index.md": head(['kind = "event"', 'title = "Veranstaltungen"']),
    "veranstaltungen/lang.md": head(long(['type = "festival"', 'start = "2027-05-10"', 'end = "2027-05-13"', 'initiatives = ["lang"]', 'topics = ["lang"]', `place = { name = "${WORD}", locality = "${WORD}" }`, "sessions = [", ...sessions, "]"])),
    "loesungen/_index.md": head(['kind = "solution"', 'title = "Lösungen"']),
    "loesungen/lang.md": head(long(['type = "werkzeug"', 'status = "produktiv"', 'initiatives = ["lang"]', 'topics = ["lang"]'])),
    "aktuelles/_index.md": head(['kind = "news"', 'title = "Aktuelles"']),
    "aktuelles/lang.md": head(long(['about = ["initiative:lang"]', "date = 2026-05-01"])),
    "themen/_index.md": head(['kind = "topic"', 'title = "Themen"']),
    "themen/lang.md": head([`title = "${WORD}"`]),
    "seite.md": `${head(long([]))}${WORD}\n`,
  };
}
