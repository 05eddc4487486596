"""The few words that answer: a date, a number, a document, a name; verbatim, or none where unsure."""

import re
from collections.abc import Iterator

from index.question import Intent, Question
from index.types import Citation
from ingest.folding import fold
from ingest.reading import readable

_DATE = (
    r"(?:trước |sau |từ |đến |hết )?(?:ngày )?\d{1,2}/\d{1,2}/\d{4}(?:\s*-\s*\d{1,2}/\d{1,2}/\d{4})?"
    r"|ngày \d{1,2} tháng \d{1,2} năm \d{4}|tháng \d{1,2}/\d{4}|tháng \d{1,2} năm \d{4}"
    r"|(?:từ |đến |hết |đầu |cuối )?năm \d{4}"
)
_SYMBOL = r"\d+\s*[-/]\s*[A-ZĐ][A-ZĐa-zđ]*(?:\s*[-/]\s*[A-ZĐ][A-ZĐa-zđ]*)*"
_TYPES = (
    "Nghị quyết|Chỉ thị|Kết luận|Kế hoạch|Hướng dẫn|Quyết định|Công văn|Công điện|Thông báo|Quy định|Nghị định|Thông tư"
)
_DOCUMENT = rf"(?:{_TYPES})(?:\s+số)?\s+{_SYMBOL}(?:,? ngày \d{{1,2}}/\d{{1,2}}/\d{{4}})?"
_NUMBER = r"(?<![\d/.-])\d+(?:[.,]\d+)*\s?%?(?![\d/-])(?:\s+[^\W\d_]+){1,5}"
_FORMS: dict[Intent, str] = {"when": _DATE, "which_document": _DOCUMENT, "how_many": _NUMBER}
_ASKED_TYPE = re.compile(rf"({_TYPES}) (?:số )?(?:nào|gì|mấy|bao nhiêu)", re.IGNORECASE)
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
    line = readable(text).text.replace("\n", " ; ")  # nothing that answers runs over a line end
    asked = set(re.findall(r"\d+", question.text))
    anchors = _anchors(line, question, asked)
    if anchors is None:
        return
    wanted_type = _ASKED_TYPE.search(question.text)
    for match in re.finditer(form, line):
        words = match.group().strip()
        if set(re.findall(r"\d+", words)) & asked:
            continue  # what the question says itself is not what it asks for
        if form is _DOCUMENT and wanted_type and not words.lower().startswith(wanted_type[1].lower()):
            continue
        if form is _NUMBER:
            words = _up_to_asked(words, question)
        distance = min((abs(match.start() - anchor) for anchor in anchors), default=_BETWEEN)
        if words and (distance <= _BETWEEN or not anchors):
            yield distance, words[:_LINE]


def _up_to_asked(words: str, question: Question) -> str:
    """Cut a number behind the words right after it that the question has; "" where there is none."""
    end = 0
    for word in re.finditer(r"[^\W\d_]+", words):
        if fold(word.group()) not in question.terms:
            break
        end = word.end()
    return words[:end]


def _anchors(line: str, question: Question, asked: set[str]) -> list[int] | None:
    """Offsets where the words of the question end: its numbers, else pairs of words, else single ones.

    None where a number of the question is not in the line: then it speaks of something else.
    """
    folded = fold(line)
    if len(folded) != len(line):
        return []
    numbers = [[m.end() for m in re.finditer(rf"(?<!\d){number}(?!\d)", line)] for number in asked]
    if not all(numbers):
        return None
    if numbers:
        return [end for ends in numbers for end in ends]
    pairs = [m.end() for pair in question.pairs for m in re.finditer(rf"\b{pair.replace('_', ' ')}\b", folded)]
    return pairs or [m.end() for term in question.terms for m in re.finditer(rf"\b{re.escape(term)}\b", folded)]
