// What a page asks for, and whom: nothing but the site itself, and nothing that is not there.

/** Notes what a tab asks for from now on. Call it before an address is opened. */
export function listen(tab, origin) {
  const found = [];
  tab.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== origin) found.push(`asks ${url.origin} for ${url.pathname}`);
  });
  tab.on("response", (response) => {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= 400 && !isPage) found.push(`${new URL(response.url()).pathname} answers ${response.status()}`);
  });
  tab.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (!/ERR_ABORTED|NS_BINDING_ABORTED/.test(reason)) found.push(`${request.url()} fails: ${reason}`);
  });
  tab.on("pageerror", (error) => found.push(`error: ${error.message}`));
  tab.on("console", (message) => {
    if (message.type() === "error" && /Content.Security.Policy|Refused to/.test(message.text())) {
      found.push(`against the policy: ${message.text().slice(0, 200)}`);
    }
  });
  return { take: () => found.splice(0) };
}

/** Hints by which browsers connect before anybody asks. */
export function hints(tab, origin) {
  return tab.evaluate(
    (own) =>
      [...document.querySelectorAll("link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=preload], link[rel~=prefetch], link[rel~=prerender]")]
        .filter((link) => new URL(link.href).origin !== own)
        .map((link) => `${link.rel} to ${link.href}`),
    origin,
  );
}
