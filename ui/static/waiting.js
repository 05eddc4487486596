"use strict";
// Shows a question as soon as it is on its way, and empties its box; the server sends a conversation
// only when the answer is there. Gradio does not tell the page when it sends a question, so its
// requests are watched.
(() => {
  const EVENTS = "/gradio_api/run/predict";
  const MOST = 500; // characters of a question that are shown
  const send = window.fetch;
  let asked = null; // the question under way
  let before = ""; // what the conversation showed when the question was sent

  const last = () => [...document.querySelectorAll("#conversation .turn")].at(-1);

  const state = () => `${document.querySelector("#conversation .turns")?.id} ${last()?.id}`;

  const write = (text) => {
    const box = document.querySelector("#question textarea");
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const typed = () => document.querySelector("#question textarea").value;

  const made = (name, attributes, ...children) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...children);
    return element;
  };

  const show = (question) => {
    done(false);
    before = state();
    const shown = question.trim();
    const echo = shown.length > MOST ? `${shown.slice(0, MOST).trimEnd()}…` : shown;
    const busy = made("p", { className: "busy", textContent: "Đang tìm trong các văn bản…" });
    busy.setAttribute("role", "status");
    const turn = made("section", { className: "turn" });
    turn.append(made("h2", { className: "question", textContent: echo }), made("div", { className: "reply" }, busy));
    document.querySelector("#conversation").after(made("div", { id: "waiting" }, turn));
    turn.scrollIntoView({ block: "start" });
    asked = question;
    if (typed() === question) write("");
  };

  const done = (isUnanswered) => {
    document.querySelector("#waiting")?.remove();
    if (isUnanswered && asked !== null && !typed()) write(asked); // to be mended or asked again
    asked = null;
  };

  // The handlers of ui/chat.py that take a question: ask, ask_1, … and ask_as_typed.
  const isQuestion = ({ id, api_name: name }, event) => id === event.fn_index && name.startsWith("ask");

  const question = ([address, options]) => {
    if (!String(address).includes(EVENTS)) return "";
    const event = JSON.parse(options.body);
    if (!window.gradio_config.dependencies.some((one) => isQuestion(one, event))) return "";
    return event.data[0] ?? last()?.querySelector(".question").textContent ?? ""; // "as typed" asks the last one again
  };

  window.fetch = (...request) => {
    const sent = question(request);
    const response = send(...request);
    if (sent.trim()) {
      show(sent);
      response.then((answer) => answer.ok || done(true)).catch(() => done(true));
    }
    return response;
  };

  new MutationObserver(() => {
    if (!document.querySelector("#waiting")) return;
    if (state() !== before) done(last()?.matches(".unanswered") ?? false);
    else if (document.querySelector(".toast-wrap *")) done(true);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
