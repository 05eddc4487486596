"""Abbreviations written out: "BTG TU" is "Ban Tuyên giáo Thành ủy"; from data/abbreviations.txt and the documents."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from index.syllables import canonical
from index.text import folded_syllables
from ingest.folding import fold
from ingest.numerals import roman
from ingest.types import Document

_FILE = Path(__file__).parent / "data" / "abbreviations.txt"
# Not within "18-NQ/TW": a document's number is searched as it is printed.
_TOKEN = re.compile(r"(?<![\w/-])[^\W\d_]{2,}(?:[-&][^\W\d_]{2,})*(?![-/]?\w)")
_IN_BRACKETS = re.compile(r"\(([A-ZĐƯ][A-ZĐƯ-]{1,9})\)")
_CONGRESS = re.compile(r"\b((?:đại hội(?: đảng)?|khóa|khoá)(?: lần thứ)? )([1-3]?\d)\b(?![/-])", re.IGNORECASE)
_SHORTEST_PLACE = 3  # syllables; the initials of two mean too much else


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Long forms by abbreviation in lower case, the likeliest of each."""

    long_forms: Mapping[str, str]
    _without_marks: Mapping[str, str] = field(init=False, repr=False)  # the same by abbreviation without marks

    def __post_init__(self) -> None:
        """Fold the abbreviations once, not for each word of a question; the first of equals is kept."""
        folded = {fold(short): long for short, long in reversed(list(self.long_forms.items()))}
        object.__setattr__(self, "_without_marks", folded)

    def expand(self, text: str) -> str:
        """Give a question with its abbreviations written out; document numbers stay as typed.

        Small letters count as an abbreviation where they are no Vietnamese syllable ("btg"), capitals
        always, but in a question all in capitals only as small letters do.
        """
        read = (lambda token: self._long_form(token.lower())) if text.isupper() and " " in text else self._long_form
        return _TOKEN.sub(lambda match: read(match.group()) or match.group(), text)

    def long_forms_in(self, text: str) -> list[str]:
        """Give the long forms of the abbreviations in capitals that a text holds, each once, in order."""
        found = (self._long_form(token) for token in _TOKEN.findall(text) if token.isupper())
        return list(dict.fromkeys(form for form in found if form))

    def _long_form(self, token: str) -> str | None:
        """Look a token up; "HDND" is "HĐND", but "tư" is not "TU"."""
        key = token.lower()
        if canonical(key) is not None:
            return self.long_forms.get(key) if token.isupper() else None
        return self.long_forms.get(key) or self._without_marks.get(fold(key))


def read_abbreviations(documents: Iterable[Document]) -> Abbreviations:
    """Give the abbreviations of the table and of the documents themselves.

    Of several long forms that one is taken which the documents use most. A document adds what it
    explains in brackets ("… Mặt trận Tổ quốc (MTTQ)") and the initials of its place.
    """
    known = list(documents)
    texts = [f" {' '.join(folded_syllables(document.text))} " for document in known]
    forms = {short.lower(): _commonest(long, texts) for short, long in load_table().items()}
    for document in known:
        for short, long in (*_explained(document.text), *_place_initials(document)):
            forms.setdefault(short.lower(), long)
    return Abbreviations(forms)


@cache
def load_table() -> dict[str, tuple[str, ...]]:
    """Give the long forms of each abbreviation of the file; raises ValueError for a bad line."""
    table: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        short, separator, long = line.partition(" = ")
        if not separator or short in table:
            raise ValueError(f"{_FILE.name}, line {number}: {line!r} is no new 'short = long'")
        table[short] = tuple(form.strip() for form in long.split("|"))
    return table


def with_roman_numerals(question: str) -> str:
    """Write the number of a congress or of its committee as documents print it ("đại hội 14" is "đại hội XIV")."""
    return _CONGRESS.sub(lambda match: match[1] + roman(int(match[2])), question)


def _commonest(long_forms: tuple[str, ...], texts: list[str]) -> str:
    """Give the form that the folded texts hold most often, the first of equals."""
    counts = Counter({form: sum(text.count(f" {_plain(form)} ") for text in texts) for form in long_forms})
    return max(long_forms, key=counts.__getitem__)


def _explained(text: str) -> Iterable[tuple[str, str]]:
    """Give abbreviations in brackets with the words before them whose initials they are."""
    for match in _IN_BRACKETS.finditer(text):
        letters = fold(match[1]).replace("-", "")
        words = list(re.finditer(r"[^\W\d_]+", text[max(0, match.start() - 120) : match.start()]))[-len(letters) :]
        if [fold(word.group())[0] for word in words] == list(letters):
            start = max(0, match.start() - 120) + words[0].start()
            yield match[1], " ".join(text[start : match.start()].split())


def _place_initials(document: Document) -> Iterable[tuple[str, str]]:
    for part in re.split(r"\s*,\s*", document.facts.place or ""):
        words = re.findall(r"[^\W\d_]+", part)
        if len(words) >= _SHORTEST_PLACE:
            yield "".join(word[0] for word in words).upper(), part


def _plain(text: str) -> str:
    return " ".join(folded_syllables(text))
