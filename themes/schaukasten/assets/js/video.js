// Films at a provider play in the page once somebody asks for it. Until then nothing is loaded from there,
// and without this script they are links.
for (const template of document.querySelectorAll(".embed > template")) {
  const box = document.createElement("div");
  box.className = "embed-box";
  box.append(template.content);
  template.replaceWith(box);
  box.querySelector("button").addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.className = "embed-frame";
    frame.title = template.dataset.title;
    frame.allow = "encrypted-media; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.loading = "lazy";
    // Players refuse to play for pages that do not say where they are; which page it is stays here.
    frame.referrerPolicy = "strict-origin";
    frame.setAttribute("sandbox", "allow-popups allow-presentation allow-same-origin allow-scripts");
    frame.src = template.dataset.src;
    box.parentElement.replaceChildren(frame);
    frame.focus();
  });
}
