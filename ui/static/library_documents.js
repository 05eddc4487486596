"use strict";
// What can be done with one document: correct its facts, put another file in its place, take it out.
(() => {
  const { ask, change, one, refresh, say, tell } = library;
  const editing = one("#editing");
  const removing = one("#removing");
  const otherFile = one("#other-file");
  let chosen = null; // the document that a dialog or the file chooser is about
  let opener = ""; // the key of the button that was pressed for it
  let loaded = {}; // its facts as they were when the dialog was opened

  const addressOf = (doc_id, part = "") => `/kho/van-ban/${encodeURIComponent(doc_id)}${part}`;
  const fields = () => editing.querySelectorAll(".field");
  const typed = (field) => one("input, textarea", field);

  const showFault = (field, text) => {
    one(".error", field).textContent = text;
    if (text) typed(field).setAttribute("aria-invalid", "true");
    else typed(field).removeAttribute("aria-invalid");
  };

  const fill = (facts, edited) => {
    loaded = facts;
    for (const field of fields()) {
      const { fact } = field.dataset;
      const byHand = edited.includes(fact);
      typed(field).value = facts[fact];
      typed(field).placeholder = "";
      one(".by-hand", field).hidden = one(".restore", field).hidden = !byHand;
      showFault(field, "");
    }
    one("form > .error", editing).textContent = "";
  };

  const edit = async (pressed) => {
    pressed.disabled = true;
    try {
      const { name, facts, edited } = await ask(addressOf(chosen.doc_id, "/thong-tin"));
      one(".document-name", editing).textContent = name;
      fill(facts, edited);
      editing.showModal();
    } catch (trouble) {
      tell(trouble, () => { say(""); edit(pressed); });
    } finally {
      pressed.disabled = false;
    }
  };

  const corrected = () => {
    const changes = {};
    for (const field of fields()) {
      const value = typed(field).value.trim();
      if (value !== loaded[field.dataset.fact]) changes[field.dataset.fact] = value;
    }
    return changes;
  };

  const save = async () => {
    const pressed = one("button.main", editing);
    const changes = corrected();
    if (Object.keys(changes).length === 0) {
      editing.close();
      return;
    }
    for (const field of fields()) showFault(field, "");
    one("form > .error", editing).textContent = "";
    try {
      const body = await change(pressed, addressOf(chosen.doc_id, "/thong-tin"), "POST", { changes });
      if (body === null) return;
      editing.close();
      await refresh();
      say(body.message, { offer: "Hoàn tác", run: library.undo });
    } catch (trouble) {
      one("form > .error", editing).textContent = trouble.message;
      for (const field of fields()) showFault(field, trouble.fields[field.dataset.fact] ?? "");
      (one("[aria-invalid]", editing) ?? pressed).focus();
    }
  };

  const remove = async () => {
    const pressed = one("button.main", removing);
    one(".error", removing).textContent = "";
    try {
      const body = await change(pressed, addressOf(chosen.doc_id), "DELETE");
      if (body === null) return;
      removing.close();
      await refresh();
      say(body.message, { offer: "Hoàn tác", run: library.undo }).focus();
    } catch (trouble) {
      one(".error", removing).textContent = trouble.message;
      pressed.focus();
    }
  };

  const actions = {
    edit,
    replace: () => otherFile.click(),
    remove: () => {
      one(".document-name", removing).textContent = chosen.name;
      one(".error", removing).textContent = "";
      removing.showModal();
      one("[data-close]", removing).focus(); // what does no harm comes first
    },
  };

  one("#held").addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-action]");
    if (!pressed) return;
    const { document: doc_id, name } = pressed.closest(".actions").dataset;
    chosen = { doc_id, name };
    opener = pressed.dataset.key;
    actions[pressed.dataset.action](pressed);
  });

  otherFile.addEventListener("change", () => {
    const [file] = otherFile.files;
    if (file) library.give([file], addressOf(chosen.doc_id, "/tep"), `Thay “${chosen.name}”`);
    otherFile.value = "";
  });

  for (const [dialog, run] of [[editing, save], [removing, remove]]) {
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    one("[data-close]", dialog).addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => one(`[data-key="${CSS.escape(opener)}"]`)?.focus({ preventScroll: true }));
  }

  editing.addEventListener("click", (event) => {
    if (!event.target.matches(".restore")) return;
    const field = event.target.closest(".field");
    typed(field).value = "";
    typed(field).placeholder = "Sẽ lấy theo văn bản khi lưu";
    event.target.hidden = true;
    typed(field).focus();
  });
})();
