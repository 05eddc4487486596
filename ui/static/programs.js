"use strict";
// Starts the viewer of the addresses for programs, in the colours that the browser prefers.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", paint);
  paint();

  const viewer = document.getElementById("api-viewer");
  // The viewer leaves boxes and the buttons that copy without a name for screen readers.
  const name = () => {
    for (const box of viewer.querySelectorAll(":is(input, textarea):not([aria-label])")) {
      box.setAttribute("aria-label", box.placeholder || "Nội dung gửi đi (JSON)");
    }
    for (const button of viewer.querySelectorAll(".copy-to-clipboard button:not([aria-label])")) {
      button.setAttribute("aria-label", "Chép");
    }
  };
  new MutationObserver(name).observe(viewer, { childList: true, subtree: true });

  window.SwaggerUIBundle({
    url: "/api/openapi.json",
    domNode: viewer,
    validatorUrl: null,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    syntaxHighlight: { activated: false },
  });
})();
