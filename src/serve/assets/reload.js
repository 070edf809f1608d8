// Reloads the page when the site changes. Sent only by `sourcewise serve`, never part of a built site.
(() => {
  const own = "/.sourcewise/";
  let version = Number(new URL(document.currentScript.src).searchParams.get("v"));
  let overlay, stream;

  function swapStyles(to) {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(link.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("v", to);
      const next = link.cloneNode();
      next.href = address;
      // The old sheet is removed once the new one has loaded, so that the page is never unstyled.
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => link.remove());
      link.after(next);
    }
  }

  async function showProblems() {
    const response = await fetch(`${own}problems`);
    if (!response.ok) return hideProblems();
    const html = await response.text();
    const top = overlay?.shadowRoot.firstElementChild?.scrollTop;
    hideProblems();
    overlay = document.createElement("sourcewise-problems");
    overlay.attachShadow({ mode: "open" }).innerHTML = html;
    overlay.style.cssText = "position:fixed;inset:0;z-index:2147483647";
    overlay.shadowRoot.querySelector("button")?.addEventListener("click", hideProblems);
    document.documentElement.append(overlay);
    overlay.shadowRoot.querySelector("main")?.scrollTo(0, top ?? 0);
  }

  function hideProblems() {
    overlay?.remove();
    overlay = undefined;
  }

  function connect() {
    stream = new EventSource(`${own}events`);
    stream.addEventListener("message", (message) => {
      const now = JSON.parse(message.data);
      // Without a site, the page itself shows the problems and is reloaded.
      const isProblemPage = document.documentElement.dataset.sourcewise === "problems";
      if (now.problems) {
        if (!isProblemPage) showProblems();
        else if (now.version !== version) location.reload();
        return;
      }
      hideProblems();
      if (now.version === version) return;
      // A restarted server has other versions, which may be lower if the clock was set back.
      if (now.version > version && now.styles_since <= version) {
        swapStyles(now.version);
        version = now.version;
      } else {
        location.reload();
      }
    });
  }

  addEventListener("keydown", (event) => event.key === "Escape" && hideProblems());
  // Browsers limit the connections per host: a hidden page closes its own.
  document.addEventListener("visibilitychange", () => {
    stream?.close();
    if (!document.hidden) connect();
  });
  // A page restored from the back/forward cache may be outdated.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    stream?.close();
    connect();
  });
  if (!document.hidden) connect();
})();
