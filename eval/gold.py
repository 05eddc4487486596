"""The gold questions: quotes become spans of the stored documents on load.

Quotes, not offsets, are kept in the file, so that it outlives every change of passages.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from eval.errors import EvalError
from eval.types import GoldQuestion, GoldQuote, GoldRefusal, Span, Split
from index.text import content_terms, folded_syllables
from ingest.folding import fold
from ingest.types import Document

_FORM = (
    '{"id": …, "kind": …, "split": "dev" or "test", "question": …, "gold": [[{"document": …, "quote": …}, …], …], '
    '"short_answers": […], "refusal": null, "near" or "far"}'
)


def load_gold(path: Path, documents: Sequence[Document]) -> list[GoldQuestion]:
    """Read a gold file and find every quote in its document.

    Raises EvalError with file, line and quote where one is missing or stands more than once.
    """
    by_source = {document.source: document for document in documents}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise EvalError(f"{path}: cannot be read ({error.strerror}); give the gold file with --gold") from error
    questions: dict[str, GoldQuestion] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        question = _question(line, where, by_source)
        if question.question_id in questions:
            raise EvalError(f"{where}: the id {question.question_id} is used before; give it another one")
        questions[question.question_id] = question
    if not questions:
        raise EvalError(f"{path}: holds no question; a line is one question in JSON")
    return list(questions.values())


def content_share(question: GoldQuestion, documents: Mapping[str, Document]) -> float:
    """Give the share of a question's content syllables, folded, that stand in its gold quotes, in [0, 1].

    All alternatives of all groups count, with the whole line of the document that a quote is
    part of: the stricter reading of "not copied from the sentence that answers it".
    """
    terms = set(content_terms(question.text))
    held: set[str] = set()
    for quote in (quote for group in question.groups for quote in group):
        text = documents[quote.span.doc_id].text
        start = text.rfind("\n", 0, quote.span.start) + 1
        end = text.find("\n", quote.span.end)
        held |= set(folded_syllables(text[start : end if end >= 0 else len(text)]))
    return len(terms & held) / len(terms) if terms else 0.0


def _question(line: str, where: str, documents: Mapping[str, Document]) -> GoldQuestion:
    try:
        entry = json.loads(line)
        refusal, split = entry.get("refusal"), entry.get("split", "test")
        groups = tuple(
            tuple(_located(str(q["document"]), str(q["quote"]), where, documents) for q in group)
            for group in entry["gold"]
        )
        question = GoldQuestion(
            question_id=str(entry["id"]),
            kind=str(entry["kind"]),
            split=split,
            text=_nfc(str(entry["question"])),
            groups=groups,
            short_answers=tuple(_nfc(str(answer)) for answer in entry.get("short_answers", [])),
            refusal=refusal,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvalError(f"{where}: is not a gold question ({error!r}); it is {_FORM}") from error
    return _sound(question, where)


def _sound(question: GoldQuestion, where: str) -> GoldQuestion:
    if question.split not in get_args(Split):
        raise EvalError(f"{where}: the split is {question.split!r}; it is dev or test")
    if question.refusal is not None and question.refusal not in get_args(GoldRefusal):
        raise EvalError(f"{where}: refusal is {question.refusal!r}; it is near, far or null")
    if (question.refusal is None) != bool(question.groups) or not all(question.groups):
        raise EvalError(f"{where}: a question has gold quotes or a refusal, and no group is empty")
    return question


def _located(source: str, quote: str, where: str, documents: Mapping[str, Document]) -> GoldQuote:
    document = documents.get(source)
    if document is None:
        known = ", ".join(sorted(documents)) or "none"
        raise EvalError(f"{where}: no document {source!r} in the library ({known}); run: python -m ingest, index build")
    words = _nfc(quote)
    start = document.text.find(words) if words else -1
    if start < 0:
        raise EvalError(f"{where}: {source} does not hold the quote {quote!r}; {_nearest(document.text, words)}")
    if document.text.find(words, start + 1) >= 0:
        raise EvalError(f"{where}: {source} holds the quote {quote!r} more than once; make it longer")
    return GoldQuote(Span(document.doc_id, start, start + len(words)), words)


def _nearest(text: str, words: str) -> str:
    """Say how far the quote can be found, for a person who corrects it."""
    folded, wanted = fold(text), fold(words)
    length = next((n for n in range(len(wanted), 0, -1) if wanted[:n] in folded), 0)
    if length < 3 or len(folded) != len(text):
        return "copy the words from the stored text"
    at = folded.find(wanted[:length])
    return f"it stands there as {text[at : at + length + 20]!r}"


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def as_entry(question: GoldQuestion) -> dict[str, Any]:
    """Give what a report says of a gold question."""
    return {
        "id": question.question_id,
        "kind": question.kind,
        "question": question.text,
        "gold": [[quote.text for quote in group] for group in question.groups],
        "short_answers": list(question.short_answers),
        "refusal": question.refusal,
    }
