"use strict";
// The list of kept conversations: opens, searches, names, deletes and brings back.
(() => {
  const TROUBLE = "Không làm được: mất kết nối với máy chủ. Xin thử lại.";
  const PAUSE = 150; // milliseconds after the last key before the list is searched
  let dialog, box, list, status, timer;
  let asked = 0; // searches sent; an answer to an earlier one is dropped

  const ask = async (method, path, body) => {
    const headers = body ? { "Content-Type": "application/json" } : {};
    let response;
    try {
      response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    } catch {
      throw new Error(TROUBLE);
    }
    const said = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(said.message ?? TROUBLE);
    return said;
  };

  const address = (entry) => `/hoi-thoai/${encodeURIComponent(entry.conversation_id)}`;

  const attempt = async (work) => {
    try {
      await work();
    } catch (error) {
      status.textContent = error.message;
    }
  };

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const button = (text, label, work) => {
    const made = element("button", { type: "button", textContent: text });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => attempt(work));
    return made;
  };

  const when = (iso) => new Date(iso).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });

  const show = async () => {
    const turn = ++asked;
    const entries = await ask("GET", `/hoi-thoai?tim=${encodeURIComponent(box.value)}`);
    if (turn !== asked) return;
    list.replaceChildren(...entries.map(row));
    if (entries.length) status.textContent = `${entries.length.toLocaleString("vi-VN")} cuộc hỏi đáp`;
    else if (box.value.trim()) status.textContent = "Không có cuộc hỏi đáp nào khớp. Thử ít chữ hơn.";
    else status.textContent = "Chưa có cuộc hỏi đáp nào được lưu trên trình duyệt này.";
  };

  const row = (entry) => {
    const link = element("a", { href: `/?hoi=${encodeURIComponent(entry.conversation_id)}`, textContent: entry.name });
    const details = `${when(entry.changed)} · ${entry.turns.toLocaleString("vi-VN")} câu hỏi`;
    const made = element("li", {}, link, element("span", { className: "details", textContent: details }));
    const word = element("a", { href: `${address(entry)}.docx`, textContent: "Tải .docx", download: "" });
    word.setAttribute("aria-label", `Tải .docx: ${entry.name}`);
    const tools = [
      button("Đổi tên", `Đổi tên: ${entry.name}`, () => rename(made, entry)),
      word,
      button("Xóa", `Xóa: ${entry.name}`, () => remove(made, entry)),
    ];
    made.append(element("span", { className: "tools" }, ...tools));
    return made;
  };

  const rename = (made, entry) => {
    const name = element("input", { type: "text", value: entry.name, maxLength: 120, required: true });
    name.setAttribute("aria-label", "Tên mới");
    const save = element("button", { type: "submit", textContent: "Lưu" });
    const back = () => {
      const fresh = row(entry);
      made.replaceWith(fresh);
      fresh.querySelector("button").focus();
    };
    const cancel = button("Thôi", "Thôi, không đổi tên", back);
    const form = element("form", {}, name, save, cancel);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      attempt(async () => {
        await ask("PATCH", address(entry), { name: name.value });
        entry = { ...entry, name: name.value.trim() };
        back();
        status.textContent = "Đã đổi tên.";
      });
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // closes the form, not the whole list
      event.stopPropagation();
      back();
    });
    made.replaceChildren(form);
    name.select();
  };

  const isOpen = (entry) => new URL(window.location.href).searchParams.get("hoi") === entry.conversation_id;

  const remove = async (made, entry) => {
    await ask("DELETE", address(entry));
    const restore = button("Hoàn tác", `Hoàn tác xóa: ${entry.name}`, async () => {
      await ask("POST", `${address(entry)}/khoi-phuc`);
      status.textContent = "Đã khôi phục.";
      const fresh = row(entry);
      made.replaceWith(fresh);
      fresh.querySelector("a").focus();
    });
    made.replaceChildren(element("span", { textContent: `Đã xóa “${entry.name}”.` }), restore);
    restore.focus();
    status.textContent = "Đã xóa. Có thể hoàn tác trong một giờ, chừng nào danh sách này còn mở.";
    if (isOpen(entry)) document.querySelector("#clear")?.click();
  };

  document.addEventListener("DOMContentLoaded", () => {
    dialog = document.querySelector("#conversations");
    box = dialog.querySelector("input");
    list = dialog.querySelector(".entries");
    status = dialog.querySelector(".status");
    document.querySelector("#open-conversations").addEventListener("click", () => {
      box.value = "";
      status.textContent = "Đang mở…";
      dialog.showModal();
      attempt(show);
    });
    dialog.querySelector(".close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // beside the list
    });
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => attempt(show), PAUSE);
    });
  });
})();
