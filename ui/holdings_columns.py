"""The columns of the table of documents: what a cell shows, and what the rows are sorted by."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest.types import Document
from ui.holdings_order import order_key
from ui.markup import esc
from ui.names import document_url, vietnamese_date
from ui.origin import capitalized, provenance_html, provenance_name, warning_text

HoldingState = Literal["indexed", "new", "changed"]
STATE_NAMES: dict[HoldingState, str] = {
    "indexed": "",
    "new": "Đang chờ lập chỉ mục",
    "changed": "Thay đổi đang chờ lập chỉ mục",
}
_WHOLE_PIECE = 13  # characters of a number's part that fit in its column and are never broken
_PIECES = re.compile(r"[^/\s]*[/\s]?")


@dataclass(frozen=True, slots=True)
class Holding:
    """A document of the library; `passages` are those that the open index searches, None where it has none of it."""

    document: Document
    passages: int | None
    state: HoldingState


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `address` is its name in addresses, `order` gives None for what comes last either way."""

    css: str
    address: str
    name: str
    content: Callable[[Holding], str]
    order: Callable[[Holding], Any]


def holdings_of(
    library: Iterable[Document], indexed: Mapping[str, Document], counts: Mapping[str, int]
) -> list[Holding]:
    """Give the documents of the library with what the open index has of them."""
    return [_holding(document, indexed.get(document.doc_id), counts) for document in library]


def in_order(holdings: Sequence[Holding], wanted: str) -> list[Holding]:
    """Give the holdings sorted as an address asks for: by a column's address name, "-" before it for descending."""
    column, descending = column_of(wanted)
    titled = sorted(holdings, key=lambda holding: order_key(document_title(holding.document)))
    known = [(key, holding) for holding in titled if (key := column.order(holding)) is not None]
    found = [holding for _, holding in sorted(known, key=lambda pair: pair[0], reverse=descending)]
    return [*found, *(holding for holding in titled if column.order(holding) is None)]


def column_of(wanted: str) -> tuple[Column, bool]:
    """Give the column that an address sorts by, and whether downwards; the first one where it names none."""
    address = wanted.removeprefix("-")
    column = next((column for column in COLUMNS if column.address == address), None)
    return (COLUMNS[0], False) if column is None else (column, wanted.startswith("-"))


def document_title(document: Document) -> str:
    """Give what a document is called in full, the name of its file where it has no title."""
    return document.facts.title.strip() or document.source


def document_name(document: Document) -> str:
    """Give what a document is called in a sentence: its short title, and its number where that does not say it."""
    name = document.facts.short_title.strip() or document_title(document)
    number = document.facts.number
    return f"{name} ({number})" if number and number not in name else name


def number_html(number: str) -> str:
    """Give a number that is broken only after a stroke or a space, unless a part alone is too long for any column."""
    pieces = [piece for piece in _PIECES.findall(number) if piece]
    return "<wbr>".join(
        f'<span class="whole">{esc(piece)}</span>' if len(piece) <= _WHOLE_PIECE else esc(piece) for piece in pieces
    )


def count_text(count: int) -> str:
    """Give a count as it is written in Vietnam: 1.234."""
    return f"{count:,}".replace(",", ".")


def _holding(document: Document, indexed: Document | None, counts: Mapping[str, int]) -> Holding:
    if indexed is None:
        return Holding(document, None, "new")
    same = (document.text, document.facts) == (indexed.text, indexed.facts)
    return Holding(document, counts.get(document.doc_id, 0), "indexed" if same else "changed")


def _title(holding: Holding) -> str:
    document = holding.document
    name, url = esc(document_title(document)), esc(document_url(document.doc_id))
    linked = f"<span>{name}</span>" if holding.state == "new" else f'<a href="{url}">{name}</a>'
    return f'{linked}<span class="file">{esc(document.source)}</span>'


def _remarks(holding: Holding) -> str:
    document, state = holding.document, STATE_NAMES[holding.state]
    waiting = f'<li class="state">{state}</li>' if state else ""
    warnings = "".join(f'<li class="warning">{esc(warning_text(warning))}</li>' for warning in document.warnings)
    notes = "".join(f"<li>{esc(capitalized(note))}</li>" for note in document.notes)
    return f"<ul>{waiting}{warnings}{notes}</ul>" if waiting or warnings or notes else ""


def _words(text: str | None) -> Any:
    return order_key(text) if text else None


COLUMNS: tuple[Column, ...] = (
    Column("title", "ten", "Văn bản", _title, lambda held: order_key(document_title(held.document))),
    Column(
        "number",
        "so",
        "Số",
        lambda held: number_html(held.document.facts.number or ""),
        lambda held: _words(held.document.facts.number),
    ),
    Column(
        "date",
        "ngay",
        "Ngày",
        lambda held: esc(vietnamese_date(held.document.facts.date or "")),
        lambda held: held.document.facts.date,
    ),
    Column(
        "issuer",
        "co-quan",
        "Cơ quan ban hành",
        lambda held: esc(held.document.facts.issuer or ""),
        lambda held: _words(held.document.facts.issuer),
    ),
    Column(
        "place",
        "noi",
        "Địa phương",
        lambda held: esc(held.document.facts.place or ""),
        lambda held: _words(held.document.facts.place),
    ),
    Column(
        "pages",
        "trang",
        "Trang",
        lambda held: str(len(held.document.page_starts) or ""),
        lambda held: len(held.document.page_starts) or None,
    ),
    Column(
        "origin",
        "nguon",
        "Nguồn chữ",
        lambda held: provenance_html(held.document),
        lambda held: _words(provenance_name(held.document)),
    ),
    Column(
        "sections",
        "muc",
        "Mục",
        lambda held: count_text(len(held.document.sections)),
        lambda held: len(held.document.sections),
    ),
    Column(
        "passages",
        "doan",
        "Đoạn",
        lambda held: "" if held.passages is None else count_text(held.passages),
        lambda held: held.passages,
    ),
    Column(
        "remarks",
        "luu-y",
        "Lưu ý",
        _remarks,
        lambda held: len(held.document.warnings) + len(held.document.notes) + bool(STATE_NAMES[held.state]),
    ),
)
