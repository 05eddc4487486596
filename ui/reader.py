"""A document becomes a page: facts, outline, and the whole text with one passage marked."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.reading import Readable, readable
from ingest.types import Document, Section
from ui.markup import Span, esc
from ui.names import document_url, vietnamese_date
from ui.origin import capitalized, provenance_html
from ui.outline import listed_name, outline_html
from ui.pages import page

BAD_SPAN = "Vị trí trong đường dẫn không khớp với văn bản này, nên không có đoạn nào được đánh dấu."
_OFFSET = re.compile(r"[0-9]{1,9}")
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


def requested_span(start: str | None, end: str | None, length: int) -> Span | None:
    """Give the span that an address asks for, None where it is no span of a text of that length."""
    if start is None or end is None or not (_OFFSET.fullmatch(start) and _OFFSET.fullmatch(end)):
        return None
    span = int(start), int(end)
    return span if span[0] < span[1] <= length else None


def document_page(document: Document, start: str | None = None, end: str | None = None) -> str:
    """Give the page of a document; `start` and `end` are what the address says, unchecked."""
    span = requested_span(start, end, len(document.text))
    asked = start is not None or end is not None
    note = f'<p class="notice trouble">{esc(BAD_SPAN)}</p>' if asked and span is None else ""
    entries = outline_html(document)
    facts = document.facts
    text_url = f"{document_url(document.doc_id)}/nguyen-van"
    return page(
        facts.short_title or facts.title,
        '<div class="reader"><header class="reader-head"><a href="/">← Hỏi đáp</a>'
        f"<h1>{esc(facts.title)}</h1>{_facts_html(document)}"
        f'<p><a href="{esc(text_url)}">Xem nguyên văn (chữ thuần)</a></p></header>'
        f'<nav class="outline wide" aria-label="Mục lục"><h2>Mục lục</h2>{entries}</nav>'
        f'<details class="outline narrow"><summary>Mục lục</summary>{entries}</details>'
        f'<main class="document">{note}{_text_html(document, span)}</main></div>',
    )


def _facts_html(document: Document) -> str:
    facts = document.facts
    role = f" ({facts.signer_role})" if facts.signer_role else ""
    rows = [
        ("Số", facts.number),
        ("Ngày", vietnamese_date(facts.date) if facts.date else None),
        ("Cơ quan ban hành", facts.issuer),
        ("Địa phương", facts.place),
        ("Người ký", f"{facts.signer}{role}" if facts.signer else None),
        ("Thực hiện", "\n".join(facts.implements)),
        ("Tệp", document.source),
        ("Số trang", str(len(document.page_starts) or "")),
    ]
    shown = [(name, esc(value)) for name, value in rows if value]
    shown.append(("Nguồn chữ", provenance_html(document)))
    if document.notes:
        shown.append(("Ghi chú", esc("\n".join(map(capitalized, document.notes)))))
    return f'<dl class="facts">{"".join(f"<div><dt>{name}</dt><dd>{html}</dd></div>" for name, html in shown)}</dl>'


def marked_pages(document: Document, span: Span) -> str:
    """Say on which pages a span stands, "" where the format has no pages."""
    if not document.page_starts:
        return ""
    first, last = (max(1, bisect_right(document.page_starts, at)) for at in (span[0], span[1] - 1))
    return f"Trang {first}" if first == last else f"Trang {first}–{last}"


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


def _text_html(document: Document, span: Span | None) -> str:
    view, mark = _with_passage(document.text, span)
    anchors = [
        (bisect_left(view.offsets, section.start), row)
        for row, section in enumerate(document.sections)
        if listed_name(section)
    ]
    positions = [position for position, _ in anchors]
    html: list[str] = []
    pages = marked_pages(document, span) if span else ""
    first_mark = True
    for block in _blocks(view, document.sections):
        rows = anchors[bisect_left(positions, block.start) : bisect_left(positions, block.end)]
        targets = "".join(f'<span class="target" id="muc-{row}"></span>' for _, row in rows)
        inner = _block_text(view.text, block, mark, first_mark)
        if first_mark and "<mark" in inner:
            first_mark = False
            html.append(f'<p class="marked-page">{esc(pages)}</p>' if pages else "")
        html.append(_element(block, view.text[block.start : block.end], targets + inner))
    return "".join(html)


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


def _element(block: _Block, shown: str, inner: str) -> str:
    if block.level:
        tag = f"h{min(block.level + 1, 4)}"
        return f"<{tag}>{inner}</{tag}>"
    kind = {"-": "dash", "–": "dash", "+": "plus"}.get(shown.lstrip()[:1], "plain")
    return f'<p class="{kind}">{inner}</p>'
