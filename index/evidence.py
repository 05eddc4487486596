"""What an answer must hold to answer: a date for "bao giờ", money for "bao nhiêu tiền".

A question near the documents' subjects finds passages that look right and do not answer. Where a
question asks for a fact of a known form, the best passages must hold that form.
"""

import re
from collections.abc import Callable, Sequence

from index.counts import SURELY_COUNTS, counts_something_else, has_a_count, is_counted_by_the_reader
from index.fact_forms import FORMS, OF_INTENT, without_dates_of_documents
from index.intents import OFFICES
from index.places import PROVINCES
from index.question import Question
from index.text import folded_syllables, one_spelling
from ingest.folding import fold
from ingest.types import Document, DocumentFacts

_DAY = len("2024-11-25")  # of a date; documents with a blank for the day have the year alone
_LOOKED_AT = 5  # passages in which the form of what is asked is looked for: those that are shown
_ORDINAL_ASKED = re.compile(r"\b(?:thứ|khóa|số|phiên|kỳ|đợt) mấy\b")
_ORDINAL = re.compile(r"\b(?:thứ|khóa|số) (?:\d+|[IVXLC]+|[^\W\d_]+)\b", re.IGNORECASE)
_OFFICE = rf"(?:phó |tổng )?(?:{OFFICES})"
_WHO_HOLDS = re.compile(
    rf"\b({_OFFICE})(?: \w+){{0,9}} (?:là (?:ai|ông nào|bà nào)|tên (?:gì|là gì))|\bai (?:là|làm) ({_OFFICE})"
)
_YEAR = re.compile(r"\bnăm ((?:19|20)\d\d)\b")
_NAME = r"[A-ZĐ][^\W\d_]*(?: [A-ZĐ][^\W\d_]*)+"
_PLACE = re.compile(rf"\b(?:phường|xã|thị trấn|quận|huyện|thị xã|thành phố|tỉnh) ({_NAME})")
_MERGED_WITH = re.compile(r"\b(?:nhập|hợp nhất|gộp|ghép)(?: \w+){0,3} (tỉnh|thành phố|huyện|quận|xã|phường) nào\b")


def missing_fact(
    question: Question,
    best: Sequence[str],
    source: DocumentFacts,
    named: Sequence[Document],
    says: Callable[[str], bool],
) -> str | None:
    """Give in Vietnamese what is asked for and not stated, None where nothing is known to be missing.

    `best` are the passages that would be shown, best first, `source` the facts of the first one's
    document, `named` the documents that the question names, and `says` tells whether any document
    holds folded words.
    """
    asked = " ".join(re.findall(r"[^\W_]+", one_spelling(question.text).lower()))
    # A passage of Cần Thơ's plan need not say that it is about Cần Thơ.
    about = " ".join([best[0], source.title, source.place or "", source.issuer or ""])
    for form in FORMS:
        if form.asked.search(asked) and not (form.held.search(best[0]) and _is_about(question, about, says)):
            return form.name
    return (
        _form_of_intent_missing(question, asked, best)
        or _elsewhere(question, asked, says)
        or _role_missing(asked, best)
        or _merged_with_missing(asked, best)
        or _own_fact_missing(question, named)
    )


def _is_about(question: Question, text: str, says: Callable[[str], bool]) -> bool:
    """Say whether a passage has something of each name in the question that the documents know."""
    words = set(folded_syllables(text))
    names = (folded_syllables(name) for name in re.findall(_NAME, one_spelling(question.text)))
    return all(words & set(name) for name in names if says(" ".join(name)))


def _form_of_intent_missing(question: Question, asked: str, best: Sequence[str]) -> str | None:
    """Say that a date, number or document is asked for and the first passages hold none."""
    for intent, (held, name) in OF_INTENT.items():
        if intent not in question.intents:
            continue
        texts = [without_dates_of_documents(text, asked) if intent == "when" else text for text in best[:_LOOKED_AT]]
        if intent == "how_many":
            is_sure = SURELY_COUNTS.search(asked) and "when" not in question.intents  # "báo cáo tỷ lệ ngày mấy"
            missing = bool(is_sure) and _count_missing(asked, texts)
        else:
            missing = not any(held.search(text) for text in texts)
        if missing:
            return name
    return None


def _count_missing(asked: str, texts: Sequence[str]) -> bool:
    if _ORDINAL_ASKED.search(asked):
        return not any(_ORDINAL.search(text) or has_a_count([text]) for text in texts)
    if is_counted_by_the_reader(asked):
        return not any(OF_INTENT["how_many"][0].search(text) for text in texts)
    return not has_a_count(texts) or counts_something_else(asked, texts)


def _elsewhere(question: Question, asked: str, says: Callable[[str], bool]) -> str | None:
    """Name a province, place, year or document of the question that no document speaks of."""
    for province in PROVINCES:
        if f" {province.lower()} " in f" {asked} " and not says(fold(province)):
            return f"nội dung của {province}"
    for place in _PLACE.findall(one_spelling(question.text)):
        if not says(" ".join(folded_syllables(place))):
            return f"nội dung của {place}"
    for year in _YEAR.findall(asked):
        if not says(year):
            return f"nội dung của năm {year}"
    return next((f"văn bản số {number}" for number in question.numbers if not says(number)), None)


def _role_missing(asked: str, best: Sequence[str]) -> str | None:
    """Say whose name is asked for where the passages name nobody of that office, only a deputy."""
    role = next((a or b for a, b in _WHO_HOLDS.findall(asked)), None)
    if role is None:
        return None
    holds = re.compile(rf"(?<!phó )(?<!tổng )(?<!\w){role}(?!\w)", re.IGNORECASE)
    return None if holds.search(best[0]) else f"ai là {role}"


def _merged_with_missing(asked: str, best: Sequence[str]) -> str | None:
    """Say that it is asked with which place another is merged, and the passages name no other."""
    found = _MERGED_WITH.search(asked)
    if found is None:
        return None
    kind = found[1]
    named = {name for text in best[:_LOOKED_AT] for name in re.findall(rf"\b{kind} ({_NAME})", text)}
    named |= {name for name in PROVINCES for text in best[:_LOOKED_AT] if kind == "tỉnh" and name in text}
    return None if any(name.lower() not in asked for name in named) else f"tên {kind} được nhập vào"


def _own_fact_missing(question: Question, named: Sequence[Document]) -> str | None:
    if len(named) != 1:
        return None
    facts = named[0].facts
    has_day = facts.date is not None and (len(facts.date) == _DAY or "ngày" not in question.text.lower())
    if not has_day and "own_date" in question.intents:
        return f"ngày ban hành của {facts.short_title}"
    if facts.number is None and "own_number" in question.intents:
        return f"số của {facts.short_title}"
    return None
