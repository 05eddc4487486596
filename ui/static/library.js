"use strict";
// The library's page: search, filters and order without loading the page anew, and what its other
// scripts share. Everything that can be seen is made by the server.
const library = (() => {
  const LOST = "Mất kết nối với máy chủ. Xin kiểm tra mạng rồi thử lại.";
  const REFUSED = new Map([
    [403, "Máy này không được phép làm việc này. Xin tải lại trang."],
    [404, "Không tìm thấy trên máy chủ. Xin tải lại trang."],
    [413, "Nội dung gửi lên quá lớn nên máy chủ không nhận."],
  ]);
  const TROUBLE = "Máy chủ gặp trục trặc. Xin thử lại sau ít phút.";
  const AFTER_TYPING_MS = 200;
  const one = (selector, root = document) => root.querySelector(selector);
  const held = one("#held");
  const said = one("#said");
  let newest = 0; // number of the latest request for the table
  let typing = 0;

  document.documentElement.classList.add("live");

  class Trouble extends Error {
    constructor(message, { lost = false, fields = {} } = {}) {
      super(message);
      this.lost = lost;
      this.fields = fields;
    }
  }

  const refusal = (status, body) => new Trouble(body?.message || REFUSED.get(status) || TROUBLE, body ?? {});

  const ask = async (url, method = "GET", sent = undefined) => {
    let response;
    try {
      const typed = sent === undefined ? {} : { body: JSON.stringify(sent), headers: { "Content-Type": "application/json" } };
      response = await fetch(url, { method, cache: "no-store", ...typed });
    } catch {
      throw new Trouble(LOST, { lost: true });
    }
    const body = await response.json().catch(() => null);
    if (!response.ok || body === null) throw refusal(response.status, body);
    return body;
  };

  const button = (name, run, css = "") => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.className = css;
    made.addEventListener("click", () => run(made));
    return made;
  };

  const say = (text, { trouble = false, offer = "", run = null } = {}) => {
    one("button", said)?.remove();
    one("[role=status]", said).textContent = trouble ? "" : text;
    one("[role=alert]", said).textContent = trouble ? text : "";
    if (!run) return null;
    const offered = button(offer, run);
    said.append(offered);
    return offered;
  };

  // One request at a time for a button; what goes wrong is said, a lost connection with a way to try again.
  const change = async (pressed, url, method, sent = undefined) => {
    if (pressed.disabled) return null;
    pressed.disabled = true;
    try {
      const body = await ask(url, method, sent);
      document.dispatchEvent(new CustomEvent("library:work", { detail: body.work }));
      return body;
    } finally {
      pressed.disabled = false;
    }
  };

  const tell = (trouble, again) => {
    if (!(trouble instanceof Trouble)) throw trouble;
    say(trouble.message, trouble.lost ? { trouble: true, offer: "Thử lại", run: again } : { trouble: true });
  };

  const replaceTable = (fresh) => {
    const focused = document.activeElement?.dataset?.key;
    if (one("#filters") && one("#filters", fresh)) {
      one("#holdings").replaceChildren(...one("#holdings", fresh).childNodes);
      for (const select of one("#filters").querySelectorAll("select")) {
        const other = fresh.getElementById(select.id);
        const { value } = other; // before its options move, each of which would become the chosen one
        select.replaceChildren(...other.childNodes);
        select.value = value;
      }
      one("#filters .all").hidden = one("#filters .all", fresh).hidden;
      const count = one("#count", fresh).textContent;
      if (one("#count").textContent !== count) one("#count").textContent = count;
    } else {
      held.replaceChildren(...one("#held", fresh).childNodes);
    }
    if (focused) one(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  };

  const show = async (url) => {
    const number = (newest += 1);
    let fresh;
    try {
      const response = await fetch(url, { cache: "no-store" });
      fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!one("#held", fresh)) throw refusal(response.status, null);
    } catch (trouble) {
      if (number !== newest) return;
      if (trouble instanceof Trouble) tell(trouble, null);
      else tell(new Trouble(LOST, { lost: true }), () => { say(""); show(url); });
      return;
    }
    if (number !== newest) return;
    replaceTable(fresh);
    history.replaceState(null, "", url);
  };

  const wanted = () => {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(one("#filters"))) {
      if (value !== "") asked.set(name, value);
    }
    const query = asked.toString();
    return query ? `${location.pathname}?${query}` : location.pathname;
  };

  held.addEventListener("input", (event) => {
    if (event.target.type !== "search" || event.isComposing) return;
    clearTimeout(typing);
    typing = setTimeout(() => show(wanted()), AFTER_TYPING_MS);
  });
  held.addEventListener("change", (event) => {
    if (event.target.closest("#filters select")) show(wanted());
  });
  held.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    show(wanted());
  });
  held.addEventListener("click", (event) => {
    const link = event.target.closest("thead a, #filters .all");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches(".all")) {
      one("#tim").value = "";
      one("#tim").focus();
    }
    show(link.href);
  });

  return { LOST, Trouble, ask, button, change, one, refresh: () => show(location.href), refusal, say, tell };
})();
