// Keeps the page in step with the author's files while they are written: sent by `sourcewise serve`, never part of a site.
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
      // The old one goes when the new one is there, so that the page is never bare.
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => link.remove());
      link.after(next);
    }
  }

  async function showProblems() {
    const answer = await fetch(`${own}problems`);
    if (!answer.ok) return hideProblems();
    const html = await answer.text();
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
      if (now.problems) {
        // A page that shows problems itself, since there is no site yet, is made anew with them.
        if (document.documentElement.dataset.sourcewise !== "problems") showProblems();
        else if (now.version !== version) location.reload();
        return;
      }
      hideProblems();
      if (now.version === version) return;
      // A server that was started anew counts from the beginning.
      if (now.version > version && now.styles_since <= version) {
        swapStyles(now.version);
        version = now.version;
      } else {
        location.reload();
      }
    });
  }

  addEventListener("keydown", (event) => event.key === "Escape" && hideProblems());
  // Browsers hold few connections to one host: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => {
    stream?.close();
    if (!document.hidden) connect();
  });
  // One that is shown again out of the browser's memory may be old.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    stream?.close();
    connect();
  });
  if (!document.hidden) connect();
})();
