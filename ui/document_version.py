"""Which text an address of a document means, and what became of the passage that it names.

A link carries the beginning of its text's SHA-256. When the document has another text by now, the
offsets of the link say nothing about it: the former text is shown where the library still has it,
and otherwise nothing is marked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.report import text_sha256
from ingest.reading import readable
from ingest.types import Document
from ui.markup import Span, esc
from ui.names import document_url, passage_url

BAD_SPAN = "Vị trí trong đường dẫn không khớp với văn bản này, nên không có đoạn nào được đánh dấu."
FORMER = "Đây là bản cũ của văn bản, đúng như khi đường dẫn được tạo. Kho hiện đã có bản mới."
STILL_THERE = "Đoạn được đánh dấu vẫn còn nguyên văn trong bản hiện hành."
NOT_THERE = "Đoạn được đánh dấu không còn nguyên văn trong bản hiện hành."
LOST = (
    "Văn bản đã được thay từ khi đường dẫn này được tạo, và kho không còn bản cũ. Dưới đây là bản hiện hành; "
    "không có đoạn nào được đánh dấu, vì chữ ở vị trí cũ có thể đã khác."
)
_OFFSET = re.compile(r"[0-9]{1,9}")
_DIGEST = re.compile(r"[0-9a-f]{12}")

# The former version of a document, by its id and the first twelve hexadecimal digits of its text's
# SHA-256; None where there is none that may be shown.
Former = Callable[[str, str], Document | None]


def no_former(_doc_id: str, _digest: str) -> Document | None:
    """Give no former version: for a library that keeps none."""
    return None


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for, unchecked: a span [start, end) and the text that it belongs to."""

    start: str | None = None
    end: str | None = None
    digest: str | None = None
    embedded: bool = False  # beside an answer, rather than as a page of its own


@dataclass(frozen=True, slots=True)
class Shown:
    """The document in the version that is shown, the span to mark in it, and a remark as HTML."""

    document: Document
    digest: str  # of its text
    span: Span | None = None
    remark_html: str = ""
    is_former: bool = False


def text_digest(document: Document) -> str:
    """Give what a link carries of a text: the first twelve hexadecimal digits of its SHA-256."""
    return text_sha256(document.text)[:12]


def requested_span(start: str | None, end: str | None, length: int) -> Span | None:
    """Give the span that an address asks for, None where it is no span of a text of that length."""
    if start is None or end is None or not (_OFFSET.fullmatch(start) and _OFFSET.fullmatch(end)):
        return None
    span = int(start), int(end)
    return span if span[0] < span[1] <= length else None


def shown_version(present: Document, address: Address, former: Former = no_former) -> Shown:
    """Give the version of a document that an address means, as far as there is one."""
    digest = text_digest(present)
    if address.digest in (None, "", digest):
        return _with_span(Shown(present, digest), address)
    wanted = address.digest if address.digest and _DIGEST.fullmatch(address.digest) else ""
    old = former(present.doc_id, wanted) if wanted else None
    if old is None or text_digest(old) != wanted:
        return Shown(present, digest, remark_html=_remark(LOST))
    shown = _with_span(Shown(old, wanted, is_former=True), address)
    moved = moved_span(old, shown.span, present) if shown.span else None
    said = "" if shown.span is None else f" {STILL_THERE if moved else NOT_THERE}"
    url = _url(present, digest, moved, address.embedded)
    link = f'<a href="{esc(url)}">{"Xem đoạn này trong bản hiện hành" if moved else "Xem bản hiện hành"}</a>'
    remark = f'<div class="notice former"><p>{esc(FORMER + said)}</p><p>{link}</p></div>'
    return Shown(old, wanted, shown.span, remark + shown.remark_html, is_former=True)


def moved_span(old: Document, span: Span, present: Document) -> Span | None:
    """Give where the words of a span stand in another text, None where they do not; line breaks do not count.

    Of several places it is the one nearest to where the words stood.
    """
    words = _on_one_line(readable(old.text[span[0] : span[1]]).text)
    view = readable(present.text)
    text = _on_one_line(view.text)
    places: list[Span] = []
    at = text.find(words) if words else -1
    while at >= 0:
        places.append(view.stored_span(at, at + len(words)))
        at = text.find(words, at + len(words))
    return min(places, key=lambda place: abs(place[0] - span[0]), default=None)


def _with_span(shown: Shown, address: Address) -> Shown:
    span = requested_span(address.start, address.end, len(shown.document.text))
    asked = address.start is not None or address.end is not None
    remark = _remark(BAD_SPAN) if asked and span is None else ""
    return Shown(shown.document, shown.digest, span, remark, shown.is_former)


def _remark(text: str) -> str:
    return f'<p class="notice trouble">{esc(text)}</p>'


def _url(document: Document, digest: str, span: Span | None, embedded: bool) -> str:
    if span is None:
        return document_url(document.doc_id) + ("?khung=1" if embedded else "")
    url = passage_url(document.doc_id, *span, digest)
    return url.replace("?", "?khung=1&", 1) if embedded else url


def _on_one_line(shown: str) -> str:
    """Give a reading view with a space for every break; letters keep their places."""
    return shown.replace("\n", " ").replace("\t", " ")
