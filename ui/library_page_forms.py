"""The forms of the library's page: search and filters, the drop zone, and the dialogs."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.edits import EDITABLE
from ingest.read import MAX_FILE_BYTES, MAX_SCAN_BYTES, SCANS
from ingest.types import Document
from ui.holdings_columns import COLUMNS
from ui.holdings_filter import FACETS, LIBRARY_URL, MAX_WORDS, Facet, Wanted, choices
from ui.library_messages import FACT_NAMES
from ui.markup import esc

# What can be taken in, in the words of an office; the test holds it to the readers that there are.
ACCEPTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Word", (".docx", ".doc", ".docm", ".rtf", ".odt")),
    ("PDF và ảnh quét", (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")),
    ("bảng tính", (".xlsx", ".xls", ".xlsm")),
    ("chữ thuần", (".txt", ".md")),
    ("trang web", (".html", ".htm")),
)
_LONG_FACTS = ("title", "short_title")
_HINTS = {"date": "Viết như 17/12/2024, 12/2024 hoặc 2024."}
_MEGABYTE = 1_000_000


def filter_form(documents: Sequence[Document], wanted: Wanted) -> str:
    """Give the search box with a choice for each facet that exists; it works without a script."""
    is_limited = replace(wanted, order="") != Wanted()
    facets = "".join(_facet(documents, wanted, facet) for facet in FACETS)
    return (
        f'<form id="filters" action="{LIBRARY_URL}" method="get" role="search" aria-label="Tìm trong kho">'
        '<div class="field words"><label for="tim">Tìm văn bản</label>'
        f'<input id="tim" name="tim" type="search" maxlength="{MAX_WORDS}" autocomplete="off" spellcheck="false"'
        f' placeholder="Tên, số, ngày, cơ quan… (không cần dấu)" value="{esc(wanted.words)}"></div>'
        f"{facets}{_order(wanted)}"
        '<div class="buttons"><button type="submit" class="find">Tìm</button>'
        f'<a class="all" href="{LIBRARY_URL}"{"" if is_limited else " hidden"}>Bỏ lọc</a></div></form>'
    )


def _facet(documents: Sequence[Document], wanted: Wanted, facet: Facet) -> str:
    chosen = getattr(wanted, facet.field)
    options = "".join(
        _option(value, f"{facet.name(value)} ({count})", value == chosen)
        for value, count in choices(documents, wanted, facet)
    )
    return (
        f'<div class="field"><label for="{facet.address}">{facet.label}</label>'
        f'<select id="{facet.address}" name="{facet.address}">'
        f'<option value="">{facet.everything}</option>{options}</select></div>'
    )


def _order(wanted: Wanted) -> str:
    """Give the choice of the order, which narrow windows show in place of the heads of columns."""
    chosen = wanted.order or COLUMNS[0].address
    options = "".join(
        _option(sign + column.address, f"{column.name}, {way}", sign + column.address == chosen)
        for column in COLUMNS
        for sign, way in (("", "tăng dần"), ("-", "giảm dần"))
    )
    return (
        f'<div class="field order"><label for="xep">Sắp xếp</label><select id="xep" name="xep">{options}</select></div>'
    )


def _option(value: str, name: str, chosen: bool) -> str:
    return f'<option value="{esc(value)}"{" selected" if chosen else ""}>{esc(name)}</option>'


def drop_zone() -> str:
    """Give the place where files are dropped or chosen, with what becomes of them below it."""
    suffixes = ",".join(suffix for _, group in ACCEPTED for suffix in group)
    kinds = "; ".join(f"{name} ({', '.join(group)})" for name, group in ACCEPTED)
    return (
        '<section class="adding" aria-labelledby="adding-name"><h2 id="adding-name">Thêm văn bản</h2>'
        f'<div id="drop" data-scans="{",".join(sorted(SCANS))}" data-limit="{MAX_FILE_BYTES}"'
        f' data-scan-limit="{MAX_SCAN_BYTES}">'
        "<p>Kéo thả tệp vào đây hoặc "
        f'<input id="files" class="unseen" type="file" multiple accept="{suffixes}" aria-describedby="kinds">'
        '<label class="button" for="files">chọn tệp</label></p>'
        f'<p id="kinds">{kinds}. Mỗi tệp nhiều nhất {MAX_FILE_BYTES // _MEGABYTE} MB, '
        f"PDF và ảnh {MAX_SCAN_BYTES // _MEGABYTE} MB.</p></div>"
        '<input id="other-file" type="file" hidden aria-label="Tệp thay thế" '
        f'accept="{suffixes}">'
        '<div id="progress" hidden><label for="bar" id="progress-name"></label><progress id="bar"></progress></div>'
        '<ul id="outcomes" aria-label="Kết quả của từng tệp"></ul>'
        '<button type="button" id="tidy" class="small" hidden>Dọn danh sách</button>'
        '<p id="indexing"></p><p id="heard" class="unseen" role="status"></p></section>'
    )


def toolbar(last_change: str) -> str:
    """Give what can be done with the library as a whole."""
    return (
        '<div class="tools">'
        f'<button type="button" id="undo" data-change="{esc(last_change)}"{"" if last_change else " hidden"}>'
        f'Hoàn tác: <span class="what">{esc(last_change)}</span></button>'
        '<button type="button" id="reindex">Lập lại chỉ mục</button></div>'
    )


def dialogs() -> str:
    """Give the dialogs in which facts are corrected and a document is taken out."""
    fields = "".join(_field(fact) for fact in EDITABLE)
    return (
        '<dialog id="editing" aria-labelledby="editing-name"><form method="dialog" novalidate>'
        '<h2 id="editing-name">Sửa thông tin</h2><p class="document-name"></p>'
        '<p class="hint">Thông tin sửa tay được giữ khi văn bản được đọc lại. Để trống một ô là lấy theo văn bản.</p>'
        f'{fields}<p class="error" role="alert"></p>'
        '<div class="buttons"><button type="submit" class="main">Lưu</button>'
        '<button type="button" data-close>Không sửa</button></div></form></dialog>'
        '<dialog id="removing" aria-labelledby="removing-name" aria-describedby="removing-what">'
        '<form method="dialog"><h2 id="removing-name">Gỡ văn bản khỏi kho?</h2>'
        '<div id="removing-what"><p class="document-name"></p>'
        "<p>Sau khi lập lại chỉ mục, câu hỏi sẽ không được trả lời bằng văn bản này nữa. "
        'Gỡ nhầm thì bấm “Hoàn tác”.</p></div><p class="error" role="alert"></p>'
        '<div class="buttons"><button type="submit" class="main">Gỡ khỏi kho</button>'
        '<button type="button" data-close>Giữ lại</button></div></form></dialog>'
    )


def _field(fact: str) -> str:
    name = FACT_NAMES[fact]
    label = name[:1].upper() + name[1:]
    described = f'aria-describedby="{fact}-hint {fact}-error"'
    typed = (
        f'<textarea id="{fact}" name="{fact}" rows="{3 if fact == "title" else 2}" {described}></textarea>'
        if fact in _LONG_FACTS
        else f'<input id="{fact}" name="{fact}" autocomplete="off" {described}>'
    )
    return (
        f'<div class="field" data-fact="{fact}"><label for="{fact}">{label}</label>{typed}'
        f'<p class="hint" id="{fact}-hint">{_HINTS.get(fact, "")} <span class="by-hand" hidden>Đã sửa tay.</span></p>'
        f'<button type="button" class="small restore" hidden aria-label="{label}: lấy lại theo văn bản">'
        f'lấy lại theo văn bản</button><p class="error" id="{fact}-error"></p></div>'
    )
