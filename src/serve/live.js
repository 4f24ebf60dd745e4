// Keeps a page that is open in a browser in step with its source. Exists only in `serve`.
//
// Loaded by the one line that the server adds; that line names the bytes of the page. All words
// come from the server. Nothing here may need a leave that a site's policy could refuse: no inline
// code, no inline style; text gets in as text only.
"use strict";
(() => {
  const own = "/__schaukasten/";
  let print = new URL(document.currentScript.src).searchParams.get("page");
  let words = {};

  // What has to last beyond a reload, in this window only. Storage may be switched off.
  const keep = (key, value) => {
    try { sessionStorage.setItem("schaukasten." + key, JSON.stringify(value)); } catch {}
  };
  const kept = (key) => {
    try { return JSON.parse(sessionStorage.getItem("schaukasten." + key)); } catch { return null; }
  };

  // Loading the page again, without losing the place.

  // Each `details` by its words, counted where they are the same.
  const folds = () => {
    const seen = {};
    return [...document.querySelectorAll("details")].map((fold) => {
      const name = fold.id || fold.querySelector("summary")?.textContent.trim() || "";
      seen[name] = (seen[name] || 0) + 1;
      return [name + " " + seen[name], fold];
    });
  };
  // The way to the element that has the focus, by its number among its siblings.
  const way = (element) => {
    const steps = [];
    for (; element && element !== document.body; element = element.parentElement) {
      steps.unshift([...element.parentElement.children].indexOf(element));
    }
    return steps;
  };
  const reload = () => {
    const active = document.activeElement;
    keep("view", {
      path: location.pathname, x: scrollX, y: scrollY,
      open: Object.fromEntries(folds().map(([name, fold]) => [name, fold.open])),
      focus: active && active !== document.body && active !== host ? way(active) : null,
    });
    location.reload();
  };
  const restore = () => {
    const view = kept("view");
    keep("view", null);
    if (!view || view.path !== location.pathname) return;
    for (const [name, fold] of folds()) if (name in view.open) fold.open = view.open[name];
    const scroll = () => scrollTo({ left: view.x, top: view.y, behavior: "instant" });
    let focus = view.focus && document.body;
    for (const step of view.focus || []) focus = focus?.children[step];
    focus?.focus({ preventScroll: true });
    scroll();
    // Pictures without a size move what is below them until they are there.
    if (document.readyState !== "complete") addEventListener("load", scroll, { once: true });
  };

  // Puts new style sheets beside the old ones, and takes those away once the new ones are there, so
  // that the page is never without.
  const restyle = (sheets) => {
    for (const [before, after] of sheets) {
      const links = [...document.querySelectorAll("link[rel~=stylesheet i]")];
      const link = links.findLast((l) => l.getAttribute("href")?.split("?")[0] === before);
      if (!link) return reload();
      const fresh = link.cloneNode();
      fresh.replaced = [link, ...(link.replaced || [])];
      fresh.onload = () => fresh.replaced.forEach((old) => old.remove());
      fresh.onerror = reload;
      fresh.setAttribute("href", after);
      link.after(fresh);
    }
  };

  // What stands over the page, out of reach of the page's own style.

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const host = document.createElement("schaukasten-live");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 0 0 auto; z-index: 2147483647;
      max-width: 100%; color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif;
      --ink: #1b1b1f; --paper: #fff; --line: #767680; --error: #b3001b; --link: #0b4fa8; }
    @media (prefers-color-scheme: dark) { :host { --ink: #ececf1; --paper: #1b1b1f;
      --line: #8e8e99; --error: #ff8a8a; --link: #9cc7ff; } }
    @media print { :host { display: none; } }
    :host([hidden]), [hidden] { display: none !important; }
    :host(.aside) { visibility: hidden; }
    * { box-sizing: border-box; }
    .bar { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 4px; padding: 4px;
      font-size: 12px; }
    button { font: inherit; color: var(--ink); background: var(--paper); cursor: pointer;
      border: 1px solid var(--line); border-radius: 4px; padding: 2px 8px; min-height: 24px;
      min-width: 24px; text-align: start; overflow-wrap: anywhere; }
    button:focus-visible, summary:focus-visible, pre:focus-visible {
      outline: 2px solid var(--link); outline-offset: 2px; }
    .badge.bad { border-color: var(--error); color: var(--error); font-weight: 600; }
    dialog { color: var(--ink); background: var(--paper); border: 1px solid var(--line);
      border-top: 6px solid var(--line); border-radius: 6px; padding: 16px; margin: auto;
      width: min(72rem, 100vw - 16px); max-width: none; max-height: calc(100vh - 16px);
      overflow: auto; }
    dialog.bad { border-top-color: var(--error); }
    dialog::backdrop { background: rgb(0 0 0 / 40%); }
    header { display: flex; justify-content: space-between; align-items: start; gap: 16px; }
    h2 { font-size: 18px; line-height: 1.3; margin: 0 0 4px; }
    p { margin: 0 0 8px; }
    [role=status] { color: var(--error); background: var(--paper); margin: 0; padding: 2px 8px; }
    [role=status]:empty { display: none; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { border-top: 1px solid var(--line); padding: 12px 0; }
    header button { flex: none; }
    li p { overflow-wrap: anywhere; margin: 8px 0 0; }
    li .place + p, li > p:first-child { font-weight: 600; }
    pre { font: 13px/1.45 ui-monospace, monospace; margin: 8px 0 0; overflow-x: auto; }
    .place { color: var(--link); text-decoration: underline; }
    summary { cursor: pointer; padding: 8px 0; min-height: 24px; }
  `);
  root.adoptedStyleSheets = [sheet];

  const status = make("p", { role: "status" });
  const open = async (path, line, column) => {
    const failed = (why) => { status.textContent = `${words.failed || ""} ${path} (${why})`; };
    (dialog.open ? errors : badge).before(status);
    status.textContent = "";
    try {
      const answer = await fetch(own + "open", {
        method: "POST", headers: { "X-Schaukasten": "open" },
        body: JSON.stringify({ path, line, column }),
      });
      if (!answer.ok) failed((await answer.text()).trim());
    } catch (error) { failed(error.message); }
  };

  // The corner: how many findings there are, and where the page is from.
  const badge = make("button", { className: "badge", hidden: true, onclick: () => show() });
  const source = make("button", { hidden: true });
  const fold = make("button", { hidden: true, onclick: () => {
    keep("small", !kept("small"));
    corner();
  } });
  let origin = null;
  const corner = () => {
    const small = kept("small");
    fold.hidden = !origin;
    fold.textContent = small ? "◂" : "×";
    fold.ariaExpanded = String(!small);
    fold.ariaLabel = fold.title = words.source || "";
    source.hidden = !origin || small;
    if (!origin) return;
    source.textContent = origin.path + (origin.state ? ` · ${origin.state}` : "");
    source.title = `${words.open || ""} ${origin.path}`.trim();
    source.onclick = () => open(origin.path, 1, 1);
  };

  // The overlay: all findings, as in the terminal.
  const title = make("h2", { id: "title" });
  const close = make("button", { onclick: () => dialog.close() });
  const summary = make("p");
  const errors = make("ol");
  const others = make("ol");
  const also = make("summary");
  const rest = make("details", {}, also, others);
  const more = make("p");
  const dialog = make("dialog", {}, make("header", {}, title, close), summary,
    errors, rest, more);
  dialog.setAttribute("aria-labelledby", "title");
  let wrong = "";
  // Who closed it has seen it: it comes back with other errors only, also after a reload.
  dialog.onclose = () => keep("seen", wrong);
  const show = () => {
    host.classList.remove("aside");
    if (!dialog.open) dialog.showModal();
  };
  // Words wrap; what is drawn below lines of the file must not.
  const isDrawn = (line) => /^\s*\d*\s*(\||:::|\.\.\.|[-+~] )/.test(line);
  const drawn = (text) => {
    const parts = [];
    for (const line of text.split("\n")) {
      // The place is on the button.
      if (!line.trim() || /^\s*--> /.test(line)) continue;
      const name = isDrawn(line) ? "pre" : "p";
      const last = parts.at(-1);
      if (last?.localName === name && name === "pre") last.textContent += "\n" + line;
      else parts.push(make(name, { textContent: line.replace(/^\s*= /, "") }));
    }
    parts.forEach((part) => { if (part.localName === "pre") part.tabIndex = 0; });
    return parts;
  };
  const item = (note) => {
    const entry = make("li", { className: note.severity });
    if (note.path) {
      const place = `${note.path}:${note.line}:${note.column}`;
      const button = make("button", { className: "place", textContent: place });
      button.ariaLabel = `${words.open} ${place}`;
      button.onclick = () => open(note.path, note.line, note.column);
      entry.append(button);
    }
    entry.append(...drawn(note.text));
    return entry;
  };
  const tell = (notes) => {
    if (!notes) return;
    words = notes.words;
    host.lang = notes.lang;
    const bad = notes.errors.length > 0;
    const focused = dialog.open && root.activeElement;
    // Whoever writes on above a mistake has seen it all the same: lines do not count.
    wrong = notes.errors.map((note) => note.text.replace(/\d+/g, "")).join("\n");
    title.textContent = bad ? words.title : notes.summary;
    summary.textContent = bad ? notes.summary : "";
    close.textContent = words.close;
    also.textContent = `${words.others} (${notes.others.length})`;
    errors.replaceChildren(...(bad ? notes.errors : notes.others).map(item));
    others.replaceChildren(...(bad ? notes.others.map(item) : []));
    rest.hidden = !bad || !notes.others.length;
    more.textContent = notes.more || "";
    dialog.className = bad ? "bad" : "";
    dialog.setAttribute("role", bad ? "alertdialog" : "dialog");
    badge.className = bad ? "badge bad" : "badge";
    badge.textContent = notes.summary;
    badge.hidden = !notes.summary;
    corner();
    if (bad && kept("seen") !== wrong) show();
    if (!bad) {
      if (dialog.open) dialog.close();
      keep("seen", null);
    }
    // What had the focus may be gone with the old list.
    if (focused && dialog.open && !root.activeElement) close.focus();
  };

  // Steps aside if the focus goes to what lies under it.
  document.addEventListener("focusin", (event) => {
    if (event.target === host) return host.classList.remove("aside");
    const [a, b] = [event.target, host].map((element) => element.getBoundingClientRect());
    const over = a.right > b.left && a.bottom > b.top && a.left < b.right && a.top < b.bottom;
    host.classList.toggle("aside", over);
  });

  // Listening.

  // Which browser this is, for all its windows: the server lets only some of them listen.
  const browser = (() => {
    try {
      return localStorage["schaukasten.browser"] ??= Math.random().toString(36).slice(2);
    } catch { return ""; }
  })();
  let events = null;
  const listen = () => {
    if (events) return;
    const query = { page: location.pathname, print: print || "", edit: kept("edit") ?? "" };
    if (browser) query.browser = browser;
    const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    events = new EventSource(own + "events?" + pairs.join("&"));
    const on = (name, act) => {
      events.addEventListener(name, (event) => act(JSON.parse(event.data)));
    };
    on("hello", (edit) => keep("edit", edit));
    on("reload", reload);
    on("style", (news) => { print = news.print; restyle(news.sheets); });
    on("notes", tell);
    on("about", (news) => { origin = news; corner(); });
    on("go", (goal) => {
      keep("edit", goal.edit);
      if (goal.address !== location.pathname) location.assign(goal.address);
    });
    on("rest", () => { hush(); again(3000); });
    // The browser would ask again with the fingerprint of the page as it once was.
    events.onerror = () => { hush(); again(1000); };
  };
  const hush = () => { events?.close(); events = null; };
  // A window that nobody sees can wait until somebody does.
  const again = (delay) => setTimeout(() => document.hidden || listen(), delay);
  document.addEventListener("visibilitychange", () => document.hidden || listen());
  addEventListener("pagehide", hush);
  addEventListener("pageshow", listen);

  root.append(make("div", { className: "bar" }, badge, source, fold), dialog);
  document.documentElement.append(host);
  restore();
  listen();
})();
