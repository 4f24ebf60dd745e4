// Whether all of a page can be read in the window it is given: nothing to the right of it, nothing
// cut off, no text on top of another. WCAG 1.4.4, 1.4.10, 1.4.12.
//
// What scrolls by itself, such as a wide table, may be wider than the window.

/** The text spacing that WCAG 1.4.12 asks pages to bear. */
export const SPACED = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

/** Text at twice its size, as readers set it in their browser. */
export const LARGE = ":root { font-size: 200% !important; }";

/** What cannot be read on the page that is shown. */
export function unreadable(tab) {
  return tab.evaluate(() => {
    const found = [];
    const width = document.documentElement.clientWidth;
    const name = (element) => {
      const classes = [...element.classList].map((part) => `.${part}`).join("");
      const parent = element.parentElement?.classList[0];
      return `${parent ? `.${parent} > ` : ""}${element.localName}${classes}`;
    };
    const quote = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
    const ancestors = (element) => {
      const all = [];
      for (let at = element; at; at = at.parentElement) all.push(at);
      return all;
    };
    const isClip = (style) => /hidden|clip/.test(style.overflowX + style.overflowY);
    const isHiddenOnPurpose = (element) =>
      ancestors(element).some((at) => {
        const style = getComputedStyle(at);
        return style.clipPath !== "none" || (isClip(style) && at.clientWidth <= 1);
      });
    const scrolls = (element) =>
      ancestors(element).slice(0, -2).some((at) => /auto|scroll/.test(getComputedStyle(at).overflowX));

    if (document.documentElement.scrollWidth > width) {
      found.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${width} pixels`);
    }

    const boxes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("svg, script, style, option")) continue;
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (isHiddenOnPurpose(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
      const out = rects.find((rect) => rect.right > width + 1 || rect.left < -1);
      // The skip link waits above the window until it has the focus.
      const waits = rects.every((rect) => rect.bottom + scrollY <= 0);
      if (waits) continue;
      if (out && !scrolls(parent)) {
        found.push(`outside the window: ${name(parent)} ${quote(node.data)} (${Math.round(out.left)} to ${Math.round(out.right)})`);
      }
      if (!scrolls(parent)) rects.forEach((rect) => boxes.push({ rect, node, parent }));
      for (const at of ancestors(parent)) {
        if (!isClip(getComputedStyle(at)) || at === document.documentElement || at === document.body) continue;
        const frame = at.getBoundingClientRect();
        const cut = rects.find((rect) =>
          rect.right > frame.right + 2 || rect.left < frame.left - 2 || rect.bottom > frame.bottom + rect.height / 3 || rect.top < frame.top - rect.height / 3);
        if (cut) found.push(`cut off: ${name(parent)} ${quote(node.data)} by ${name(at)}`);
      }
    }

    boxes.sort((a, b) => a.rect.top - b.rect.top);
    const told = new Set();
    boxes.forEach((one, index) => {
      for (let next = index + 1; next < boxes.length; next++) {
        const other = boxes[next];
        if (other.rect.top >= one.rect.bottom) break;
        if (other.node === one.node) continue;
        const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const high = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        if (wide <= 2 || high <= 0.4 * Math.min(one.rect.height, other.rect.height)) continue;
        const words = `overlap: ${name(one.parent)} ${quote(one.node.data)} and ${name(other.parent)} ${quote(other.node.data)}`;
        if (!told.has(words)) found.push(words);
        told.add(words);
      }
    });
    return found;
  });
}

/** What keeps its size when the reader asks for larger text. Changes the page's text size. */
export function fixedText(tab, large = LARGE) {
  return tab.evaluate((rules) => {
    const elements = [...document.body.querySelectorAll("*")].filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()) &&
      !element.closest("svg, script, style") && element.checkVisibility());
    const size = (element) => parseFloat(getComputedStyle(element).fontSize);
    const before = elements.map(size);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
    // Sizes that depend on the width of the window too grow less than to the double; zoom does the rest.
    const fixed = elements.filter((element, index) => size(element) < 1.25 * before[index]);
    return [...new Set(fixed.map((element) => `keeps its size: ${element.localName}.${element.className}`))];
  }, large);
}
