"""Which section a question names by its number ("mục V.8", "điểm 2.3 phần II", "khoản 2 điều 5"), and what is in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.text import content_terms
from ingest.folding import unmarked
from ingest.numerals import MOST_ROMAN, SPELLED, arabic, roman

# The words of levels, and how deep those lie whose numbers follow each other ("mục 1 phần III" is III.1).
_DEPTHS = {
    "phụ lục": 0,
    "phần": 0,
    "chương": 0,
    "mục": 1,
    "điều": 1,
    "": 1,
    "tiểu mục": 2,
    "khoản": 2,
    "điểm": 3,
    "tiết": 4,
}
_COUNTED_BY_VALUE = frozenset({"phụ lục", "phần", "chương", "điều"})  # "phần 2" is "Phần II"
_NEVER_IN_A_ROW = frozenset({"phụ lục", "chương", "điều"})  # these are always printed with their word
_WORD = "|".join(sorted(filter(None, _DEPTHS), key=len, reverse=True))
_PRINTED = r"(?:[ivxlc]+|\d{1,3})(?:\.\d{1,3})*[a-zđ]?|[a-zđ]"
_SAID = rf"(?:{SPELLED})(?!(?<=một) (?:số|vài|ít|phần|cách|trong)\b)(?!(?<=năm) \d)"  # not "năm 2025"
_NUMBER = rf"(?:số |thứ )?({_PRINTED}|{_SAID})"
_BARE = r"(?<![\w.])[ivx]+(?:\.\d{1,3})+|(?<=nội dung )\d{1,3}(?:\.\d{1,3})+"  # "IV.5", "nội dung 1.4"
_NO_QUANTITY = r"(?! ?(?:%|phần trăm|tỷ|tỉ|triệu|nghìn|ngàn|trăm|đồng|năm|tháng|ngày|người)(?!\w))"
_ASKED = re.compile(rf"(?<!một )(?<!hai )\b(?:({_WORD}) {_NUMBER}|({_BARE}))(?![\w/-]){_NO_QUANTITY}")
_LOOKS_UP = frozenset(  # folded: who says no more wants to read the section
    "noi ghi giao viec quy dinh dung xem doc viet trich nguyen van neu chuyen chi yeu cau de cap trinh bay ban coi gium"
    " dum ho thu lai ro chep doan dieu mo ra ke hoach lam nhiem vu rang gom bao het toan".split()
)
_IN_LOCATOR = re.compile(rf"\b({_WORD}) {_NUMBER}(?!\w)|\((\d{{1,3}})\)")
_IN_HEADING = re.compile(rf"(phụ lục|phần|chương|mục) {_NUMBER}(?!\w)")

_MARKED = {unmarked(word): word for word in _DEPTHS if word}
_UNMARKED_WORD = "|".join(sorted(_MARKED, key=len, reverse=True))
_NO_SUM = r"(?! (?:ty|ti|trieu|nghin|ngan|tram|dong)(?!\w))"
_UNMARKED = re.compile(rf"\b({_UNMARKED_WORD})(?= (?:so |thu )?(?:{_PRINTED})(?![\w/-]){_NO_SUM})", re.IGNORECASE)
_SHORT_ARTICLE = re.compile(r"\b[đd]\.?(?=\d{1,3}[a-zđ]?\b(?![/-]))|\bđ\.? (?=\d{1,3}\b(?![/-]))", re.IGNORECASE)
_SHORT_CLAUSE = re.compile(r"\bk\.? ?(?=\d{1,3}\b(?![/-]))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of an outline: its word, "" where it has none, and its numbers from outside ("ii", "2", "3")."""

    word: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionPath:
    """Where a passage stands in the outline of its document."""

    named: frozenset[Level]  # levels that are printed with their word ("Điều 5", "khoản 2")
    numbers: tuple[str, ...]  # of the levels that follow each other, from outside


def levels_named(question: str) -> tuple[Level, ...]:
    """Give the levels by whose numbers a question in NFC names a section, in its order; none where it names none."""
    found = _ASKED.findall(question.lower())
    return tuple(_level(word, number or bare) for word, number, bare in found)


def asks_only_for_section(question: str, names: Iterable[str]) -> bool:
    """Say whether a question that names a section asks for nothing but what stands there.

    `names` are those of the documents that it means, folded.
    """
    said = {*_LOOKS_UP, *(word for name in names for word in name.split(" "))}
    return all(term in said for term in content_terms(_ASKED.sub(" ", question.lower())))


def spoken(levels: Sequence[Level]) -> str:
    """Give levels as they are cited: "mục V.8", "khoản 2 điều 5"."""
    return " ".join(f"{level.word or 'mục'} {'.'.join(map(_as_printed, level.numbers))}" for level in levels)


def with_words_of_levels(question: str) -> str:
    """Write out the words of levels before numbers: "k2 đ5" is "khoản 2 điều 5", "muc V.8" is "mục V.8"."""
    articles = _SHORT_ARTICLE.sub("điều ", question)
    clauses = _SHORT_CLAUSE.sub("khoản ", articles) if "điều " in articles.lower() else articles
    return _UNMARKED.sub(lambda match: _MARKED[match[1].lower()], clauses)


def section_path(locator: str, headings: Sequence[str]) -> SectionPath:
    """Read where a passage stands from how it is cited ("Điều 5 khoản 2") and from the headings above it."""
    found = _IN_LOCATOR.findall(locator.lower())
    printed = [_level(word, number or in_brackets) for word, number, in_brackets in found]
    above = (_IN_HEADING.match(heading.lower()) for heading in headings)
    named = {_level(match[1], match[2]) for match in above if match}
    row = [level for level in printed if level.word not in _COUNTED_BY_VALUE and level not in named]
    named |= {level for level in printed if level.word not in ("", "mục")}
    return SectionPath(frozenset(named), tuple(number for level in row for number in level.numbers))


def is_within(path: SectionPath, levels: Sequence[Level]) -> bool:
    """Say whether a passage stands in the section that the levels name, or below it."""
    row = [level for level in levels if level not in path.named]
    if any(level.word in _NEVER_IN_A_ROW for level in row):
        return False
    chain = _chain(row)
    # A row of numbers begins at the top, or below a part that has a Roman number or a letter.
    starts = [at for at in range(len(path.numbers)) if at == 0 or not path.numbers[at - 1].isdecimal()]
    return not chain or any(path.numbers[at : at + len(chain)] == chain for at in starts)


def _as_printed(number: str) -> str:
    return number.upper() if set(number) <= set("ivxl") else number


def _chain(levels: Sequence[Level]) -> tuple[str, ...]:
    """Put numbers in a row from outside: "điểm 2.3 phần II" is II, 2, 3, and so is "mục II.2 điểm 2.3"."""
    chain: tuple[str, ...] = ()
    for level in sorted(levels, key=lambda one: (one.word != "phần" and one.numbers[0].isdecimal(), _DEPTHS[one.word])):
        numbers = level.numbers
        if level.word == "phần" and numbers[0].isdecimal() and int(numbers[0]) <= MOST_ROMAN:
            numbers = (roman(int(numbers[0])).lower(), *numbers[1:])
        is_repeated = len(numbers) > 1 and chain[-1:] == numbers[:1]
        chain += numbers[1:] if is_repeated else numbers
    return chain


@lru_cache(maxsize=10_000)
def _level(word: str, number: str) -> Level:
    """Read a level; "điểm 3c" is point c of clause 3, "điều 5a" is one article."""
    letter = re.fullmatch(r"(\d+)([a-zđ])", number)
    if letter and word in ("điểm", "tiết"):
        return Level(word, (str(int(letter[1])), letter[2]))
    first, *below = number.split(".")
    stays = word not in _COUNTED_BY_VALUE and set(first) <= set("ivxlc")
    value = None if stays else arabic(first)
    return Level(word, (first if value is None else str(value), *(part.lstrip("0") or "0" for part in below)))
