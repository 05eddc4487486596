// The page of a document: finding, the current section, and links to the very words.
import { copyLink, copyText, notCopied } from "./copying.js";
import { startFinding } from "./find_box.js";
import { closeWhenChosen, followSections } from "./outline.js";
import { selectedWords } from "./stored.js";

const SAID_FOR = 4000; // milliseconds
const PAUSE = 150; // milliseconds without a change before the buttons for selected words appear
const GAP = 8; // pixels between selected words and their buttons
const touch = window.matchMedia("(pointer: coarse)"); // its own handles stand below the words
const main = document.querySelector("main.document");
const reader = document.querySelector(".reader");
const buttons = document.querySelector(".selected");
const status = document.querySelector(".said");
let statusTimer, selectionTimer;
let pressed = false;

function say(text) {
  clearTimeout(statusTimer);
  status.textContent = text;
  statusTimer = setTimeout(() => {
    status.textContent = "";
  }, SAID_FOR);
}

function selected() {
  const selection = document.getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  return selectedWords(main, selection.getRangeAt(0));
}

function showButtons() {
  buttons.hidden = pressed || document.activeElement?.id === "find" || !selected();
  if (!buttons.hidden) placeButtons();
}

function placeButtons() {
  if (buttons.hidden || touch.matches) return;
  const rects = document.getSelection().getRangeAt(0).getClientRects();
  const last = rects[rects.length - 1];
  if (!last) return;
  const most = { top: window.innerHeight - buttons.offsetHeight - GAP, left: document.body.clientWidth - buttons.offsetWidth - GAP };
  buttons.style.top = `${Math.max(GAP, Math.min(last.bottom + GAP, most.top))}px`;
  buttons.style.left = `${Math.max(GAP, Math.min(last.left, most.left))}px`;
}

function laterShowButtons() {
  clearTimeout(selectionTimer);
  selectionTimer = setTimeout(showButtons, PAUSE);
}

function addressOf({ start, end }) {
  return `${window.location.pathname}?tu=${start}&den=${end}&ban=${main.dataset.text}#doan`;
}

async function copyQuote({ words, locator, pages }) {
  const text = `“${words}” (${[locator, pages, main.dataset.source].filter(Boolean).join(", ")})`;
  say((await copyText(text)) ? "Đã chép đoạn chọn kèm nguồn." : notCopied(text));
}

document.addEventListener("selectionchange", laterShowButtons);
document.addEventListener("pointerdown", (event) => {
  pressed = !buttons.contains(event.target);
});
for (const ended of ["pointerup", "pointercancel"]) {
  document.addEventListener(ended, () => {
    pressed = false;
    laterShowButtons();
  });
}
document.addEventListener("scroll", placeButtons, { passive: true });
buttons.addEventListener("pointerdown", (event) => event.preventDefault());
buttons.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the words selected
buttons.addEventListener("click", async (event) => {
  const words = selected();
  if (!words) return;
  if (event.target.closest(".copy-quote")) await copyQuote(words);
  else if (event.target.closest(".copy-link")) say(await copyLink(addressOf(words)));
});
main.querySelector(".mark-head .copy-link")?.addEventListener("click", async (event) => {
  say(await copyLink(event.target.dataset.link));
});

if (reader.classList.contains("embedded")) {
  // The way back leads out of the document, not through everything that was looked at in it.
  reader.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]:not([target])");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.location.replace(link.href);
  });
}

document.documentElement.classList.add("enhanced");
startFinding(main, reader.querySelector(".bar"));
followSections(main, reader);
const narrow = reader.querySelector(".outline.narrow");
if (narrow) closeWhenChosen(narrow);
