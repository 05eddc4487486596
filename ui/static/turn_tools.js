"use strict";
// What can be done with an answer: copied, printed, judged. Gradio shows the HTML of a conversation
// anew at any time, and keeps neither ARIA attributes nor text boxes: they are added here, and added again.
(() => {
  const copying = import("/tai-nguyen/copying.js");
  const PREFIX = "cong-cu-"; // of the id of an answer's tools
  const MAX_COMMENT = 2000;
  const SHOWN_MS = 4000;
  const TROUBLE_SHOWN_MS = 12000;
  const ASKS = new Map([["right", "Nhận xét thêm? (không bắt buộc)"], ["wrong", "Sai ở đâu? (không bắt buộc)"]]);
  const NO_SERVER = "Không kết nối được với máy chủ. Xin kiểm tra mạng rồi thử lại.";
  const SERVER_TROUBLE = "Máy chủ gặp trục trặc. Xin thử lại sau ít phút.";
  const judged = new Map(); // what was judged on this page, by turn: the HTML that Gradio shows again may be older
  const drafts = new Map(); // the comment boxes that are open, by turn
  const busy = new Set(); // turns whose judgement is on its way
  const dressed = new WeakSet();

  const idOf = (tools) => tools.id.slice(PREFIX.length);
  const toolsOf = (id) => document.getElementById(PREFIX + id);
  const address = (id, rest) => `/luot/${encodeURIComponent(id)}${rest}`;

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const button = (className, text, type = "button") => {
    const made = element("button", className, text);
    made.type = type;
    return made;
  };

  // What is said beside the button that was pressed, and read out by screen readers.
  const said = element("div", "said");
  said.setAttribute("role", "status");
  document.body.append(said);
  let silence = 0;
  const say = (text, near, shownMs = SHOWN_MS) => {
    const at = near.getBoundingClientRect();
    said.textContent = "";
    requestAnimationFrame(() => {
      said.textContent = text;
      const right = window.innerWidth - said.offsetWidth - 8;
      said.style.left = `${Math.max(8, Math.min(at.left, right))}px`;
      said.style.top = `${Math.max(8, at.top - said.offsetHeight - 8)}px`;
      clearTimeout(silence);
      silence = setTimeout(() => { said.textContent = ""; }, shownMs);
    });
  };

  const asked = async (path, options = {}) => {
    let response;
    try {
      response = await fetch(path, { keepalive: true, ...options }); // also when the page is left at once
    } catch {
      throw new Error(NO_SERVER);
    }
    if (response.ok) return response.text();
    const answer = await response.json().catch(() => ({}));
    throw new Error(typeof answer.message === "string" ? answer.message : SERVER_TROUBLE);
  };
  const orSay = async (near, work) => {
    try {
      await work();
    } catch (problem) {
      say(problem.message, near, TROUBLE_SHOWN_MS);
    }
  };

  const copy = (tools, path, near) =>
    orSay(near, async () => {
      const text = await asked(path);
      const { copyText } = await copying;
      if (await copyText(text)) say("Đã chép", near);
      else offerByHand(toolsOf(idOf(tools)) ?? tools, text);
    });
  const offerByHand = (tools, text) => {
    tools.querySelector(".by-hand")?.remove();
    const box = element("div", "by-hand");
    const label = element("label", "", "Trình duyệt không cho chép tự động. Nhấn Ctrl+C để chép đoạn đã chọn:");
    const area = element("textarea", "");
    area.readOnly = true;
    area.rows = 5;
    area.value = text;
    area.id = `${PREFIX}chep-${idOf(tools)}`;
    label.htmlFor = area.id;
    box.append(label, area, button("close-by-hand", "Đóng"));
    tools.append(box);
    box.scrollIntoView({ block: "nearest" });
    area.select();
  };

  const printAnswer = (tools) => {
    tools.closest(".turn")?.classList.add("printed");
    document.documentElement.classList.add("prints-one");
    window.print();
  };
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("prints-one");
    for (const turn of document.querySelectorAll(".turn.printed")) turn.classList.remove("printed");
  });

  const judgementIn = (tools) => ({
    verdict: tools.querySelector(".verdict.chosen")?.classList.contains("right") ? "right"
      : tools.querySelector(".verdict.chosen") ? "wrong" : "",
    comment: tools.querySelector(".judged-comment")?.textContent ?? "",
  });
  const show = (tools, { verdict, comment }) => {
    for (const choice of tools.querySelectorAll(".verdict")) {
      const isChosen = verdict !== "" && choice.classList.contains(verdict);
      choice.classList.toggle("chosen", isChosen);
      choice.setAttribute("aria-pressed", String(isChosen));
    }
    const judge = tools.querySelector(".judge");
    const back = tools.querySelector(".take-back");
    if (verdict && !back) judge?.append(button("take-back", "Bỏ góp ý"));
    if (!verdict) back?.remove();
    tools.querySelector(".judged-comment")?.remove();
    if (comment) judge?.after(element("p", "judged-comment", comment));
  };
  const send = (id, verdict, comment) => {
    const headers = { "Content-Type": "application/json" };
    const options = verdict
      ? { method: "PUT", headers, body: JSON.stringify({ verdict, comment }) }
      : { method: "DELETE" };
    return asked(address(id, "/gop-y"), options);
  };
  // Sends a judgement, "" takes it back; where it has arrived it is shown, and a comment asked for.
  const judge = async (id, verdict, comment, thanks, asksForComment = false) => {
    if (busy.has(id)) return;
    busy.add(id);
    await orSay(toolsOf(id) ?? document.body, async () => {
      await send(id, verdict, comment);
      judged.set(id, { verdict, comment });
      if (asksForComment) drafts.set(id, { verdict, comment });
      else drafts.delete(id);
      const tools = toolsOf(id);
      if (!tools) return;
      show(tools, { verdict, comment });
      showBox(tools);
      if (asksForComment) writeIn(tools);
      else (tools.querySelector(".verdict.chosen") ?? tools.querySelector(".verdict"))?.focus({ preventScroll: true });
      say(thanks, tools);
    });
    busy.delete(id);
  };

  const showBox = (tools) => {
    const draft = drafts.get(idOf(tools));
    tools.querySelector(".comment-box")?.remove();
    if (!draft) return;
    const box = element("form", "comment-box");
    const label = element("label", "", ASKS.get(draft.verdict));
    const area = element("textarea", "");
    area.id = `${PREFIX}viet-${idOf(tools)}`;
    area.maxLength = MAX_COMMENT;
    area.rows = 3;
    area.value = draft.comment;
    label.htmlFor = area.id;
    area.addEventListener("input", () => { draft.comment = area.value; });
    box.append(label, area, button("send-comment", "Gửi", "submit"), button("close-comment", "Thôi"));
    tools.append(box);
  };
  const writeIn = (tools) => {
    const box = tools.querySelector(".comment-box");
    box.scrollIntoView({ block: "nearest" });
    box.querySelector("textarea").focus({ preventScroll: true });
  };
  const closeBox = (tools) => {
    drafts.delete(idOf(tools));
    showBox(tools);
    tools.querySelector(".verdict.chosen")?.focus({ preventScroll: true });
  };

  const choose = (tools, verdict) => {
    const id = idOf(tools);
    const known = judgementIn(tools);
    if (known.verdict !== verdict) {
      judge(id, verdict, known.comment, "Đã ghi nhận, xin cảm ơn.", true);
    } else if (drafts.has(id)) {
      closeBox(tools);
    } else {
      drafts.set(id, { verdict, comment: known.comment });
      showBox(tools);
      writeIn(tools);
    }
  };

  const dress = (tools) => {
    dressed.add(tools);
    const group = tools.querySelector(".judge");
    const label = tools.querySelector(".judge-label");
    if (group && label) {
      label.id = `${PREFIX}nhan-${idOf(tools)}`;
      group.setAttribute("aria-labelledby", label.id);
    }
    show(tools, judged.get(idOf(tools)) ?? judgementIn(tools));
    showBox(tools);
  };

  const ACTIONS = [
    [".copy-answer", (tools, pressed) => copy(tools, address(idOf(tools), "/chep"), pressed)],
    [".print-answer", (tools) => printAnswer(tools)],
    [".verdict", (tools, pressed) => choose(tools, pressed.classList.contains("right") ? "right" : "wrong")],
    [".take-back", (tools) => judge(idOf(tools), "", "", "Đã bỏ góp ý.")],
    [".close-comment", (tools) => closeBox(tools)],
    [".close-by-hand", (tools, pressed) => pressed.closest(".by-hand").remove()],
  ];

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("button");
    if (!pressed) return;
    if (pressed.matches(".copy-citation")) {
      const label = pressed.closest(".source")?.querySelector(".label")?.textContent.trim();
      const tools = pressed.closest(".turn")?.querySelector(".turn-tools");
      if (label && tools) copy(tools, address(idOf(tools), `/chep?nhan=${encodeURIComponent(label)}`), pressed);
      return;
    }
    const tools = pressed.closest(".turn-tools");
    const action = tools && ACTIONS.find(([selector]) => pressed.matches(selector));
    if (action) action[1](tools, pressed);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".comment-box")) return;
    event.preventDefault();
    const tools = event.target.closest(".turn-tools");
    const { verdict, comment } = drafts.get(idOf(tools));
    judge(idOf(tools), verdict, comment.trim(), "Đã gửi góp ý, xin cảm ơn.");
  });
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Escape" && event.target.closest?.(".comment-box");
    if (box) closeBox(box.closest(".turn-tools"));
  });

  const dressAll = () => {
    for (const tools of document.querySelectorAll(".turn-tools")) if (!dressed.has(tools)) dress(tools);
  };
  new MutationObserver(dressAll).observe(document.documentElement, { childList: true, subtree: true });
  dressAll();
})();
