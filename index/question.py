"""A question understood: its words, what it asks for, and which documents it names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from index.abbreviations import with_roman_numerals
from index.asked_unit import asked_kinds
from index.intents import DOCUMENT_TYPES, Intent, intents_of
from index.places import parts_of
from index.section_reference import Level, asks_only_for_section, levels_named, with_words_of_levels
from index.text import QUESTION_SYLLABLES, content_terms, one_spelling, serial_of, syllables
from ingest.folding import fold
from ingest.types import Document

MAX_QUESTION_CHARACTERS = 1_000

_NUMBERED = re.compile(rf"\b(?:{DOCUMENT_TYPES.lower()}|luật) (?:số )?(\d{{1,5}})\b")
_CALLED = ("ke hoach", "kh", "so", "cong van", "van ban", "to", "giay", "ban")  # before the number of a document
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed and what it means; `text` is the form that is searched."""

    typed: str
    text: str
    terms: tuple[str, ...]  # folded content syllables
    intents: frozenset[Intent]
    documents: tuple[str, ...]  # doc_ids that it names, none if it names none
    unit_kinds: tuple[str, ...] = ()  # how the unit that it asks for begins, in lower case
    section: tuple[Level, ...] = ()  # that it names by its numbers
    section_documents: tuple[str, ...] = ()  # doc_ids whose section it means, as it says
    is_only_section: bool = False  # it asks for nothing but what stands in the section
    numbers: tuple[str, ...] = ()  # of documents that it names by kind and number ("111" of "công điện 111")


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """The folded names by which a question can mean one document rather than another."""

    doc_id: str
    names: tuple[str, ...]
    title_pairs: frozenset[str] = frozenset()  # neighbouring words of its title that no other document has


def clean(typed: str) -> str:
    """Give a question in NFC without control characters, on one line."""
    text = unicodedata.normalize("NFC", typed)
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return _SPACES.sub(" ", visible).strip()


def invalid_reason(typed: str) -> str | None:
    """Give in Vietnamese why a question cannot be searched, None where it can."""
    text = clean(typed)
    if not text:
        return "Câu hỏi đang trống. Hãy gõ điều cần tìm, ví dụ: “ai ký kế hoạch?”."
    if len(text) > MAX_QUESTION_CHARACTERS:
        limit = f"{MAX_QUESTION_CHARACTERS:,}".replace(",", ".")
        length = f"{len(text):,}".replace(",", ".")
        return f"Câu hỏi dài {length} ký tự, tối đa là {limit}. Hãy rút gọn còn một ý chính."
    if not any(c.isalnum() for c in text):
        return "Câu hỏi chưa có chữ hay số nào. Hãy gõ bằng lời điều cần tìm."
    return None


def understand(
    typed: str,
    names: Iterable[DocumentNames],
    expand: Callable[[str], str],
    restore: Callable[[str], str],
    capitalize: Callable[[str], str],
) -> Question:
    """Read a question; `names` are those of the documents that it may name.

    `expand` writes out the abbreviations of a question in NFC, `restore` gives it the marks that it
    lacks, `capitalize` the capitals of its names.
    """
    line = clean(typed)
    expanded = with_words_of_levels(expand(line))
    # A single word in capitals is an abbreviation and stays.
    marked = restore(expanded.lower() if line.isupper() and " " in line else expanded)
    return _read(typed, capitalize(with_roman_numerals(marked)), names)


def understand_as_typed(typed: str, names: Iterable[DocumentNames]) -> Question:
    """Read a question of which not a letter is changed; `names` are those of the documents that it may name."""
    return _read(typed, clean(typed), names)


def _read(typed: str, text: str, names: Iterable[DocumentNames]) -> Question:
    folded = _plain(text)
    known = list(names)
    named = tuple(n.doc_id for n in known if any(f" {name} " in f" {folded} " for name in n.names))
    section = levels_named(text)
    meant = (named or _meant_by_title(text, known)) if section else ()
    names_meant = (name for n in known if n.doc_id in meant for name in (*n.names, *n.title_pairs))
    return Question(
        typed=typed,
        text=text,
        terms=tuple(content_terms(text)),
        intents=intents_of(text),
        documents=named,
        unit_kinds=asked_kinds(text),
        section=section,
        numbers=tuple(_NUMBERED.findall(one_spelling(text).lower())),
        section_documents=meant,
        is_only_section=bool(section) and asks_only_for_section(text, names_meant),
    )


def document_names(documents: list[Document]) -> list[DocumentNames]:
    """Give the names of each document: place, issuer, number and type, where they tell it apart.

    A name that more than half of the documents share or mention tells nothing.
    """
    candidates = {document.doc_id: _candidates(document) for document in documents}
    pairs = {document.doc_id: _pairs(document.facts.title) for document in documents}
    phrases_in = _finder(frozenset[str]().union(*candidates.values(), *pairs.values()))
    said = {document.doc_id: phrases_in(document.text) for document in documents}
    saying = Counter(phrase for doc_id in said for phrase in said[doc_id])
    holding = Counter(phrase for doc_id in said for phrase in said[doc_id] | candidates[doc_id])
    others = len(documents) - 1
    return [
        DocumentNames(
            doc_id,
            tuple(name for name in sorted(candidates[doc_id]) if 2 * (holding[name] - 1) <= others),
            frozenset(pair for pair in pairs[doc_id] if saying[pair] == 1),
        )
        for doc_id in candidates
    ]


def _finder(phrases: frozenset[str]) -> Callable[[str], frozenset[str]]:
    """Give what finds the folded phrases that a text holds, in a time that does not grow with their number."""
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        lengths.setdefault(phrase.split(" ", 1)[0], set()).add(phrase.count(" ") + 1)

    def phrases_in(text: str) -> frozenset[str]:
        words = _plain(text).split(" ")
        starts = ((at, length) for at, word in enumerate(words) for length in lengths.get(word, ()))
        return phrases.intersection(" ".join(words[at : at + length]) for at, length in starts)

    return phrases_in


def _meant_by_title(text: str, known: Iterable[DocumentNames]) -> tuple[str, ...]:
    said = _pairs(text)
    return tuple(n.doc_id for n in known if n.title_pairs & said)


def _pairs(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring words that say what a text is about, and its longer numbers, folded."""
    words = syllables(text)
    spoken = [(a, b) for a, b in pairwise(words) if not {a, b} & QUESTION_SYLLABLES]
    numbers = (word for word in words if word.isdecimal() and len(word) > 1)
    return frozenset([*(f"{fold(a)} {fold(b)}" for a, b in spoken), *numbers])


def _candidates(document: Document) -> set[str]:
    facts = document.facts
    names = set()
    if facts.place:
        names |= {_plain(part) for part in (*parts_of(facts.place), facts.place)}
    if facts.issuer:
        issuer = _plain(facts.issuer)
        office = issuer.removeprefix("ban thuong vu ")
        names |= {issuer, office, *_heads(office)}
    kind = " ".join(_plain(facts.title).split(" ")[:2])
    if " " in kind:
        names.add(kind)
    if facts.number and facts.number[0].isdigit():
        serial = serial_of(facts.number)
        number = _plain(facts.number)
        names |= {number} | {f"{word} {serial}" for word in (*_CALLED, kind)}
    return {name for name in names if len(name) > 2}


def _heads(office: str) -> set[str]:
    """Give what an office is called for short: "quan uy nam tu liem" is "quan uy" and "quan"."""
    syllables = office.split(" ")
    return {syllables[0], " ".join(syllables[:2])}


def _plain(text: str) -> str:
    """Folded syllables separated by single spaces."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
