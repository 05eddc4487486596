// Shows in the contents list which section is being read, and leads from there into the text.

const READING_LINE = 0.35; // of the window's height: a section is read once its heading is above

export function followSections(main, reader) {
  const entries = new Map();
  for (const link of reader.querySelectorAll('.outline a[href^="#muc-"]')) {
    const id = link.hash.slice(1);
    entries.set(id, [...(entries.get(id) ?? []), link]);
  }
  const targets = [...main.querySelectorAll('[id^="muc-"]')].filter((target) => entries.has(target.id));
  const passed = new Set();
  let current;

  const show = () => {
    const last = targets.findLast((target) => passed.has(target))?.id;
    if (last === current) return;
    for (const link of entries.get(current) ?? []) link.removeAttribute("aria-current");
    for (const link of entries.get(last) ?? []) {
      link.setAttribute("aria-current", "location");
      reveal(link);
    }
    current = last;
  };

  // The root reaches up without end, so that a heading changes sides whenever it crosses the line,
  // however far the page jumps.
  const margin = `1000000px 0px -${100 * (1 - READING_LINE)}% 0px`;
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) passed.add(target);
        else passed.delete(target);
      }
      show();
    },
    { root: document, rootMargin: margin },
  );
  for (const target of targets) observer.observe(target);
}

// Scrolls the list alone, never the page.
function reveal(link) {
  const list = link.closest("nav");
  if (!list) return;
  const above = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const below = above + link.offsetHeight - list.clientHeight;
  if (above < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}

// The list of a narrow window opens over the text: it closes when something is chosen, beside it, and by Esc.
export function closeWhenChosen(details) {
  const close = () => {
    details.open = false;
  };
  document.addEventListener("click", (event) => {
    const inside = details.contains(event.target);
    if (!inside || event.target.closest("a")) close();
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.preventDefault();
    close();
    details.querySelector("summary").focus();
  });
}
