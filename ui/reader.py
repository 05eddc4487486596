"""A document becomes a page: facts, outline, and the whole text with one passage marked.

The page can be read without its script, which adds finding, the current section, and links to any words.
"""

from bisect import bisect_right

from ingest.types import Document
from ui.citation_text import document_text
from ui.document_text import text_html
from ui.document_version import Address, Former, Shown, no_former, shown_version
from ui.markup import Span, esc
from ui.names import document_url, passage_url, vietnamese_date
from ui.origin import capitalized, provenance_html
from ui.outline import outline_html
from ui.pages import page, site_head
from ui.record import CitationRecord

_FIND_HTML = (
    '<div class="find" role="search"><input type="search" id="find" aria-label="Tìm trong văn bản" '
    'aria-keyshortcuts="/" placeholder="Tìm trong văn bản" autocomplete="off" spellcheck="false" maxlength="200">'
    '<span class="found" role="status"></span>'
    '<button type="button" class="previous" aria-label="Chỗ khớp trước" title="Chỗ khớp trước (Shift+Enter)" disabled>'
    '↑</button><button type="button" class="next" aria-label="Chỗ khớp sau" title="Chỗ khớp sau (Enter)" disabled>'
    "↓</button></div>"
)
_SELECTED_HTML = (
    '<div class="selected" role="toolbar" aria-label="Đoạn đang chọn" hidden>'
    '<button type="button" class="copy-link">Sao chép liên kết đến đoạn chọn</button>'
    '<button type="button" class="copy-quote">Chép kèm nguồn</button></div>'
    '<p class="said" role="status"></p>'
)


def document_page(document: Document, address: Address | None = None, former: Former = no_former) -> str:
    """Give the page of a document; `former` finds the text of an address that was made before the text changed."""
    address = address or Address()
    shown = shown_version(document, address, former)
    facts = shown.document.facts
    entries = outline_html(shown.document)
    return page(
        facts.short_title or facts.title,
        f"{'' if address.embedded else site_head()}"
        f'<div class="reader{" embedded" if address.embedded else ""}"><header class="reader-head">'
        f"<h1>{esc(facts.title)}</h1>{_facts_html(shown.document)}"
        f'<p class="plain-text"><a href="{esc(_stored_text_url(shown))}" target="_blank" rel="noopener">'
        "Xem nguyên văn (chữ thuần)</a></p></header>"
        f'<div class="bar">{_narrow_outline(entries)}{_FIND_HTML}</div>'
        f'{_wide_outline(entries)}<main class="document"{_main_data(shown)}>'
        f"{_text_with_remark(shown, address)}</main>"
        f"{_SELECTED_HTML}</div>"
        '<script type="module" src="/tai-nguyen/reader.js"></script>',
    )


def marked_pages(document: Document, span: Span) -> str:
    """Say on which pages a span stands, "" where the format has no pages."""
    if not document.page_starts:
        return ""
    first, last = (max(1, bisect_right(document.page_starts, at)) for at in (span[0], span[1] - 1))
    return f"Trang {first}" if first == last else f"Trang {first}–{last}"


def _narrow_outline(entries: str) -> str:
    return f'<details class="outline narrow"><summary>Mục lục</summary>{entries}</details>' if "<li" in entries else ""


def _wide_outline(entries: str) -> str:
    if "<li" not in entries:
        return ""
    return f'<nav class="outline wide" aria-label="Mục lục"><h2>Mục lục</h2>{entries}</nav>'


def _main_data(shown: Shown) -> str:
    """Give what the script needs to link to words and to say where they come from."""
    document = shown.document
    pages = " ".join(map(str, document.page_starts))
    return f' data-text="{shown.digest}" data-source="{esc(_source_text(document))}" data-pages="{pages}"'


def _source_text(document: Document) -> str:
    """Give the document as citations name it."""
    facts = document.facts
    whole = CitationRecord(
        label="",
        doc_id=document.doc_id,
        source=document.source,
        text_sha256="",
        title=facts.title,
        number=facts.number,
        issuer=facts.issuer,
        place=facts.place,
        date=facts.date,
        locator="",
        heading_path=(),
        kind="other",
        unit=None,
        page=None,
        start=0,
        end=len(document.text),
        text="",
        quotes=(),
        score=0.0,
    )
    return document_text(whole)


def _stored_text_url(shown: Shown) -> str:
    url = f"{document_url(shown.document.doc_id)}/nguyen-van"
    return f"{url}?ban={shown.digest}" if shown.is_former else url


def _text_with_remark(shown: Shown, address: Address) -> str:
    """Give the text; a remark stands where the address leads: above the mark, or on top in its place."""
    if shown.span is not None:
        return text_html(shown.document, shown.span, shown.remark_html + _mark_head(shown, shown.span, address))
    remark = f'<div id="doan">{shown.remark_html}</div>' if shown.remark_html else ""
    return remark + text_html(shown.document, None, "")


def _mark_head(shown: Shown, span: Span, address: Address) -> str:
    """Give the line above the marked passage; beside an answer its link is copied in the head of the panel."""
    pages = marked_pages(shown.document, span)
    said = f'<span class="marked-page">{esc(pages)}</span>' if pages else ""
    link = passage_url(shown.document.doc_id, *span, shown.digest)
    copy = (
        ""
        if address.embedded
        else f'<button type="button" class="copy-link" data-link="{esc(link)}">Sao chép liên kết đến đoạn này</button>'
    )
    return f'<div class="mark-head"><span>Đoạn được trích</span>{said}{copy}</div>'


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
