// Copies text to the clipboard, also where the page came over http:// and has no navigator.clipboard.

const ONLY_HERE = new Set(["localhost", "127.0.0.1", "[::1]"]);

// `host` is an element that the keyboard can reach: what is selected in an inert part is not copied.
export async function copyText(text, host = document.body) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, host);
  }
}

// Gives the sentence that says how it went; a link of this machine's own address says what it is worth.
export async function copyLink(address, host = document.body) {
  const url = new URL(address, window.location.href);
  if (!(await copyText(url.href, host))) return notCopied(url.href);
  return ONLY_HERE.has(url.hostname) ? "Đã chép liên kết. Liên kết này chỉ mở được trên máy này." : "Đã chép liên kết.";
}

export function notCopied(text) {
  window.prompt("Trình duyệt không cho chép tự động. Nhấn Ctrl+C để chép:", text);
  return "";
}

function copySelected(text, host) {
  const focused = document.activeElement;
  const selection = document.getSelection();
  const ranges = Array.from({ length: selection.rangeCount }, (_, i) => selection.getRangeAt(i));
  const box = Object.assign(document.createElement("textarea"), { className: "copying", value: text, readOnly: true });
  host.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  focused?.focus({ preventScroll: true });
  selection.removeAllRanges();
  for (const range of ranges) selection.addRange(range);
  return done;
}
