// The box that finds words in the document: marks them, counts them, goes from one to the next.
import { ElementsText, letters, places } from "./find.js";

const PAUSE = 120; // milliseconds after the last key before the text is searched
const MAX_PAINTED = 2000; // matches marked at once; the one gone to always is
const MAX_ECHO = 40; // characters of what was not found that are said back
const READING_LINE = 0.4; // of the window's height: where a match is brought to

export function startFinding(main, bar) {
  const box = bar.querySelector("#find");
  const said = bar.querySelector(".found");
  const buttons = { previous: bar.querySelector(".previous"), next: bar.querySelector(".next") };
  const blocks = [...main.querySelectorAll("[data-at]")];
  let text, where, timer;
  let searched = "";
  let found = [];
  let current = -1;

  const search = () => {
    clearTimeout(timer);
    if (box.value === searched) return false;
    text ??= new ElementsText(blocks);
    where ??= letters(text.text);
    const from = current >= 0 ? found[current][0] : text.startOf(firstInView());
    searched = box.value;
    found = places(where, searched);
    current = found.length ? Math.max(0, found.findIndex(([start]) => start >= from)) : -1;
    paint("found", found.slice(0, MAX_PAINTED).map((place) => text.range(place)));
    showCurrent();
    return true;
  };

  const firstInView = () => {
    const top = bar.getBoundingClientRect().bottom;
    return blocks.find((block) => block.getBoundingClientRect().bottom > top) ?? main;
  };

  const showCurrent = () => {
    const typed = searched.trim();
    const echo = typed.length > MAX_ECHO ? `${typed.slice(0, MAX_ECHO)}…` : typed;
    const none = typed && !found.length;
    said.textContent = none ? `Không thấy “${echo}” trong văn bản này` : found.length ? `${current + 1}/${found.length}` : "";
    said.classList.toggle("none", Boolean(none));
    buttons.previous.disabled = buttons.next.disabled = !found.length;
    const range = found.length ? text.range(found[current]) : null;
    paint("found-current", range ? [range] : []);
    if (range) bringIntoView(range);
    else if (none) said.scrollIntoView({ block: "nearest" });
  };

  const bringIntoView = (range) => {
    const { top, bottom } = range.getBoundingClientRect();
    if (top >= bar.getBoundingClientRect().bottom && bottom <= window.innerHeight) return;
    window.scrollBy({ top: top - window.innerHeight * READING_LINE, behavior: "instant" });
  };

  const go = (step) => {
    if (search() || !found.length) return; // what is typed is searched first, which goes to its first match
    current = (current + step + found.length) % found.length;
    showCurrent();
  };

  const clear = () => {
    box.value = "";
    search();
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && box.value) {
      event.preventDefault(); // clears the box; a second one is for whoever shows this page
      clear();
    }
  });
  buttons.previous.addEventListener("click", () => go(-1));
  buttons.next.addEventListener("click", () => go(1));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input")) return;
    event.preventDefault();
    box.focus({ preventScroll: true });
    box.select();
  });
}

// Marks ranges without touching the document; where the browser cannot, the current match is selected.
function paint(name, ranges) {
  if (CSS.highlights) {
    const highlight = new Highlight();
    for (const range of ranges) highlight.add(range);
    highlight.priority = name === "found-current" ? 1 : 0;
    CSS.highlights.set(name, highlight);
  } else if (name === "found-current") {
    const selection = document.getSelection();
    selection.removeAllRanges();
    if (ranges[0]) selection.addRange(ranges[0]);
  }
}
