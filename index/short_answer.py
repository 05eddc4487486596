"""The few words that answer: a date, a number, a document, a name; verbatim, or none where unsure."""

import re
from collections.abc import Iterator

from index.question import Intent, Question
from index.types import Citation
from ingest.folding import fold
from ingest.reading import Readable, readable

_DATE = (
    r"(?:trước |sau |từ |đến |hết )?(?:ngày )?\d{1,2}/\d{1,2}/\d{4}(?:\s*-\s*\d{1,2}/\d{1,2}/\d{4})?"
    r"|ngày \d{1,2} tháng \d{1,2} năm \d{4}|tháng \d{1,2}/\d{4}|tháng \d{1,2} năm \d{4}"
    r"|(?:từ |đến |hết |đầu |cuối )?năm \d{4}"
)
_SYMBOL = r"\d+\s*[-/]\s*[A-ZĐ][A-ZĐa-zđ]*(?:\s*[-/]\s*[A-ZĐ][A-ZĐa-zđ]*)*"
_DOCUMENT = (
    r"(?:Nghị quyết|Chỉ thị|Kết luận|Kế hoạch|Hướng dẫn|Quyết định|Công văn|Công điện|Thông báo|Quy định|Nghị định"
    rf"|Thông tư)(?:\s+số)?\s+{_SYMBOL}(?:,? ngày \d{{1,2}}/\d{{1,2}}/\d{{4}})?"
)
_NUMBER = r"(?<![\d/.-])\d+(?:[.,]\d+)*\s?%?(?![\d/-])(?:\s+[^\W\d_]+){1,5}"
_FORMS: dict[Intent, str] = {"when": _DATE, "which_document": _DOCUMENT, "how_many": _NUMBER}
_BETWEEN = 60  # characters; farther from every word of the question a match is unsure
_LINE = 250  # characters that a short answer may have


def short_answer(question: Question, citation: Citation) -> str | None:
    """Give the words of a citation's quotes that answer a question for a date, number or document.

    The match nearest to the words of the question wins; None where the quotes hold no match, or it
    stands far from what is asked about. A number counts only with a word of the question after it.
    """
    for intent in ("when", "which_document", "how_many"):
        if intent in question.intents:
            matches = [found for quote in citation.quotes for found in _matches(quote.text, _FORMS[intent], question)]
            if matches:
                return min(matches)[1]
    return None


def _matches(text: str, form: str, question: Question) -> Iterator[tuple[int, str]]:
    shown: Readable = readable(text)
    line = shown.text.replace("\n", " ")
    anchors = _anchors(line, question)
    asked = set(re.findall(r"\d+", question.text))
    for match in re.finditer(form, line):
        if set(re.findall(r"\d+", match.group())) & asked:
            continue  # what the question says itself is not what it asks for
        distance = min((abs(match.start() - anchor) for anchor in anchors), default=_BETWEEN)
        words = match.group().strip()
        if form is _NUMBER:
            words = _up_to_asked(words, question)
        if words and (distance <= _BETWEEN or not anchors):
            yield distance, words[:_LINE]


def _up_to_asked(words: str, question: Question) -> str:
    """Cut a number with the words after it behind the last one that the question has; "" without one."""
    ends = [m.end() for m in re.finditer(r"[^\W\d_]+", words) if fold(m.group()) in question.terms]
    return words[: ends[-1]] if ends else ""


def _anchors(line: str, question: Question) -> list[int]:
    """Offsets where the rarest words of the question end, by their pairs, else by single syllables."""
    folded = fold(line)
    if len(folded) != len(line):
        return []
    pairs = [m.end() for pair in question.pairs for m in re.finditer(rf"\b{pair.replace('_', ' ')}\b", folded)]
    return pairs or [m.end() for term in question.terms for m in re.finditer(rf"\b{re.escape(term)}\b", folded)]
