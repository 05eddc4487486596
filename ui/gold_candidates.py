"""Feedback becomes candidates for the gold questions, in the form of eval/gold.jsonl.

What was judged right and can be found again is ready for `python -m eval --gold FILE`; all the rest
waits for a person, with what that person needs to know.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.types import group_of
from ingest.types import Document
from ui.feedback import Feedback
from ui.record import CitationRecord

MAX_ADDED = 400  # characters around a quote that may be added so that it stands once in its document
_WORD_BEFORE = re.compile(r"\S+\s*$")
_WORD_AFTER = re.compile(r"\s*\S+")
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")  # besides those that JSON writes as escapes itself

_WRONG = "người dùng báo câu trả lời chưa đúng: điền gold, hoặc refusal"
_REFUSED = "người dùng thấy từ chối là đúng: điền refusal, near hoặc far"
_LOST = "đoạn trích không còn, hoặc có nhiều lần trong văn bản của kho: tìm lại gold"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines of JSON: `ready` can be evaluated as they are, `waiting` need a person first."""

    ready: tuple[str, ...]
    waiting: tuple[str, ...]


def gold_candidates(feedback: Iterable[Feedback], documents: Iterable[Document]) -> Candidates:
    """Give a candidate for each judgement; `documents` are those that the evaluation will look in."""
    by_source = {document.source: document for document in documents}
    ready: dict[str, str] = {}  # by question and gold, so that what several people say counts once
    waiting = []
    for given in feedback:
        quotes = _gold_quotes(given, by_source) if given.verdict == "right" else []
        if quotes:
            entry = _entry(given, [quotes])
            ready.setdefault(_json([entry["question"], quotes]), _json(entry))
        else:
            waiting.append(_json(_entry(given, []) | _what_to_do(given)))
    return Candidates(tuple(ready.values()), tuple(waiting))


def unique_quote(text: str, start: int, end: int) -> str | None:
    """Give text[start:end] with the words on both sides that make it stand once, None where they would be too many."""
    first, last = start, end
    while text.find(text[first:last]) != text.rfind(text[first:last]):
        before = _WORD_BEFORE.search(text[max(0, first - MAX_ADDED) : first])
        after = _WORD_AFTER.match(text, last)
        first -= len(before.group()) if before else 0
        last = after.end() if after else last
        if last - first > end - start + MAX_ADDED or not (before or after):
            return None
    return text[first:last]


def _gold_quotes(given: Feedback, documents: Mapping[str, Document]) -> list[dict[str, str]]:
    """Give the quotes of the first answer: in each of its documents the longest one; they are alternatives."""
    cited = given.record.citations
    number = group_of(cited[0].label) if cited else ""
    quotes = []
    for citation in cited:
        document = documents.get(citation.source)
        if group_of(citation.label) == number and document is not None:
            quote = _quote_in(document.text, citation)
            if quote is not None:
                quotes.append({"document": citation.source, "quote": quote})
    return quotes


def _quote_in(text: str, citation: CitationRecord) -> str | None:
    """Give the longest quote of a citation as it stands once in the document's present text."""
    passage_start = citation.start
    if hashlib.sha256(text.encode()).hexdigest() != citation.text_sha256:
        passage_start = text.find(citation.text)
        if passage_start < 0 or passage_start != text.rfind(citation.text):
            return None
    spans = citation.quote_spans or [(0, len(citation.text))]
    start, end = max(spans, key=lambda span: span[1] - span[0])
    return unique_quote(text, passage_start + start, passage_start + end)


def _entry(given: Feedback, gold: list[list[dict[str, str]]]) -> dict[str, Any]:
    return {
        "id": f"feedback-{given.turn_id}",
        "kind": "feedback",
        "split": "dev",  # whoever takes it over has seen it
        "question": given.record.understood_as if given.about else given.question,
        "gold": gold,
        "short_answers": [],
        "refusal": None,
        "verdict": given.verdict,
        "comment": given.comment,
        "shown": given.record.answer,
        "index_version": given.index_version,
        "given": given.given,
    }


def _what_to_do(given: Feedback) -> dict[str, Any]:
    answered = _WRONG if given.verdict == "wrong" else _LOST
    reason = _REFUSED if given.verdict == "right" and given.record.refusal is not None else answered
    cited = [
        {"document": c.source, "locator": c.locator, "quotes": [quote.text for quote in c.quotes] or [c.text]}
        for c in given.record.citations
    ]
    return {"to_do": reason, "cited": cited}


def _json(value: object) -> str:
    """Give JSON on one line, whatever a reader takes for the end of one."""
    return _LINE_ENDS.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(value, ensure_ascii=False))
