// Starts the browsers of the system and shows pages in them. Nothing but this machine can be
// reached from them, so a page that asks somebody else is found, and nobody is asked.

import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FIREFOX = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** The width and height of the window, in CSS pixels, if a test does not say another. */
export const DESKTOP = { width: 1280, height: 900 };

/** The narrow window of WCAG 1.4.10: 320 CSS pixels wide. */
export const NARROW = { width: 320, height: 640 };

/** Media features of modes that readers choose in their system. */
export const DARK = [{ name: "prefers-color-scheme", value: "dark" }];
export const FORCED = [{ name: "forced-colors", value: "active" }];

/** Starts Chromium; without it nothing can be proven, so it has to be there. */
export function chromium(args = []) {
  const executablePath = process.env.CHROMIUM ?? CHROMIUM.find(existsSync);
  if (!executablePath) throw new Error("no Chromium found; name it in the variable CHROMIUM");
  return puppeteer.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--hide-scrollbars",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ...args,
    ],
    defaultViewport: DESKTOP,
  });
}

/** Where Firefox lies, if it is there. */
export const firefoxPath = process.env.FIREFOX ?? FIREFOX.find(existsSync);

/** Starts Firefox, over WebDriver BiDi. */
export function firefox() {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: firefoxPath,
    extraPrefsFirefox: { "network.proxy.type": 1, "network.proxy.socks": "127.0.0.1", "network.proxy.socks_port": 9, "network.proxy.no_proxies_on": "127.0.0.1", "network.proxy.allow_hijacking_localhost": false },
    defaultViewport: DESKTOP,
  });
}

/** Sets media features, those too that Puppeteer has no words for. */
export async function prefer(tab, features, media = "") {
  const session = await tab.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", { media, features });
}

/**
 * Shows one address after the other in `count` tabs and gathers what `visit(tab, address)` finds,
 * each finding with the address in front of it. `prepare` is called once for each tab.
 */
export async function visitAll(browser, origin, addresses, visit, { count = 3, prepare } = {}) {
  const queue = [...addresses];
  const found = [];
  const work = async () => {
    // A window of its own: what lies behind another is not drawn and gets no focus.
    const context = await browser.createBrowserContext();
    const tab = await context.newPage();
    if (prepare) await prepare(tab);
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
      await show(tab, origin + address);
      const findings = await visit(tab, address);
      found.push(...findings.map((finding) => `${address}: ${finding}`));
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: Math.min(count, queue.length) }, work));
  return found.sort();
}

/** Opens an address and waits until pictures are there, also those further down. */
export async function show(tab, url) {
  await tab.goto(url, { waitUntil: "load" });
  await tab.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await document.fonts.ready;
  });
}

/** Adds rules to a page past its CSP, as an extension of the reader's would. */
export function restyle(tab, css) {
  return tab.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, css);
}
