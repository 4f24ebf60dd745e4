// A film at somebody else's: nothing is asked of them before the click that names them.

/** What is wrong with the players on the page that is shown. `heard` listens since before it was. */
export async function faults(tab, origin, heard) {
  const found = heard.take().map((finding) => `before the click: ${finding}`);
  const frames = await tab.$$eval("iframe, object, embed", (all) => all.length);
  if (frames > 0) found.push("a frame is there before the click");
  const button = await tab.$(".embed button");
  if (!button) return [...found, "no button plays the film"];
  const words = await tab.$eval(".embed", (element) => element.innerText.trim());
  if (words.length < 40) found.push(`it is not said what the click does: ${words}`);
  await button.focus();
  await tab.keyboard.press("Enter");
  const frame = await tab.waitForSelector(".embed iframe, iframe", { timeout: 5000 }).catch(() => null);
  if (!frame) return [...found, "the click brings no player"];
  const player = await frame.evaluate((element) => ({
    source: element.src,
    title: element.title,
    hasFocus: document.activeElement === element,
  }));
  if (!player.title) found.push("the player has no title");
  if (!player.hasFocus) found.push("the focus is lost when the player comes");
  const refused = heard.take().filter((finding) => finding.startsWith("against the policy"));
  return [...found, ...refused, ...(new URL(player.source).origin === origin ? ["the player is the site's own"] : [])];
}
