"use strict";
// Brings each new question to the top of the window and the keyboard back to the question box, and
// says in Vietnamese the few things that Gradio says only in English.
(() => {
  const SAID_IN_ENGLISH = new Map([
    ["Error", "Có lỗi"],
    ["Connection to the server was lost. Attempting reconnection...", "Mất kết nối với máy chủ, đang thử kết nối lại…"],
    ["Connection errored out.", "Không kết nối được với máy chủ."],
    ["This application is currently busy. Please try again.", "Đang có quá nhiều người hỏi, xin thử lại sau ít giây."],
  ]);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const hasKeyboard = window.matchMedia("(pointer: fine)"); // on a phone, focus would open one
  let newest = 0;

  const follow = () => {
    const turns = document.querySelectorAll("#conversation .turn");
    const last = turns[turns.length - 1];
    const number = last ? Number(last.id.slice("luot-".length)) : 0;
    if (number > newest) {
      last.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    }
    if (number !== newest && hasKeyboard.matches) {
      document.querySelector("#question textarea")?.focus({ preventScroll: true });
    }
    newest = number;
  };

  const translate = () => {
    for (const element of document.querySelectorAll(".toast-wrap *")) {
      for (const node of element.childNodes) {
        const said = node.nodeType === Node.TEXT_NODE && SAID_IN_ENGLISH.get(node.data.trim());
        if (said) node.data = said;
      }
    }
  };

  new MutationObserver(() => {
    follow();
    translate();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
