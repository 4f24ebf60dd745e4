// Filters a list in place: the index says who passes, the cards are those of the list's own pages.
(() => {
  const root = document.querySelector(".filters[data-index]");
  const list = document.querySelector("[data-entries]");
  if (!root || !list) return;
  const words = root.dataset;
  const [links, chips, status, results, summary] =
    ["groups", "chosen", "status", "results", "summary"].map((name) => root.querySelector(`.filters-${name}`));
  const [heading, tab, here] = [document.querySelector("h1"), document.title, location.pathname];
  const title = heading.textContent;
  const AT_ONCE = 20;
  const make = (name, like, text, parent) => {
    const made = document.createElement(name);
    parent?.append(made);
    return Object.assign(made, { className: like.className ?? like, textContent: text });
  };
  const button = (...like) => Object.assign(make("button", ...like), { type: "button" });

  // The links become boxes.
  const fields = make("div", links, "");
  const boxes = [];
  for (const group of links.children) {
    const [label, options] = group.children;
    const set = make("fieldset", group, "", fields);
    make("legend", label, label.textContent, set);
    const ul = make("ul", options, "", set);
    for (const item of options.children) {
      const [name, count] = item.children;
      const own = make("label", "", "", make("li", "", "", ul));
      const box = make("input", "", "", own);
      Object.assign(box, { type: "checkbox", name: group.dataset.filter, value: item.dataset.option });
      const text = make("span", "", name.textContent, own);
      if (name.lang) text.lang = name.lang;
      boxes.push({
        box,
        isOwn: name.hasAttribute("aria-current"),
        text: `${label.textContent}: ${name.textContent}`,
        count: make("span", count, count.textContent, own),
      });
    }
  }
  links.hidden = true;
  links.after(fields);
  const cards = make("ul", "", "", results);
  const more = button("button", words.more, results);

  const chosen = () => boxes.filter(({ box }) => box.checked);
  const query = () => new URLSearchParams(chosen().map(({ box }) => [box.name, box.value])).toString();
  const isOwn = () => boxes.every((one) => one.box.checked === one.isOwn);
  const known = {};
  const load = (url, read) => (known[url] ??= fetch(url).then(async (answer) => {
    if (!answer.ok) throw new Error(url);
    return read(await answer.text());
  }).catch((error) => {
    // What failed once is asked for again.
    delete known[url];
    throw error;
  }));
  const index = () => load(words.index, JSON.parse);
  const page = (text) => new DOMParser().parseFromString(text, "text/html");

  // Who passes, and how many would with each option.
  const sift = ({ filters, entries }) => {
    const wanted = filters.map(() => new Set());
    for (const one of boxes) {
      one.group = filters.findIndex(([name]) => name === one.box.name);
      one.option = filters[one.group]?.[1].indexOf(one.box.value);
      one.found = 0;
      if (one.box.checked) wanted[one.group]?.add(one.option);
    }
    const passing = [];
    entries.forEach(([, has], at) => {
      const missed = [...wanted.keys()]
        .filter((group) => wanted[group].size && !has[group].some((option) => wanted[group].has(option)));
      if (!missed.length) passing.push(at);
      for (const one of boxes) {
        if (missed.every((group) => group === one.group) && has[one.group]?.includes(one.option)) one.found++;
      }
    });
    for (const { box, found, count } of boxes) {
      count.textContent = `(${found})`;
      box.disabled = !found && !box.checked && box !== document.activeElement;
    }
    return passing;
  };

  const card = async ({ size, pages, entries }, at) => {
    const links = (await load(pages[Math.floor(at / size)], page)).querySelectorAll("[data-entries] li a");
    return [...links].find((a) => a.getAttribute("href") === entries[at][0])?.closest("li");
  };

  let turn = 0;
  let shown = "";
  const fail = () => {
    if (fields.contains(document.activeElement)) summary.focus();
    chips.textContent = "";
    links.hidden = list.hidden = false;
    heading.textContent = title;
    document.title = tab;
    if (location.search) history.replaceState(null, "", here);
    fields.hidden = results.hidden = true;
    status.classList.remove("visually-hidden");
    status.textContent = words.failed;
  };

  const show = async (data, passing, from, mine) => {
    const found = await Promise.all(passing.slice(from, from + AT_ONCE).map((at) => card(data, at)));
    if (mine !== turn) return;
    if (!from) cards.textContent = "";
    for (const li of found) {
      if (!li) continue;
      cards.className = li.parentNode.className;
      cards.append(document.importNode(li, true));
    }
    more.hidden = passing.length <= from + AT_ONCE;
    more.onclick = () => {
      const last = cards.lastElementChild;
      show(data, passing, from + AT_ONCE, turn).then(() => last?.nextElementSibling?.querySelector("a").focus(), fail);
    };
  };

  const label = () => {
    const had = chips.contains(document.activeElement);
    chips.textContent = "";
    const chip = (text, gone) => {
      const made = button("filter-chosen", text, make("li", "", "", chips));
      made.onclick = () => {
        for (const { box } of gone) box.checked = false;
        update(true);
      };
      return made;
    };
    for (const one of chosen()) {
      chip(one.text, [one]).prepend(make("span", "visually-hidden", `${words.remove} `));
    }
    if (chosen()[1]) chip(words.reset, boxes);
    if (had) (chips.querySelector("button") ?? summary).focus();
  };

  const update = async (isNew) => {
    const [mine, own] = [++turn, isOwn()];
    shown = query();
    if (isNew) history.pushState(null, "", own ? here : words.list + (shown && `?${shown}`));
    label();
    try {
      const data = await index();
      const passing = sift(data);
      if (!own) await show(data, passing, 0, mine);
      if (mine !== turn) return;
      list.hidden = !own;
      results.hidden = own;
      heading.textContent = own ? title : words.title;
      document.title = own ? tab : [words.title, ...tab.split(" – ").slice(-1)].join(" – ");
      status.classList.toggle("visually-hidden", own);
      status.textContent = passing.length === 1 ? words.one
        : passing.length ? words.many.replace("{count}", passing.length) : words.none;
    } catch {
      fail();
    }
  };

  // What the address says; the page's own filter, if it says nothing.
  const restore = () => {
    const said = new URLSearchParams(location.search);
    const own = location.pathname === here && !boxes.some(({ box }) => said.has(box.name));
    for (const { box, isOwn } of boxes) {
      box.checked = own ? isOwn : said.getAll(box.name).includes(box.value);
    }
    if (query() !== shown) update(false);
  };
  fields.addEventListener("change", () => update(true));
  root.querySelector("details").addEventListener("toggle", () => index().then(sift, () => {}));
  addEventListener("popstate", restore);
  for (const { box, isOwn } of boxes) box.checked = isOwn;
  shown = query();
  label();
  restore();
})();
