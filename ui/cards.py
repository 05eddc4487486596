"""An answer becomes HTML: the answering line, then citation cards with the quotes marked."""

import re
from collections.abc import Iterable

from index.types import Answer, Citation
from ingest.reading import one_line, readable
from ui.markup import esc, marked
from ui.names import REFUSAL_HINTS, passage_url, vietnamese_date

_LEADING_NUMBER = re.compile(r"\d+")


def answer_html(answer: Answer) -> str:
    """Give the HTML of an answer or of a refusal with its nearest passages."""
    parts = [_understood(answer)]
    if answer.refusal is not None:
        parts.append(
            f'<div class="notice refusal"><p class="reason">{esc(answer.text)}</p>'
            f'<p class="hint">{esc(REFUSAL_HINTS[answer.refusal])}</p></div>'
        )
    elif answer.text:
        parts.append(f'<p class="answer-line">{esc(answer.text)}</p>')
    parts.append(_cards(answer.citations))
    if answer.nearest:
        parts.append(
            '<section class="nearest"><h3>Có thể liên quan (không phải câu trả lời)</h3>'
            f"{_cards(answer.nearest)}</section>"
        )
    return "".join(parts)


def grouped(citations: Iterable[Citation]) -> list[list[Citation]]:
    """Put citations with the same leading number ("2a", "2b") together, in order of appearance."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        number = _LEADING_NUMBER.match(citation.label)
        groups.setdefault(number.group() if number else citation.label, []).append(citation)
    return list(groups.values())


def _understood(answer: Answer) -> str:
    if answer.understood_as.strip() in ("", answer.question.strip()):
        return ""
    return f'<p class="understood">Hiểu câu hỏi là: <em>{esc(answer.understood_as)}</em></p>'


def _cards(citations: Iterable[Citation]) -> str:
    return "".join(_card(group) for group in grouped(citations))


def _card(group: list[Citation]) -> str:
    """Give one card: the passage once, then a line for each document that says it."""
    first = group[0]
    quotes = [(quote.start, quote.end) for quote in first.quotes]
    sources = "".join(_source(citation) for citation in group)
    shared = f'<p class="shared">{esc(_shared(group))}</p>' if len(group) > 1 else ""
    return (
        '<article class="card">'
        f'<div class="passage">{marked(readable(first.passage.text), quotes)}</div>'
        f'{shared}<ul class="sources">{sources}</ul></article>'
    )


def _shared(group: list[Citation]) -> str:
    """Say how alike the passages of a group are; the card shows the words of the first."""
    if len({one_line(citation.passage.text) for citation in group}) == 1:
        return f"{len(group)} văn bản cùng nêu nguyên văn đoạn này."
    return f"{len(group)} văn bản nêu gần giống nhau; đoạn trên chép từ {group[0].label}."


def _source(citation: Citation) -> str:
    facts, passage = citation.document.facts, citation.passage
    details = [
        f"Số {facts.number}" if facts.number else "",
        vietnamese_date(facts.date) if facts.date else "",
        facts.issuer or "",
    ]
    unit = f'<span class="unit">Đơn vị: {esc(passage.unit)}</span>' if passage.unit else ""
    url = passage_url(citation.document.doc_id, passage.start, passage.end)
    return (
        f'<li class="source"><span class="label">{esc(citation.label)}</span>'
        f'<div><span class="title">{esc(facts.title)}</span>'
        f'<span class="details">{esc(" · ".join(filter(None, details)))}</span>'
        f'<span class="where"><span class="locator">{esc(passage.locator)}</span>{unit}'
        f'<a class="read" href="{esc(url)}" target="_blank" rel="noopener">Đọc trong văn bản</a>'
        "</span></div></li>"
    )
