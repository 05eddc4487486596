"""What the open index holds becomes a table: a row for each document, with a filter."""

import logging
from collections.abc import Callable, Iterable

from ingest.folding import fold
from ingest.types import Document
from ui.engine import Engine, EngineUnavailableError
from ui.markup import esc
from ui.names import LIBRARY_TROUBLE, document_url, vietnamese_date
from ui.origin import capitalized, provenance_html, provenance_name, warning_text

MAX_ROWS = 200  # documents shown at once; the filter finds the others
WAITING_HTML = '<div class="holdings"><p class="busy" role="status">Đang mở kho văn bản…</p></div>'
_EMPTY = (
    '<div class="holdings"><p class="count">Kho chưa có văn bản nào để tìm.</p><p>Thêm văn bản:</p><ol>'
    "<li>Chép tệp (Word, PDF, ảnh quét, bảng tính, chữ thuần) vào thư mục <code>corpus</code> của chương trình.</li>"
    "<li>Chạy <code>python -m ingest corpus</code>, rồi <code>python -m index build</code>.</li>"
    "<li>Khởi động lại trang này.</li></ol></div>"
)

log = logging.getLogger(__name__)


def holdings_html(engine: Engine, wanted: str) -> str:
    """Give the table of what the engine searches, or say why there is none; `wanted` is the filter."""
    try:
        documents, passages = engine.documents(), engine.passage_counts()
    except EngineUnavailableError as unavailable:
        return _trouble(str(unavailable))
    except Exception:  # whatever it is, the person gets a sentence and not a stack trace
        log.exception("the library could not be shown")
        return _trouble(LIBRARY_TROUBLE)
    if not documents:
        return _EMPTY
    found = matching(documents, wanted)
    return f'<div class="holdings">{_count(documents, found, passages)}{_table(found[:MAX_ROWS], passages)}</div>'


def matching(documents: Iterable[Document], wanted: str) -> list[Document]:
    """Give the documents that have every word of the filter somewhere, with or without diacritics."""
    words = fold(wanted).split()
    return [document for document in documents if _has_all(words, _searched(document))]


def _has_all(words: Iterable[str], text: str) -> bool:
    return all(word in text for word in words)


def _searched(document: Document) -> str:
    """Give what the filter looks at: what the row shows, and the short name."""
    facts, date = document.facts, document.facts.date or ""
    shown = vietnamese_date(date) if date else ""
    short = "/".join(part.removeprefix("0") for part in shown.split("/"))  # "5/3/2025"
    words = (facts.title, facts.short_title, document.source, facts.number, shown, short, date, facts.issuer)
    remarks = (*map(warning_text, document.warnings), *document.notes)
    return fold("\n".join(filter(None, (*words, facts.place, provenance_name(document), *remarks))))


def _trouble(text: str) -> str:
    return f'<div class="holdings"><div class="notice trouble" role="status"><p>{esc(text)}</p></div></div>'


def _count(documents: list[Document], found: list[Document], passages: dict[str, int]) -> str:
    total = sum(passages.get(document.doc_id, 0) for document in found)
    if len(found) == len(documents):
        text = f"{_number(len(documents))} văn bản, {_number(total)} đoạn được tìm."
    elif found:
        text = f"{_number(len(found))} trong {_number(len(documents))} văn bản khớp, {_number(total)} đoạn."
    else:
        text = f"Không có văn bản nào khớp trong {_number(len(documents))} văn bản. Thử ít chữ hơn."
    if len(found) > MAX_ROWS:
        text += f" Bảng chỉ hiện {MAX_ROWS} văn bản đầu; gõ vào ô lọc để thấy các văn bản khác."
    return f'<p class="count" role="status">{text}</p>'


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _table(documents: list[Document], passages: dict[str, int]) -> str:
    if not documents:
        return ""
    head = "".join(f'<th class="{css}" scope="col">{name}</th>' for css, name, _ in _COLUMNS)
    rows = "".join(f"<tr>{_cells(document, passages)}</tr>" for document in documents)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(document: Document, passages: dict[str, int]) -> str:
    """Give the cells of a row; each brings its column's name, which narrow windows show."""
    cells = []
    for css, name, content in _COLUMNS:
        html = content(document, passages)
        named = f'<span class="name">{name}</span>' if css != "title" else ""
        cells.append(f'<td class="{css}">{named}<div>{html}</div></td>' if html else f'<td class="{css} none"></td>')
    return "".join(cells)


def _title(document: Document, _: dict[str, int]) -> str:
    name = document.facts.title.strip() or document.source
    url = document_url(document.doc_id)
    return (
        f'<a href="{esc(url)}" target="_blank" rel="noopener">{esc(name)}</a>'
        f'<span class="file">{esc(document.source)}</span>'
    )


def _remarks(document: Document, _: dict[str, int]) -> str:
    warnings = "".join(f'<li class="warning">{esc(warning_text(warning))}</li>' for warning in document.warnings)
    notes = "".join(f"<li>{esc(capitalized(note))}</li>" for note in document.notes)
    return f"<ul>{warnings}{notes}</ul>" if warnings or notes else ""


# Class, heading and content of each column.
_COLUMNS: tuple[tuple[str, str, Callable[[Document, dict[str, int]], str]], ...] = (
    ("title", "Văn bản", _title),
    ("number", "Số", lambda document, _: esc(document.facts.number or "")),
    ("date", "Ngày", lambda document, _: esc(vietnamese_date(document.facts.date or ""))),
    ("issuer", "Cơ quan ban hành", lambda document, _: esc(document.facts.issuer or "")),
    ("place", "Địa phương", lambda document, _: esc(document.facts.place or "")),
    ("pages", "Trang", lambda document, _: str(len(document.page_starts) or "")),
    ("origin", "Nguồn chữ", lambda document, _: provenance_html(document)),
    ("sections", "Mục", lambda document, _: _number(len(document.sections))),
    ("passages", "Đoạn", lambda document, passages: _number(passages.get(document.doc_id, 0))),
    ("remarks", "Lưu ý", _remarks),
)
