// Says of selected words where they stand in the stored text, and how they are cited.

// Gives { start, end, words, locator } of what a range has of the document, null where it has nothing.
// Offsets are code points into the stored text, end exclusive.
export function selectedWords(main, range) {
  const parts = [];
  for (const block of main.querySelectorAll("[data-at]")) {
    const part = range.intersectsNode(block) ? partOf(block, range) : null;
    if (part) parts.push(part);
  }
  if (!parts.length) return null;
  const first = parts[0];
  const last = parts[parts.length - 1];
  const start = storedAt(first.block, first.from);
  const end = storedAt(last.block, last.to - 1) + 1;
  const words = parts.map((part) => part.words).join(" ").replace(/\s+/g, " ");
  return { start, end, words, locator: locator(first.block, last.block), pages: pages(main, start, end) };
}

function partOf(block, range) {
  const overlap = document.createRange();
  overlap.selectNodeContents(block);
  const before = overlap.cloneRange();
  if (range.compareBoundaryPoints(Range.START_TO_START, overlap) > 0) {
    overlap.setStart(range.startContainer, range.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, overlap) < 0) {
    overlap.setEnd(range.endContainer, range.endOffset);
  }
  const said = overlap.toString();
  const words = said.trim();
  if (!words) return null;
  before.setEnd(overlap.startContainer, overlap.startOffset);
  const skipped = said.slice(0, said.length - said.trimStart().length);
  const from = points(before.toString() + skipped);
  return { block, words, from, to: from + points(words) };
}

function points(text) {
  return [...text].length;
}

function storedAt(block, position) {
  let stored = 0;
  for (const run of block.dataset.at.split(" ")) {
    const [from, offset] = run.split(":").map(Number);
    if (from > position) break;
    stored = offset + position - from;
  }
  return stored;
}

function locator(first, last) {
  const [from, to] = [first.dataset.locator ?? "", last.dataset.locator ?? ""];
  if (from === to || !from || !to) return from || to;
  return `từ ${from} đến ${to}`;
}

function pages(main, start, end) {
  const starts = main.dataset.pages.split(" ").filter(Boolean).map(Number);
  if (!starts.length) return "";
  const pageOf = (offset) => Math.max(1, starts.filter((first) => first <= offset).length);
  const [first, last] = [pageOf(start), pageOf(end - 1)];
  return first === last ? `trang ${first}` : `trang ${first}–${last}`;
}
