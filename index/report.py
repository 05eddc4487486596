"""Answers for programs: the JSON form that `python -m index ask --json` prints."""

import hashlib
from functools import lru_cache
from typing import Any

from index.types import Answer, Citation


def answer_fields(answer: Answer, question_id: str | int | None = None) -> dict[str, Any]:
    """Give the public form of an answer; its fields are documented in docs/json.md and stay."""
    return {
        "id": question_id,
        "question": answer.question,
        "understood_as": answer.understood_as,
        "refusal": answer.refusal,
        "answer": answer.text,
        "citations": [citation_fields(citation) for citation in answer.citations],
        "nearest": [citation_fields(citation) for citation in answer.nearest],
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def citation_fields(citation: Citation) -> dict[str, Any]:
    """Give the public form of a citation; all offsets are code points into the stored document."""
    passage, document = citation.passage, citation.document
    facts = document.facts
    return {
        "label": citation.label,
        "doc_id": document.doc_id,
        "source": document.source,
        "text_sha256": text_sha256(document.text),
        "title": facts.title,
        "number": facts.number,
        "issuer": facts.issuer,
        "place": facts.place,
        "date": facts.date,
        "locator": passage.locator,
        "heading_path": list(passage.heading_path),
        "kind": passage.kind,
        "unit": passage.unit,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "quotes": [
            {"start": passage.start + quote.start, "end": passage.start + quote.end, "text": quote.text}
            for quote in citation.quotes
        ],
        "score": round(citation.score, 4),
    }


@lru_cache(maxsize=1_000)
def text_sha256(text: str) -> str:
    """Give the SHA-256 of a stored text in UTF-8, in hexadecimal: which text offsets belong to."""
    return hashlib.sha256(text.encode()).hexdigest()
