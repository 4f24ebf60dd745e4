// Whether a page without JavaScript says all that it says with it, and offers nothing that then
// does nothing.

/**
 * What can be read on the page that is shown: its texts, one by one. The offer to play a film takes the
 * place of its link, which the tests of films look for.
 */
export function texts(tab) {
  return tab.evaluate(() => {
    const main = document.querySelector("main");
    const isContent = (element) => !element.closest("form, fieldset, [role=status], button, noscript, video, audio, .embed") && !element.querySelector(".embed");
    return [...main.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, td, th, summary, figcaption")]
      .filter((element) => isContent(element) && element.checkVisibility())
      .map((element) => element.textContent.trim().replace(/\s+/g, " "))
      .filter(Boolean);
  });
}

/** Controls that are shown and do nothing without a script. */
export function dead(tab) {
  return tab.evaluate(() => {
    const found = [];
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    for (const button of shown("button, [role=button]")) {
      if (!button.form || button.type !== "submit") found.push(`a button without effect: ${button.innerText}`);
    }
    for (const form of shown("form")) {
      if (!form.querySelector("button, input[type=submit]")) found.push(`a form that cannot be sent: ${form.className}`);
      if (form.method !== "get") found.push(`a form that a web server of files cannot answer: ${form.className}`);
    }
    for (const control of shown("input, select, textarea")) {
      if (!control.form) found.push(`a control without a form: ${control.name}`);
    }
    for (const link of shown("a[href]")) {
      if (/^(#|javascript:)/.test(link.getAttribute("href")) && !document.getElementById(decodeURIComponent(link.hash.slice(1)))) {
        found.push(`a link to nowhere: ${link.innerText}`);
      }
    }
    return found;
  });
}
