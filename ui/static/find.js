// Finds words in a text with or without their marks, and gives the text of elements as one string.
//
// A word typed without marks finds that word with any marks; a word typed with marks finds only those.
// Capitals, composed or decomposed letters, "hoà" or "hòa", kinds of quotation marks and dashes, and
// line breaks make no difference.

const TYPOGRAPHIC = new Map([..."“”„«»"].map((c) => [c, '"']).concat([..."‘’"].map((c) => [c, "'"])));
for (const dash of "–—−‑") TYPOGRAPHIC.set(dash, "-");
const MARK = /\p{M}/u;
// "hoà" and "thuý" are other spellings of "hòa" and "thúy"; after q the u is not a vowel.
const LATE_TONE = /(?<!q)([ou])([àáảãạèéẻẽẹỳýỷỹỵ])(?!\p{L})/gu;

// Gives two strings with one code unit for each letter, without and with marks, and where each letter
// stands in the text; `at` has one entry more, for the end.
export function letters(text) {
  const plain = [];
  const marked = [];
  const at = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    const last = marked.length - 1;
    if (MARK.test(unit)) {
      const composed = last >= 0 ? (marked[last] + unit).normalize("NFC") : "";
      if (composed.length === 1) marked[last] = composed;
    } else if (/\s/.test(unit)) {
      if (last >= 0 && plain[last] !== " ") add(" ", " ", i);
    } else {
      const lower = (TYPOGRAPHIC.get(unit) ?? unit).toLowerCase()[0];
      add(lower === "đ" ? "d" : lower.normalize("NFD")[0], lower.normalize("NFC")[0], i);
    }
  }
  at.push(text.length);
  return { plain: plain.join(""), marked: marked.join("").replace(LATE_TONE, earlyTone), at };

  function add(base, letter, position) {
    plain.push(base);
    marked.push(letter);
    at.push(position);
  }
}

function earlyTone(_, first, second) {
  const [base, tone] = second.normalize("NFD");
  return (first + tone).normalize("NFC") + base;
}

// Gives the places [start, end) in the text that `letters` was made of, in order, none over another.
export function places(where, query) {
  const wanted = letters(query.trim());
  if (!wanted.plain) return [];
  const strict = [...wanted.plain.matchAll(/[^ ]+/g)]
    .map((word) => ({ from: word.index, letters: wanted.marked.slice(word.index, word.index + word[0].length) }))
    .filter((word, i, words) => word.letters !== wanted.plain.slice(word.from, word.from + word.letters.length));
  const found = [];
  const length = wanted.plain.length;
  let at = where.plain.indexOf(wanted.plain);
  while (at >= 0) {
    const fits = strict.every((word) => where.marked.startsWith(word.letters, at + word.from));
    if (fits) found.push([where.at[at], where.at[at + length]]);
    at = where.plain.indexOf(wanted.plain, fits ? at + length : at + 1);
  }
  return found;
}

// The text of some elements as one string, a line break between two, and the way back to the page.
export class ElementsText {
  constructor(elements) {
    this.nodes = [];
    this.starts = [];
    const parts = [];
    let length = 0;
    for (const element of elements) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        this.nodes.push(walker.currentNode);
        this.starts.push(length);
        parts.push(walker.currentNode.data);
        length += walker.currentNode.data.length;
      }
      parts.push("\n");
      length += 1;
    }
    this.text = parts.join("");
  }

  range([start, end]) {
    const first = this.nodeAt(start);
    const last = this.nodeAt(end - 1);
    const range = document.createRange();
    range.setStart(this.nodes[first], start - this.starts[first]);
    range.setEnd(this.nodes[last], end - this.starts[last]);
    return range;
  }

  // Gives where an element's first text stands, 0 where it has none.
  startOf(element) {
    const row = this.nodes.findIndex((node) => element.contains(node));
    return row < 0 ? 0 : this.starts[row];
  }

  nodeAt(position) {
    let low = 0;
    let high = this.nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
