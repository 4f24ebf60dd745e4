// A walk through a page with the Tab key, forwards and backwards, as readers without a mouse take it.
//
// WCAG 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11, and 1.4.11 for the focus ring.

import { prefer } from "../browser.js";

/** Presses of Tab that a player's own buttons may need before the walk goes on. */
const MAX_INSIDE = 40;

/** Readies a tab for walks: it has the focus of its window, and scrolls at once. */
export async function ready(tab, features = []) {
  const session = await tab.createCDPSession();
  await session.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  await prefer(tab, [...features, { name: "prefers-reduced-motion", value: "reduce" }]);
}

/** What is wrong with the order, the focus or the ways around on the page that is shown. */
export async function obstacles(tab) {
  const expected = await mark(tab);
  if (expected.length === 0) return ["nothing can be reached"];
  const found = [];
  const walk = await press(tab, "Tab", expected.length);
  walk.forEach((step) => found.push(...step.wrong));
  found.push(...compare(walk, expected, "Tab"));
  const back = await press(tab, "Shift+Tab", expected.length);
  found.push(...compare(back, [...expected].reverse(), "Shift+Tab"));
  found.push(...(await skipLink(tab)));
  return [...new Set(found)];
}

/** Gives everything that should be reached a number, in the order of the page, and names it. */
function mark(tab) {
  return tab.evaluate(() => {
    const can = "a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls], iframe, [tabindex], [contenteditable]";
    const isReachable = (element) => {
      if (element.matches(":disabled, [type=hidden]") || element.tabIndex < 0) return false;
      if (element.closest("[inert]")) return false;
      if (element.localName === "summary" && element.parentElement.localName !== "details") return false;
      if (element.type === "radio" && element.name && !element.checked) {
        const group = [...document.getElementsByName(element.name)].filter((one) => one.form === element.form);
        if (group.some((one) => one.checked) || group[0] !== element) return false;
      }
      return element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
    };
    const isScroller = (element) => {
      const style = getComputedStyle(element);
      const over = (auto, size, room) => /auto|scroll/.test(auto) && size > room;
      return (
        over(style.overflowX, element.scrollWidth, element.clientWidth) ||
        over(style.overflowY, element.scrollHeight, element.clientHeight)
      ) && ![...element.querySelectorAll(can)].some(isReachable);
    };
    const all = [...document.body.querySelectorAll("*")];
    const stops = all.filter((one) => (one.matches(can) ? isReachable(one) : isScroller(one)));
    window.walk = {
      stops,
      name: (element) => {
        const words = (element.getAttribute("aria-label") ?? element.innerText ?? "").trim().replace(/\s+/g, " ").slice(0, 30);
        return `${element.localName}${element.className ? `.${[...element.classList].join(".")}` : ""} “${words}”`;
      },
    };
    document.activeElement.blur();
    getSelection().removeAllRanges();
    scrollTo(0, 0);
    return stops.map((element) => window.walk.name(element));
  });
}

/** Presses a key until the page is left, and notes each stop: its number, and what is wrong with it. */
async function press(tab, keys, count) {
  const steps = [];
  let inside = 0;
  // One press leaves the page at its end, so the walk ends by itself unless it is caught.
  while (steps.length <= count) {
    await key(tab, keys);
    const step = await look(tab);
    // Behind its end a page begins anew, or the browser's own controls follow.
    if (step.index === null || (steps.length > 1 && step.index === steps[0].index)) break;
    if (step.index >= 0 && step.index === steps.at(-1)?.index) {
      inside += 1;
      if (step.isPlayer && inside <= MAX_INSIDE) continue;
      return [...steps, { ...step, wrong: [`the focus is caught at ${step.name}`] }];
    }
    inside = 0;
    steps.push(step);
  }
  return steps;
}

async function key(tab, keys) {
  const parts = keys.split("+");
  const last = parts.pop();
  for (const part of parts) await tab.keyboard.down(part);
  await tab.keyboard.press(last);
  for (const part of parts) await tab.keyboard.up(part);
}

/** Where the focus is, and whether it can be seen there. */
function look(tab) {
  return tab.evaluate(() => {
    const { stops, name } = window.walk;
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return { index: null, wrong: [] };
    const wrong = [];

    const channels = (colour) => {
      const canvas = (window.walk.canvas ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([red, green, blue]) => {
      const [r, g, b] = [red, green, blue].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (at) => {
      for (let above = at.parentElement; above; above = above.parentElement) {
        const colour = channels(getComputedStyle(above).backgroundColor);
        if (colour[3] === 255) return colour;
      }
      return channels("Canvas");
    };
    const ring = (at) => {
      const style = getComputedStyle(at);
      if (style.outlineStyle === "none") return null;
      if (style.outlineStyle === "auto") return { width: 3, contrast: 21 };
      const colour = channels(style.outlineColor);
      if (colour[3] < 255) return null;
      const [low, high] = [luminance(colour), luminance(behind(at))].sort((a, b) => a - b);
      return { width: parseFloat(style.outlineWidth), contrast: (high + 0.05) / (low + 0.05) };
    };
    let seen = null;
    for (let at = element; at && at !== document.body && !seen; at = at.parentElement) seen = ring(at);
    if (!seen) wrong.push(`no focus ring at ${name(element)}`);
    else if (seen.width < 2) wrong.push(`a focus ring of ${seen.width} pixels at ${name(element)}`);
    else if (seen.contrast < 3) wrong.push(`a focus ring with a contrast of ${seen.contrast.toFixed(2)} at ${name(element)}`);

    const covers = (rect) => {
      const points = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => [rect.left + rect.width * x, rect.top + rect.height * y]));
      return points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (element.contains(top) || (top.contains(element) && top !== document.documentElement && top !== document.body) || top.closest("label")?.control === element);
      });
    };
    const rects = [...element.getClientRects()];
    if (rects.length === 0 || !rects.some(covers)) wrong.push(`hidden while it has the focus: ${name(element)}`);

    return { index: stops.indexOf(element), name: name(element), isPlayer: /^(audio|video|iframe)$/.test(element.localName), wrong };
  });
}

/** Says where a walk left the order of the page. */
function compare(walk, expected, keys) {
  const names = walk.map((step) => step.name);
  const at = expected.findIndex((name, index) => names[index] !== name);
  if (at >= 0) return [`${keys}: after ${names[at - 1] ?? "the start"} comes ${names[at] ?? "the end"}, not ${expected[at]}`];
  if (walk.length > expected.length) return [`${keys}: the walk does not end after ${expected.at(-1)}`];
  return [];
}

/** The first stop leads past the navigation to the main part, and the next stop lies in or after it. */
async function skipLink(tab) {
  await tab.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
    getSelection().removeAllRanges();
    window.walk.stops[0].focus();
  });
  const target = await tab.evaluate(() => document.activeElement.getAttribute("href") ?? "");
  if (!target.startsWith("#")) return ["the first stop is no skip link"];
  await tab.keyboard.press("Enter");
  const lands = await tab.evaluate(() => Boolean(document.activeElement.closest("main")));
  if (!lands) return [`the skip link does not move the focus to ${target}`];
  await tab.keyboard.press("Tab");
  const goesOn = await tab.evaluate(() => {
    const main = document.querySelector("main");
    const element = document.activeElement;
    return main.contains(element) || Boolean(main.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  return goesOn ? [] : ["after the skip link the focus goes back before the main part"];
}
