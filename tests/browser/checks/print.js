// What a page gives on paper: its text, the addresses of its links and the credits of its pictures,
// in black on white; no navigation.
//
// The PDF is read back, so what is compared is what was printed, not what style sheets intend.

import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { prefer } from "../browser.js";

/** What is wrong with the page that is shown once it is printed. */
export async function misprints(tab) {
  const wanted = await expected(tab);
  const pdf = await tab.pdf({ format: "A4", preferCSSPageSize: false });
  const sheets = await read(pdf);
  const printed = squeeze(sheets.join(" "));
  const found = [];
  if (sheets.every((sheet) => sheet.trim() === "")) found.push("the print is empty");
  for (const [what, texts] of Object.entries(wanted.texts)) {
    for (const text of texts) {
      if (!printed.includes(squeeze(text))) found.push(`${what} is not printed: ${quote(text)}`);
    }
  }
  for (const menu of wanted.menus) {
    if (printed.includes(squeeze(menu))) found.push(`navigation is printed: ${quote(menu)}`);
  }
  found.push(...(await colours(tab)));
  return found;
}

/** What has to be on paper, and what must not be, told from the page itself. */
function expected(tab) {
  return tab.evaluate(() => {
    const main = document.querySelector("main");
    const isLeaf = (element) => ![...element.children].some((child) => /^(block|flex|grid|list-item|table)/.test(getComputedStyle(child).display));
    const isText = (element) =>
      !element.closest("nav, form, [role=search], [role=status], video, audio, button, .visually-hidden, .more, .kind-band, .filters-box, .embed, [aria-hidden=true], .player");
    // What only screen readers get is not for paper.
    const seen = (element) => {
      const copy = element.cloneNode(true);
      for (const hidden of copy.querySelectorAll(".visually-hidden")) hidden.remove();
      return copy.textContent.trim();
    };
    const texts = (selector) =>
      [...main.querySelectorAll(selector)]
        .filter((element) => isText(element) && isLeaf(element))
        .filter((element) => element.checkVisibility() || element.closest("details"))
        .map(seen)
        .filter(Boolean);
    const credits = [...main.querySelectorAll("figcaption")].filter(isText).map((one) => one.textContent.trim());
    const links = [...main.querySelectorAll("a[href^=http]")]
      .filter((link) => isText(link) && link.origin !== location.origin && link.checkVisibility())
      .map((link) => link.getAttribute("href"));
    const menus = [...document.querySelectorAll("nav")]
      .map((nav) => nav.innerText)
      .filter((text) => text.trim().split(/\s+/).length > 3);
    const skip = document.querySelector("a[href^='#']")?.textContent;
    return {
      texts: {
        "a heading": texts("h1, h2, h3, h4"),
        "a paragraph": texts("p"),
        "an item": texts("li, dt, dd, td, th"),
        "a credit": credits.filter(Boolean),
        "an address": links,
      },
      menus: skip ? [...menus, skip] : menus,
    };
  });
}

/** The reading that goes on: the library reads one file at a time. */
let reading = Promise.resolve();

/** The text of each sheet; what would lie beyond its edge is not in it. */
function read(bytes) {
  const turn = reading.then(() => sheetsOf(bytes));
  reading = turn.catch(() => {});
  return turn;
}

async function sheetsOf(bytes) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const sheets = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    sheets.push(items.map((item) => item.str).join(" "));
  }
  await pdf.destroy();
  return sheets;
}

/** Paper is white and ink black, also if the reader's screen is dark. */
async function colours(tab) {
  await prefer(tab, [{ name: "prefers-color-scheme", value: "dark" }], "print");
  const [ground, ink] = await tab.evaluate(() => [
    getComputedStyle(document.documentElement).backgroundColor,
    getComputedStyle(document.querySelector("main h1")).color,
  ]);
  await prefer(tab, [], "");
  const found = [];
  if (!/^rgb\(255, 255, 255\)$|^rgba\(0, 0, 0, 0\)$/.test(ground)) found.push(`printed on ${ground}`);
  if (ink !== "rgb(0, 0, 0)") found.push(`the title is printed in ${ink}`);
  return found;
}

/** Letters and digits only: lines, hyphens and spaces come out of a PDF otherwise than they went in. */
function squeeze(text) {
  return text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
}

function quote(text) {
  return `“${text.replace(/\s+/g, " ").slice(0, 60)}”`;
}
