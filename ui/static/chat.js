"use strict";
// Brings each new question to the top of the window and the keyboard back to the question box, keeps
// the address of the page that of the conversation, and says in Vietnamese the few things that Gradio
// says only in English.
(() => {
  const SAID_IN_ENGLISH = new Map([
    ["Error", "Có lỗi"],
    ["Connection to the server was lost. Attempting reconnection...", "Mất kết nối với máy chủ, đang thử kết nối lại…"],
    ["Connection errored out.", "Không kết nối được với máy chủ."],
    ["This application is currently busy. Please try again.", "Đang có quá nhiều người hỏi, xin thử lại sau ít giây."],
  ]);
  const PARAMETER = "hoi";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const hasKeyboard = window.matchMedia("(pointer: fine)"); // on a phone, focus would open one
  let left = ""; // the conversation that was left for a new one, which is still shown for a moment
  let newest = null; // the number of the last turn; null before the page's first conversation is shown

  const follow = () => {
    if (!document.querySelector("#conversation :is(.turns, .empty)")) return;
    const turns = document.querySelectorAll("#conversation .turn");
    const last = turns[turns.length - 1];
    const number = last ? Number(last.id.slice("luot-".length)) : 0;
    if (number > (newest ?? 0)) {
      const behavior = calm.matches || newest === null ? "auto" : "smooth";
      last.scrollIntoView({ block: "start", behavior });
    }
    if (number !== newest && hasKeyboard.matches) {
      document.querySelector("#question textarea")?.focus({ preventScroll: true });
    }
    newest = number;
  };

  const name = (conversation) => {
    const address = new URL(window.location.href);
    if ((address.searchParams.get(PARAMETER) ?? "") === conversation) return;
    if (conversation) address.searchParams.set(PARAMETER, conversation);
    else address.searchParams.delete(PARAMETER);
    history.replaceState(history.state, "", address);
  };

  const opened = () => {
    const turns = document.querySelector("#conversation .turns");
    return turns ? turns.id.slice("hoi-".length) : "";
  };

  const nameAddress = () => {
    const conversation = opened();
    if (conversation && conversation !== left) name(conversation);
  };

  const leave = () => {
    left = opened();
    name("");
  };

  const translate = () => {
    if (document.documentElement.lang !== "vi") document.documentElement.lang = "vi"; // Gradio sets the browser's
    for (const element of document.querySelectorAll(".toast-wrap *")) {
      for (const node of element.childNodes) {
        const said = node.nodeType === Node.TEXT_NODE && SAID_IN_ENGLISH.get(node.data.trim());
        if (said) node.data = said;
      }
    }
  };

  document.addEventListener(
    "click",
    (event) => {
      // Before the server hears of it, so that the next question is not one of the old conversation.
      if (event.target.closest("#clear")) leave();
      if (event.target.closest("#conversation .as-typed")) document.querySelector("#as-typed")?.click();
    },
    { capture: true },
  );

  new MutationObserver(() => {
    follow();
    nameAddress();
    translate();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
