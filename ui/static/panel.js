"use strict";
// Opens the document of a citation beside the conversation, or over it where the window is narrow.
// Gradio shows the conversation's HTML anew at any time: links are looked up when they are needed.
(() => {
  const BESIDE = window.matchMedia("(min-width: 1100px)");
  const SHOWN_MS = 5000;
  const copying = import("/tai-nguyen/copying.js");
  let reading = null; // { turn, row, href }: the turn's id, which of its links, and where that leads
  let frame = null;
  let pushed = false; // an entry of the history stands for the open panel, so that "back" closes it
  let silence = 0;

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (className, text, work, label) => {
    const made = element("button", { type: "button", className, textContent: text });
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", work);
    return made;
  };

  const previous = button("step", "‹", () => step(-1), "Trích dẫn trước");
  const next = button("step", "›", () => step(1), "Trích dẫn sau");
  const place = element("span", { className: "place" });
  place.setAttribute("role", "status");
  const title = element("h2", { id: "reading-title", tabIndex: -1 });
  const page = element("a", { target: "_blank", rel: "noopener", textContent: "Mở ở trang riêng" });
  const copy = button("copy", "Sao chép liên kết", () => copyAddress());
  const said = element("span", { className: "reading-said" });
  said.setAttribute("role", "status");
  const panel = element(
    "div",
    { id: "reading", hidden: true },
    element(
      "div",
      { className: "reading-head" },
      element("div", { className: "steps" }, previous, place, next),
      button("close", "Đóng", () => close()),
      title,
      element("div", { className: "links" }, page, copy, said),
    ),
  );
  panel.setAttribute("aria-labelledby", title.id);
  document.body.append(panel);

  const linksOf = (turn) => [...(document.getElementById(turn)?.querySelectorAll("a.read") ?? [])];
  const currentLink = () => reading && linksOf(reading.turn)[reading.row];
  const covers = () => !BESIDE.matches;

  const framed = (href) => {
    const address = new URL(href);
    address.searchParams.set("khung", "1");
    return address.href;
  };

  // Changes the layout around an element without moving it in the window.
  const steadily = (around, change) => {
    const before = around?.getBoundingClientRect().top;
    change();
    if (around?.isConnected) {
      window.scrollBy({ top: around.getBoundingClientRect().top - before, behavior: "instant" });
    }
  };

  const open = (link) => {
    const turn = link.closest("section.turn");
    if (!turn) return;
    reading = { turn: turn.id, row: linksOf(turn.id).indexOf(link), href: link.href };
    if (panel.hidden) {
      steadily(link, () => {
        panel.hidden = false;
        arrange();
      });
    }
    show(link);
    title.focus({ preventScroll: true });
  };

  const show = (link) => {
    title.textContent = link.closest(".source")?.querySelector(".title")?.textContent ?? "Đang mở văn bản…";
    page.href = reading.href;
    said.textContent = "";
    if (frame?.contentDocument) {
      frame.contentWindow.location.replace(framed(reading.href)); // the history keeps one entry for the panel
    } else {
      frame?.remove();
      frame = element("iframe", { title: "Văn bản", src: framed(reading.href) });
      frame.addEventListener("load", loaded);
      panel.append(frame);
    }
    refresh();
  };

  const loaded = () => {
    const inside = frame?.contentDocument; // null where the server is gone: the browser's own page of an error
    if (inside?.URL === "about:blank") return;
    title.textContent = inside?.querySelector("h1")?.textContent || "Không mở được văn bản. Xin thử lại sau ít phút.";
    if (!inside) return;
    frame.contentWindow.addEventListener("keydown", closeByKey);
    inside.addEventListener("click", (event) => {
      if (!event.target.closest('a[href="/"]')) return; // back to the questions: they are beside
      event.preventDefault();
      close();
    });
  };

  const step = (by) => {
    const link = linksOf(reading.turn)[reading.row + by];
    if (!link) return;
    reading = { ...reading, row: reading.row + by, href: link.href };
    show(link);
    link.scrollIntoView({ block: "nearest" });
  };

  // Brings the head of the panel and the mark on the card in line with the conversation as it is now.
  const refresh = () => {
    if (!reading) return;
    if (document.querySelector("#conversation .empty")) {
      close();
      return;
    }
    const links = linksOf(reading.turn);
    if (links[reading.row]?.href !== reading.href) {
      reading.row = links.findIndex((link) => link.href === reading.href);
    }
    const known = reading.row >= 0;
    const text = known ? `Trích dẫn ${reading.row + 1}/${links.length}` : "Trích dẫn";
    if (place.textContent !== text) place.textContent = text;
    previous.setAttribute("aria-disabled", String(!known || reading.row === 0));
    next.setAttribute("aria-disabled", String(!known || reading.row === links.length - 1));
    for (const link of document.querySelectorAll("#conversation a.read")) {
      if (known && link === links[reading.row]) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  const close = () => {
    if (!reading) return;
    const link = currentLink();
    const had = panel.contains(document.activeElement) || document.activeElement === document.body;
    reading = null;
    frame?.remove();
    frame = null;
    steadily(link, () => {
      panel.hidden = true;
      arrange();
    });
    link?.removeAttribute("aria-current");
    if (had) link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: "nearest" });
    if (pushed) {
      pushed = false;
      history.back();
    }
  };

  // Beside the conversation the panel is a part of the page; over it, it is all there is.
  const arrange = () => {
    const over = Boolean(reading) && covers();
    document.documentElement.classList.toggle("reading-beside", Boolean(reading) && !covers());
    panel.setAttribute("role", over ? "dialog" : "complementary");
    if (over) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
    for (const other of document.body.children) {
      if (other !== panel && other.tagName !== "DIALOG") other.inert = over;
    }
    if (over && !pushed) {
      history.scrollRestoration = "manual"; // going back must not undo the way to the citation read last
      history.pushState({ ...history.state, reading: true }, "");
      pushed = true;
    }
  };

  const copyAddress = async () => {
    const { copyLink } = await copying;
    said.textContent = await copyLink(reading.href, panel);
    clearTimeout(silence);
    silence = setTimeout(() => {
      said.textContent = "";
    }, SHOWN_MS);
  };

  const closeByKey = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || !reading) return;
    // What is open in the conversation is closed first: a list of choices, the kept conversations.
    if (document.querySelector("dialog[open]") || event.target.closest?.('[aria-expanded="true"]')) return;
    event.preventDefault();
    close();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#conversation a.read");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab, as the browser does it
    if (link.origin !== window.location.origin || !link.pathname.startsWith("/van-ban/")) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("keydown", closeByKey);
  window.addEventListener("popstate", () => {
    if (pushed) {
      pushed = false;
      close();
    }
    history.scrollRestoration = "auto";
  });
  BESIDE.addEventListener("change", () => {
    if (reading) steadily(currentLink(), arrange);
  });
  new MutationObserver(refresh).observe(document.body, { childList: true, subtree: true });
})();
