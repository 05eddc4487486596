"""The few words that answer: a date, a number, a document, a name; verbatim, or none where unsure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import numpy as np

from index.fact_forms import without_dates_of_documents
from index.intents import DOCUMENT_TYPES, Intent
from index.question import Question
from index.quotes import Asked, Spans
from index.text import folded_syllables
from index.types import Citation
from ingest.folding import fold
from ingest.reading import readable
from ingest.types import Passage

_DATE = (
    r"(?:trước |sau |từ |đến |hết )?(?:ngày )?\d{1,2}/\d{1,2}/\d{4}(?:\s*-\s*\d{1,2}/\d{1,2}/\d{4})?"
    r"|ngày \d{1,2} tháng \d{1,2} năm \d{4}|(?:từ |đến |hết |trong )?(?:tháng|quý) (?:\d{1,2}|[IV]+)(?:/| năm )\d{4}"
    r"|(?:từ |đến |hết |đầu |cuối |trong |vào )*(?:giai đoạn |nhiệm kỳ )?(?:năm )?"
    r"(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?"
    r"|(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm)"
)
_SYMBOL = r"\d+\s*[-/]\s*[A-ZĐ][A-ZĐa-zđ]*(?:\s*[-/]\s*[A-ZĐ][A-ZĐa-zđ]*)*"
_DOCUMENT = rf"(?:{DOCUMENT_TYPES})(?:\s+số)?\s+{_SYMBOL}(?:,? ngày \d{{1,2}}/\d{{1,2}}/\d{{4}})?"
_ORDINAL = (
    r"(?:(?:[Ll]ần|[Kk]ỳ|[Kk]ỳ họp|[Pp]hiên|[Pp]hiên họp) )?thứ "
    r"(?:\d+|[IVXLC]+\b|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
)
_TERM_OF_OFFICE = r"[Kk]h(?:óa|oá) (?:[IVXLC]+\b|\d+)"
_NUMBERING = (_ORDINAL, _TERM_OF_OFFICE)
_NUMBER = r"(?<![\d/.-])(?<!thứ )(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)*\s?%?(?![\d/-])(?:\s+[^\W\d_]+){1,5}"
_PERSON = (
    r"(?:(?:Phó )?(?:Tổng Bí thư|Chủ tịch nước|Chủ tịch Quốc hội|Thủ tướng(?: Chính phủ)?|Bí thư|Chủ tịch|Bộ trưởng"
    r"|Thứ trưởng|Cục trưởng|Vụ trưởng|Giám đốc)|[Đđ]ồng chí|ông|bà)(?P<name>(?: [^\W\d_]+){2,4})"
)
# What a title is followed by where no name follows: "Giám đốc Sở Văn hóa", "Chủ tịch Ủy Ban Nhân dân".
_NO_SURNAMES = frozenset(
    "Ban Bộ Chi Cục Đài Đảng Hội Huyện Liên Mặt Nhà Phòng Phường Quận Quốc Sở Tập Thành Thường Tỉnh Tổng Ủy Uỷ Viện Vụ"
    " Xã".split()
)
_FORMS: dict[Intent, str] = {"when": _DATE, "which_document": _DOCUMENT, "how_many": _NUMBER, "who": _PERSON}
_OWN_FORMS: dict[Intent, str] = {
    "own_date": r"ngày \d{1,2} tháng \d{1,2} năm \d{4}|ngày \d{1,2}/\d{1,2}/\d{4}",
    "own_number": rf"[Ss]ố:? ?{_SYMBOL}",
}
_ORDINAL_ASKED = re.compile(r"\b(thứ|lần|phiên|kỳ|đợt|kh(?:óa|oá)) (?:mấy|bao nhiêu)\b", re.IGNORECASE)
_COUNTS_ASKED = re.compile(r"\b(?:bao nhiêu|mấy) (\w+)", re.IGNORECASE)
_SAME_NOUNS = (("nước", "quốc gia"), ("người", "đại biểu", "học viên"), ("việc", "nhiệm vụ", "nội dung"))
_ASKED_TYPE = re.compile(rf"({DOCUMENT_TYPES}) (?:số )?(?:nào|gì|mấy|bao nhiêu)", re.IGNORECASE)
_AFTER_WHAT_IS_COUNTED = frozenset(
    "của và hoặc hay do bởi trong trên dưới tại từ đến tới với để là các những mọi này đó ấy cho theo về sau trước gồm"
    " được đã đang sẽ bị có ở mà thì nhằm ngày vào như khi".split()
)
_CLAUSE_END = re.compile(r"[;:!?\n]|\.(?=\s)")
_NEARLY_AS_GOOD = 0.9  # of the best score: citations whose words may answer as well
_FAR = 80  # characters from every word of the question from which nearness counts no more
_PER_CHARACTER = 0.001
_AS_LIKE = 0.05  # of late interaction: clauses that are as like the question, whatever their words
_PER_LIKENESS = 5.0  # of late interaction with a clause
_PER_CHARACTER_TO_NUMBER = 0.006  # of a date to a number of the question: the one next to it is meant
_BEFORE = 80  # characters before an ordinal in which it is said what it numbers
_LEAST_BEFORE = 0.4  # of the question's words that must stand there
_AS_ASKED = 0.15  # what a number gains before the noun whose number is asked
_OF_ORDINALS = frozenset(("lan", "thu", "khoa", "ky", "phien", "hop"))
_LEAST_SHARE = 0.12  # of the weight of the question's words that must stand in the clause
_AS_SURE = 0.04  # matches whose worth differs by less answer alike
_LINES = 3  # documents that are named for one question
_LINE = 250  # characters that a short answer may have


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """Words of a citation's passage that answer by themselves."""

    words: str
    label: str


@dataclass(frozen=True, slots=True)
class _Match:
    worth: float
    answer: ShortAnswer


def short_answers(question: Question, citations: Sequence[Citation], asked: Asked) -> tuple[ShortAnswer, ...]:
    """Give the words that answer a question for a date, number, document or person, best first.

    The match wins whose citation ranks best and whose clause is most like the question and holds
    most of its words. Several only where a question for a document has several answers;
    none where no match is near, or two that differ are equally so.
    """
    own = _own_fact(question, citations)
    if own:
        return (own,)
    for intent in ("when", "which_document", "how_many", "who"):
        if intent not in question.intents:
            continue
        floor = _NEARLY_AS_GOOD * citations[0].score
        near = _of_named([citation for citation in citations if citation.score >= floor], question)
        for form in _forms(intent, question):
            found = [match for citation in near for match in _matches(citation, form, question, asked)]
            if found:
                return _surest(sorted(found, key=lambda match: -match.worth), several=intent == "which_document")
    return ()


def _of_named(citations: Sequence[Citation], question: Question) -> Sequence[Citation]:
    """Give those of the documents that the question names, where there are any: another's date is no answer."""
    return [one for one in citations if one.document.doc_id in question.documents] or citations


def _forms(intent: Intent, question: Question) -> tuple[str, ...]:
    """Give the forms of what is asked for, the likelier first."""
    asked = _ORDINAL_ASKED.search(question.text) if intent == "how_many" else None
    if asked is None:
        return (_FORMS[intent],)
    return (_TERM_OF_OFFICE,) if asked[1].lower().startswith("kh") else (_ORDINAL, _NUMBER)


def _own_fact(question: Question, citations: Sequence[Citation]) -> ShortAnswer | None:
    """Give date or number of the one document that a question asks it of, from its head."""
    for intent, form in _OWN_FORMS.items():
        if intent in question.intents and len(question.documents) == 1:
            for citation in citations:
                if citation.passage.kind == "header" and citation.document.doc_id in question.documents:
                    found = re.search(form, readable(citation.passage.text).text)
                    return ShortAnswer(found.group(), citation.label) if found else None
    return None


def _surest(matches: Sequence[_Match], *, several: bool) -> tuple[ShortAnswer, ...]:
    alike = [m.answer for m in matches if m.worth >= matches[0].worth - _AS_SURE]
    unlike = {_same(answer.words) for answer in alike}
    if several:
        return tuple({_same(answer.words): answer for answer in reversed(alike)}.values())[::-1][:_LINES]
    return (alike[0],) if len(unlike) == 1 else ()


def _same(words: str) -> str:
    return re.sub(r"\W+", " ", words.lower()).strip()


def _matches(citation: Citation, form: str, question: Question, asked: Asked) -> Iterator[_Match]:
    text, folded, clauses, stored = _shown(citation.passage.text)
    if len(folded) != len(text):
        return
    asked_numbers = _numbers_asked_of(citation, question)
    if not asked_numbers <= set(re.findall(r"\d+", text)) and form is not _PERSON:
        return  # it speaks of another number
    whole = sum(asked.weight_of(term) for term in question.terms) or 1.0
    searched = without_dates_of_documents(text, question.text.lower()) if form is _DATE else text
    gains = _gains_of_likeness(citation.passage, stored, asked)
    likest = max(gains) - _PER_LIKENESS * _AS_LIKE if any(gains) else np.inf
    for (start, end), gain in zip(clauses, gains, strict=True):
        words_held = [term for term in question.terms if re.search(_word(term), folded[start:end])]
        share = sum(map(asked.weight_of, words_held)) / whole
        if share < _LEAST_SHARE and gain < likest:
            continue
        numbers = asked_numbers & set(words_held)
        anchors = [found for term in (numbers or words_held) for found in _spans(term, folded, start, end)]
        per_character = _PER_CHARACTER_TO_NUMBER if numbers and form is _DATE else _PER_CHARACTER
        for match in re.compile(form).finditer(searched, start, end):
            words = (
                _person(match) if form is _PERSON else _answering(match.group().strip(), form, question, asked_numbers)
            )
            if words and (form not in _NUMBERING or _numbers_what_is_asked(folded[: match.start()], question)):
                near = min((max(a - match.end(), match.start() - b, 0) for a, b in anchors), default=_FAR)
                worth = citation.score + share + gain - per_character * min(near, _FAR)
                worth += _noun_gain(match.group(), form, question)
                yield _Match(worth, ShortAnswer(words[:_LINE], citation.label))


def _numbers_asked_of(citation: Citation, question: Question) -> set[str]:
    """Give the numbers that a question speaks of, without the one by which it names the citation's document."""
    numbers = set(re.findall(r"\d+", question.text))
    if citation.document.doc_id not in question.documents:
        return numbers
    return numbers - set(re.findall(r"\d+", citation.document.facts.number or ""))


def _gains_of_likeness(passage: Passage, clauses: Spans, asked: Asked) -> Sequence[float]:
    """Give what a match gains in each clause: most in those that are as like the question as all of the passage."""
    matches = asked.matches_of(passage)
    if matches is None:
        return [0.0] * len(clauses)
    likeness = matches.best(clauses).mean(axis=1) - matches.whole()
    return [_PER_LIKENESS * float(value) for value in likeness]


def _answering(words: str, form: str, question: Question, asked: set[str]) -> str:
    """Give what of a match answers, "" where nothing does."""
    if set(re.findall(r"\d+", words)) & asked:
        return ""  # what the question says itself is not what it asks for
    wanted = _ASKED_TYPE.search(question.text)
    if form is _DOCUMENT and wanted and not words.lower().startswith(wanted[1].lower()):
        return ""
    return _up_to_asked(words, question) if form is _NUMBER else words


def _numbers_what_is_asked(before: str, question: Question) -> bool:
    """Say whether an ordinal numbers what is asked for: "Đại hội … lần thứ XIV" is no congress of a province."""
    asked = {term for term in question.terms if term not in _OF_ORDINALS}
    return len(asked & set(folded_syllables(before[-_BEFORE:]))) >= _LEAST_BEFORE * len(asked)


def _noun_gain(words: str, form: str, question: Question) -> float:
    """Give what "70 tổ chức" gains where "bao nhiêu tổ chức" is asked: the noun follows whose number it is."""
    asked = _COUNTS_ASKED.search(question.text)
    noun = asked[1].lower() if asked else ""
    same = next((nouns for nouns in _SAME_NOUNS if noun in nouns), (noun,))
    follows = noun and re.match(rf"\S+ (?:{'|'.join(map(re.escape, same))})\b", words, re.IGNORECASE)
    return _AS_ASKED if form is _NUMBER and follows else 0.0


def _person(match: re.Match[str]) -> str:
    """Give title and name, "" where what follows the title is no name of two words or more."""
    names = list(takewhile(str.istitle, match["name"].split()))
    if len(names) < 2 or names[0] in _NO_SURNAMES:
        return ""
    return match.group()[: match.start("name") - match.start()] + "".join(f" {name}" for name in names)


def _word(term: str) -> str:
    return rf"\b{re.escape(term)}\b"


def _spans(term: str, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in re.compile(_word(term)).finditer(folded, start, end))


@lru_cache(maxsize=10_000)
def _shown(text: str) -> tuple[str, str, Spans, Spans]:
    """Give a passage as it is read, the same without marks, the spans of its clauses, and these in the stored text."""
    reading = readable(text)
    clauses = tuple(_clauses(reading.text))
    stored = tuple(reading.stored_span(start, end) for start, end in clauses)
    return reading.text, fold(reading.text), clauses, stored


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in [*(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]:
        if end > start:
            yield start, end
        start = end


def _up_to_asked(words: str, question: Question) -> str:
    """Cut a number behind what it counts, or behind the last word after it that the question has."""
    end, counted = 0, True
    for count, word in enumerate(re.finditer(r"\S+", words)):
        counted &= count <= 1 or word.group().islower()
        counted &= word.group() not in _AFTER_WHAT_IS_COUNTED
        if counted or fold(word.group().strip(",.")) in question.terms:
            end = word.end()
    return words[:end]
