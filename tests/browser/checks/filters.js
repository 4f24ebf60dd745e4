// Filters in place: two of them combined, the number of results announced, the state in the address
// and back from it; with the keyboard alone.

/** What readers of assistive technology are told. */
const status = (tab) => tab.$eval("main [role=status]", (element) => element.textContent.trim());

/** Whether assistive technology knows the place of that before anything stands there, as it has to. */
const isListening = async (tab) => {
  const roles = (node) => [node.role, ...(node.children ?? []).flatMap(roles)];
  return roles(await tab.accessibility.snapshot({ interestingOnly: false })).includes("status");
};

/** The entries that are shown, by their addresses. */
export const entries = (tab) =>
  tab.$$eval("main .cards a[href], main .filters-results li a[href]", (links) =>
    [...new Set(links.filter((link) => link.checkVisibility() && link.closest("li")).map((link) => link.pathname))]);

/** What does not work with the filters of the page that is shown. */
export async function faults(tab) {
  const found = [];
  const before = await entries(tab);
  if (!(await isListening(tab))) found.push("the place of the number of results appears together with it");
  if (await tab.$("[lang='']")) found.push("words without a language");
  if (!(await reach(tab, "summary", ""))) return ["the filters cannot be reached with the keyboard"];
  await tab.keyboard.press("Enter");
  const chosen = [];
  for (let turn = 0; turn < 2; turn++) {
    const group = await free(tab, chosen);
    if (!group) return [...found, `there is no ${turn + 1}. filter to combine`];
    if (!(await reach(tab, "input", group.id))) return [...found, `the filter ${group.id} cannot be reached with the keyboard`];
    const said = await status(tab);
    await tab.keyboard.press("Space");
    chosen.push(group);
    const announced = await settled(tab, async () => {
      const now = await status(tab);
      return /\d|ein/i.test(now) && now !== said ? now : null;
    });
    if (!announced) found.push(`the number of results is not announced after ${group.id}`);
    const isThere = await tab.evaluate((id) => document.activeElement.dataset.test === id, group.id);
    if (!isThere) found.push(`choosing ${group.id} moves the focus`);
  }
  const address = new URL(tab.url());
  for (const { name, value } of chosen) {
    if (!address.searchParams.getAll(name).includes(value)) found.push(`the address does not say ${name}=${value}: ${address.search}`);
  }
  const both = await entries(tab);
  const number = Number((await status(tab)).match(/\d+/)?.[0] ?? both.length);
  if (number <= 20 && number !== both.length) found.push(`${number} results are announced and ${both.length} shown`);
  if (both.join() === before.join()) found.push("two filters change nothing");

  await tab.reload({ waitUntil: "load" });
  const again = await settled(tab, async () => {
    const now = await entries(tab);
    return now.join() === both.join() ? now : null;
  });
  if (!again) found.push("the address does not bring the results back");
  const checked = await tab.$$eval("main input:checked", (boxes) => boxes.map((box) => `${box.name}=${box.value}`));
  for (const { name, value } of chosen) {
    if (!checked.includes(`${name}=${value}`)) found.push(`the address does not bring ${name}=${value} back`);
  }
  await tab.goBack();
  const one = await settled(tab, async () => ((await tab.$$("main input:checked")).length === 1 ? true : null));
  if (!one) found.push("going back does not take the last filter away");
  return found;
}

/**
 * A box of a group that is not chosen from yet, with which something is left; it gets a mark. One that
 * changes the number of results, if there is one, for the same number would not be said again.
 */
function free(tab, chosen) {
  return tab.evaluate((names) => {
    const boxes = [...document.querySelectorAll("main input[type=checkbox]")];
    const free = boxes.filter((one) => !one.disabled && !one.checked && !names.includes(one.name) && one.checkVisibility());
    const now = document.querySelector("main [role=status]").textContent.match(/\d+/)?.[0];
    const box = free.find((one) => one.closest("label")?.parentElement.textContent.match(/\((\d+)\)/)?.[1] !== now) ?? free[0];
    if (!box) return null;
    box.dataset.test = `${box.name}=${box.value}`;
    return { id: box.dataset.test, name: box.name, value: box.value };
  }, chosen.map((one) => one.name));
}

/** Presses Tab until the focus is where it is wanted. */
async function reach(tab, element, mark) {
  await tab.evaluate(() => {
    document.activeElement.blur();
    getSelection().removeAllRanges();
  });
  for (let press = 0; press < 300; press++) {
    await tab.keyboard.press("Tab");
    const isThere = await tab.evaluate(
      (name, wanted) => document.activeElement.localName === name && Boolean(document.activeElement.closest("main .filters")) && (!wanted || document.activeElement.dataset.test === wanted),
      element,
      mark,
    );
    if (isThere) return true;
  }
  return false;
}

/** Asks again until there is an answer, for at most five seconds. */
async function settled(tab, ask) {
  for (let turn = 0; turn < 100; turn++) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 50));
  }
  return null;
}
