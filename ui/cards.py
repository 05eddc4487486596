"""An answer becomes HTML: the answering line, then citation cards with the quotes marked."""

from collections.abc import Iterable

from index.types import group_of
from ingest.reading import one_line, readable
from ui.markup import esc, marked
from ui.names import REFUSAL_HINTS, passage_url, vietnamese_date
from ui.record import AnswerRecord, CitationRecord


def answer_html(record: AnswerRecord) -> str:
    """Give the HTML of an answer or of a refusal with its nearest passages."""
    parts = [_understood(record)]
    if record.refusal is not None:
        parts.append(
            f'<div class="notice refusal"><p class="reason">{esc(record.answer)}</p>'
            f'<p class="hint">{esc(REFUSAL_HINTS[record.refusal])}</p></div>'
        )
    elif record.answer:
        parts.append(f'<p class="answer-line">{esc(record.answer)}</p>')
    parts.append(_cards(record.citations))
    if record.nearest:
        parts.append(
            '<section class="nearest"><h3>Có thể liên quan (không phải câu trả lời)</h3>'
            f"{_cards(record.nearest)}</section>"
        )
    return "".join(parts)


def grouped(citations: Iterable[CitationRecord]) -> list[list[CitationRecord]]:
    """Put citations with the same leading number ("2a", "2b") together, in order of appearance."""
    groups: dict[str, list[CitationRecord]] = {}
    for citation in citations:
        groups.setdefault(group_of(citation.label), []).append(citation)
    return list(groups.values())


def _understood(record: AnswerRecord) -> str:
    if not record.is_repaired:
        return ""
    return (
        f'<p class="understood">Hiểu câu hỏi là: <em>{esc(record.understood_as)}</em> '
        '<button type="button" class="as-typed">Tìm đúng như đã gõ</button></p>'
    )


def _cards(citations: Iterable[CitationRecord]) -> str:
    return "".join(_card(group) for group in grouped(citations))


def _card(group: list[CitationRecord]) -> str:
    """Give one card: the passage once, then a line for each document that says it."""
    first = group[0]
    sources = "".join(_source(citation) for citation in group)
    shared = f'<p class="shared">{esc(_shared(group))}</p>' if len(group) > 1 else ""
    return (
        '<article class="card">'
        f'<div class="passage">{marked(readable(first.text), first.quote_spans)}</div>'
        f'{shared}<ul class="sources">{sources}</ul></article>'
    )


def _shared(group: list[CitationRecord]) -> str:
    """Say how alike the passages of a group are; the card shows the words of the first."""
    if len({one_line(citation.text) for citation in group}) == 1:
        return f"{len(group)} văn bản cùng nêu nguyên văn đoạn này."
    return f"{len(group)} văn bản nêu gần giống nhau; đoạn trên chép từ {group[0].label}."


def _source(citation: CitationRecord) -> str:
    details = [
        f"Số {citation.number}" if citation.number else "",
        vietnamese_date(citation.date) if citation.date else "",
        citation.issuer or "",
    ]
    page = f'<span class="page">trang {citation.page}</span>' if citation.page else ""
    unit = f'<span class="unit">Đơn vị: {esc(citation.unit)}</span>' if citation.unit else ""
    url = passage_url(citation.doc_id, citation.start, citation.end, citation.text_sha256)
    return (
        f'<li class="source"><span class="label">{esc(citation.label)}</span>'
        f'<div><span class="title">{esc(citation.title)}</span>'
        f'<span class="details">{esc(" · ".join(filter(None, details)))}</span>'
        f'<span class="where"><span class="locator">{esc(citation.locator)}</span>{page}{unit}'
        '<span class="actions"><button type="button" class="copy-citation">Chép trích dẫn</button>'
        f'<a class="read" href="{esc(url)}" target="_blank" rel="noopener">Đọc trong văn bản</a></span>'
        "</span></div></li>"
    )
