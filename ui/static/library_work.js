"use strict";
// The server's work: what became of each file, what a person has to decide, and the state of the index.
(() => {
  const { ask, button, change, one, refresh, say, tell } = library;
  const POLL_MS = 1000;
  const LOST_MS = 5000;
  const PATIENCE = 60; // looks for the new index to be opened after it was built
  const STATES = new Map([
    ["sending", "Đang gửi"],
    ["waiting", "Đang chờ đọc"],
    ["reading", "Đang đọc"],
    ["added", "Đã thêm"],
    ["replaced", "Đã thay"],
    ["duplicate", "Đã có trong kho"],
    ["conflict", "Cần quyết định"],
    ["failed", "Không thêm được"],
    ["done", "Đã xử lý, xem bảng bên dưới"],
  ]);
  const INDEXING = new Map([
    ["idle", "Đã lập xong chỉ mục."],
    ["waiting", "Đang chờ lập chỉ mục… câu hỏi vẫn được trả lời bằng chỉ mục cũ."],
    ["running", "Đang lập chỉ mục… câu hỏi vẫn được trả lời bằng chỉ mục cũ."],
    ["failed", "Chưa lập được chỉ mục. Bấm “Lập lại chỉ mục” để thử lại."],
  ]);
  const DECISIONS = [
    ["replace", "Thay văn bản cũ"],
    ["keep both", "Giữ cả hai"],
    ["leave out", "Bỏ tệp này"],
  ];
  const UNDER_WAY = ["sending", "waiting", "reading"];

  const chooser = one("#files");
  const outcomes = one("#outcomes");
  const undoButton = one("#undo");
  const lines = new Map(); // name of a file as the server knows it -> its line
  const tidied = new Map(); // lines that were put away, by name
  const news = []; // that is not announced yet
  let last = null; // the work as it was last told
  let told = 0; // times that it was
  let timer = 0;
  let patience = PATIENCE;
  let wasLost = false;

  const element = (tag, css, text) => {
    const made = document.createElement(tag);
    made.className = css;
    made.textContent = text;
    return made;
  };

  // For who hears the page: what happens at one moment is said in one piece.
  const announce = (text) => {
    if (news.push(text) > 1) return;
    queueMicrotask(() => {
      one("#heard").textContent = news.splice(0).join(" ");
    });
  };
  const announceFile = (file) => announce(`${file.name}: ${STATES.get(file.status)}. ${file.message}`);

  const decided = async (line, pressed, decision, name) => {
    const others = [...line.querySelectorAll("button")].filter((each) => each !== pressed);
    for (const each of others) each.disabled = true;
    try {
      await change(pressed, "/kho/viec/quyet-dinh", "POST", { name, decision });
      if (line.isConnected) line.focus();
      else {
        say(`Đã bỏ tệp “${name}”.`);
        chooser.focus();
      }
    } catch (trouble) {
      tell(trouble, () => { say(""); decided(line, pressed, decision, name); });
      look();
    } finally {
      for (const each of others) each.disabled = false;
    }
  };

  const fillConflict = (line, file) => {
    const names = element("dl", "both", "");
    for (const [label, name] of [["Tệp mới", file.title || file.name], ["Trong kho", file.other]]) {
      names.append(element("dt", "", label), element("dd", "", name));
    }
    const buttons = element("div", "buttons", "");
    for (const [decision, label] of DECISIONS) {
      const pressed = button(label, () => decided(line, pressed, decision, file.name), "small");
      pressed.setAttribute("aria-label", `${label}: ${file.name}`);
      buttons.append(pressed);
    }
    line.append(names, buttons);
  };

  const fillLine = (line, file) => {
    line.dataset.status = file.status;
    line.tabIndex = -1;
    line.replaceChildren(element("span", "state", STATES.get(file.status)), " ", element("span", "file", file.name));
    if (file.title && file.status !== "conflict") {
      const title = element(file.url ? "a" : "span", "title", file.title);
      if (file.url) title.href = file.url;
      line.append(" ", title);
    }
    if (file.message) line.append(element("p", "message", file.message));
    if (file.status === "conflict") fillConflict(line, file);
  };

  const showFile = (file) => {
    const told = JSON.stringify(file);
    if (tidied.get(file.name) === told) return;
    let line = lines.get(file.name);
    if (line?.told === told) return;
    if (!line) {
      line = { element: element("li", "", "") };
      lines.set(file.name, line);
      outcomes.append(line.element);
    }
    const isNews = last !== null && line.file?.status !== file.status && !UNDER_WAY.includes(file.status);
    if (isNews) announceFile(file);
    Object.assign(line, { told, file });
    fillLine(line.element, file);
  };

  // What the server does not tell of any more: decided by somebody, or done before anybody looked.
  const forget = (names) => {
    for (const [name, line] of lines) {
      if (names.has(name)) continue;
      if (line.file.status === "conflict") {
        line.element.remove();
        lines.delete(name);
      } else if (UNDER_WAY.includes(line.file.status)) {
        showFile({ ...line.file, status: "done" });
      }
    }
  };

  const tidy = () => {
    for (const [name, line] of lines) {
      if ([...UNDER_WAY, "conflict"].includes(line.file.status)) continue;
      tidied.set(name, line.told);
      line.element.remove();
      lines.delete(name);
    }
    for (const failed of outcomes.querySelectorAll(".unsent")) failed.remove();
    one("#tidy").hidden = outcomes.childElementCount === 0;
  };

  const showEarlier = (files) => {
    files.forEach(showFile);
    tidied.clear(); // a new batch: what it says again is news
  };

  const isUnderWay = () => last !== null && (last.total > 0 || ["waiting", "running"].includes(last.indexing));
  const seen = (work) => JSON.stringify([work.files.filter((file) => file.url || ["added", "replaced"].includes(file.status)), work.lastChange, work.indexing]);

  const showWork = (work) => {
    work.files.forEach(showFile);
    forget(new Set(work.files.map((file) => file.name)));
    one("#progress").hidden = work.total === 0;
    one("#progress-name").textContent = `Đang đọc ${work.reading}/${work.total}`;
    one("#bar").max = Math.max(work.total, 1);
    one("#bar").value = work.reading;
    one("#tidy").hidden = outcomes.childElementCount === 0;
    const isTurn = last !== null && last.indexing !== work.indexing;
    if (work.indexing !== "idle") one("#indexing").textContent = work.indexMessage || INDEXING.get(work.indexing);
    else if (isTurn) one("#indexing").textContent = INDEXING.get("idle");
    one("#indexing").dataset.state = work.indexing;
    if (isTurn) announce(INDEXING.get(work.indexing));
    undoButton.hidden = work.lastChange === "";
    undoButton.dataset.change = one(".what", undoButton).textContent = work.lastChange;
  };

  const take = (work) => {
    const hasChanged = last !== null && seen(last) !== seen(work);
    showWork(work);
    last = work;
    told += 1;
    clearTimeout(timer);
    const waits = work.indexing === "idle" && one("#holdings .state") !== null; // built, but not opened yet
    patience = waits && !hasChanged ? patience - 1 : PATIENCE;
    if (hasChanged || waits) refresh();
    if (isUnderWay() || (waits && patience > 0)) timer = setTimeout(look, waits ? 3 * POLL_MS : POLL_MS);
  };

  const look = async () => {
    clearTimeout(timer);
    const before = told;
    try {
      const { work } = await ask("/kho/viec");
      if (told === before) take(work); // what was told in the meantime is newer
      if (wasLost) say("Đã nối lại với máy chủ.");
      wasLost = false;
    } catch (trouble) {
      if (!wasLost) tell(trouble, look);
      wasLost = trouble.lost;
      if (trouble.lost) timer = setTimeout(look, LOST_MS);
    }
  };

  const undo = async (pressed) => {
    try {
      const body = await change(pressed, "/kho/hoan-tac", "POST", { change: undoButton.dataset.change });
      if (body === null) return;
      await refresh();
      say(body.message);
      (undoButton.hidden ? one("#reindex") : undoButton).focus();
    } catch (trouble) {
      tell(trouble, () => { say(""); undo(pressed); });
      if (!trouble.lost) look();
    }
  };

  const reindex = async (pressed) => {
    try {
      await change(pressed, "/kho/lap-chi-muc", "POST");
      pressed.focus();
    } catch (trouble) {
      tell(trouble, () => { say(""); reindex(pressed); });
    }
  };

  document.addEventListener("library:work", (event) => take(event.detail));
  undoButton.addEventListener("click", () => undo(undoButton));
  one("#reindex").addEventListener("click", (event) => reindex(event.currentTarget));
  one("#tidy").addEventListener("click", () => {
    tidy();
    chooser.focus();
  });
  Object.assign(library, { announceFile, element, fillLine, isUnderWay, showEarlier, take, tidy, undo });
  look();
})();
