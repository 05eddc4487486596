"""The text of a document as HTML: headings, paragraphs, one passage marked, and where each letter is stored.

Every block says in `data-at` where its letters stand in the stored text ("0:1520 45:1572": the letter
at 0 is stored at 1520, the one at 45 at 1572, those between follow on), and in `data-locator` how the
section that it begins in is cited. So a script can make a link of any selected words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.reading import Readable, readable
from ingest.types import Document, Section
from ui.markup import Span, esc
from ui.outline import listed_name

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading (level from 1) or a paragraph (level 0): the shown span [start, end).

    A paragraph that begins with its heading ("5. Văn phòng: xây dựng …") is bold up to `bold`.
    """

    start: int
    end: int
    level: int = 0
    bold: int = 0


def text_html(document: Document, span: Span | None, mark_head_html: str) -> str:
    """Give the HTML of the text with the stored span marked; `mark_head_html` stands above the mark."""
    view, mark = _with_passage(document.text, span)
    anchors = [
        (bisect_left(view.offsets, section.start), row)
        for row, section in enumerate(document.sections)
        if listed_name(section)
    ]
    positions = [position for position, _ in anchors]
    html: list[str] = []
    first_mark = True
    for block in _blocks(view, document.sections):
        rows = [row for _, row in anchors[bisect_left(positions, block.start) : bisect_left(positions, block.end)]]
        inner = _block_text(view.text, block, mark, first_mark)
        if first_mark and "<mark" in inner:
            first_mark = False
            html.append(mark_head_html)
        html.append(_element(document, view, block, rows, inner))
    return "".join(html)


def locator_at(sections: tuple[Section, ...], offset: int) -> str:
    """Say how the deepest section around a stored offset is cited, "" where no section is."""
    row: int | None = bisect_right(sections, offset, key=lambda section: section.start) - 1
    while row is not None and row >= 0:
        if offset < sections[row].end:
            return sections[row].locator
        row = sections[row].parent
    return ""


def _with_passage(text: str, span: Span | None) -> tuple[Readable, Span]:
    """Give the reading view of a whole text, and where the passage stands in it.

    The passage reads exactly as it does on a card, where it is shown without what surrounds it.
    """
    whole = readable(text)
    if span is None:
        return whole, (0, 0)
    passage = readable(text[span[0] : span[1]])
    start, end = whole.shown_span(*span)
    around = whole.text[start:end]
    start += len(around) - len(around.lstrip())
    end = max(start, end - len(around) + len(around.rstrip()))
    view = Readable(
        whole.text[:start] + passage.text + whole.text[end:],
        (*whole.offsets[:start], *(o + span[0] for o in passage.offsets), *whole.offsets[end:]),
    )
    return view, (start, start + len(passage.text))


def _blocks(view: Readable, sections: tuple[Section, ...]) -> Iterator[_Block]:
    """Cut the shown text into headings and paragraphs, in order; they leave out only white space."""
    done = 0
    run_in: dict[int, int] = {}  # where a heading starts within a line, and where it ends
    for section in sections:
        start, end = view.shown_span(section.start, section.body_start)
        end = start + len(view.text[start:end].rstrip())
        if not section.title or not done <= start < end:
            continue
        if view.text[end : end + 1] in ("", "\n"):
            yield from _paragraphs(view, done, start, run_in)
            yield _Block(start, end, section.level)
            done = end
        else:
            run_in[start] = end
    yield from _paragraphs(view, done, len(view.text), run_in)


def _paragraphs(view: Readable, start: int, end: int, run_in: dict[int, int]) -> Iterator[_Block]:
    for line in _LINE.finditer(view.text, start, end):
        yield _Block(line.start(), line.end(), bold=run_in.get(line.start(), 0))


def _block_text(text: str, block: _Block, mark: Span, first: bool) -> str:
    """Give the escaped text of a block, with what the passage has of it marked."""
    start = min(max(block.start, mark[0]), block.end)
    end = max(min(block.end, mark[1]), start)
    if start == end:
        return _with_bold(text, block.start, block.end, block.bold)
    target = ' id="doan"' if first else ""
    return (
        f"{_with_bold(text, block.start, start, block.bold)}"
        f"<mark{target}>{_with_bold(text, start, end, block.bold)}</mark>"
        f"{_with_bold(text, end, block.end, block.bold)}"
    )


def _with_bold(text: str, start: int, end: int, bold: int) -> str:
    """Give the escaped text[start:end], in bold as far as `bold`."""
    middle = min(max(start, bold), end)
    strong = f"<b>{esc(text[start:middle])}</b>" if start < middle else ""
    return strong + esc(text[middle:end])


def _element(document: Document, view: Readable, block: _Block, rows: list[int], inner: str) -> str:
    """Give the element of a block; the first section that begins in it is the element itself.

    An entry of the contents list then leads the keyboard and a screen reader to the heading.
    """
    if block.level:
        tag, kind = f"h{min(block.level + 1, 4)}", ""
    else:
        first = view.text[block.start : block.end].lstrip()[:1]
        name = {"-": "dash", "–": "dash", "+": "plus"}.get(first, "plain")
        tag, kind = "p", f' class="{name}"'
    target = f' id="muc-{rows[0]}" tabindex="-1"' if rows else ""
    others = "".join(f'<span id="muc-{row}"></span>' for row in rows[1:])
    locator = locator_at(document.sections, view.offsets[block.start])
    said = f' data-locator="{esc(locator)}"' if locator else ""
    return f'<{tag}{kind}{target} data-at="{_runs(view, block)}"{said}>{others}{inner}</{tag}>'


def _runs(view: Readable, block: _Block) -> str:
    """Give where the letters of a block are stored, an entry wherever they do not follow on."""
    offsets = view.offsets[block.start : block.end]
    breaks = [0, *(i for i in range(1, len(offsets)) if offsets[i] != offsets[i - 1] + 1)]
    return " ".join(f"{i}:{offsets[i]}" for i in breaks)
