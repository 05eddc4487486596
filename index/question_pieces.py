"""A question cut into pieces: names of documents and units, asking words, words of its own.

The words that lean on an earlier question are in data/conversation_words.txt.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from index.question import DocumentNames, Question
from index.text import QUESTION_SYLLABLES, folded_syllables, one_spelling, syllables
from ingest.folding import fold
from ingest.types import Document

Kind = Literal[
    "document",  # a name of documents of the index
    "place",  # of which the index has no document
    "unit",  # that documents give tasks to
    "noun",  # "kế hoạch", alone
    "that",  # "kế hoạch đó"
    "pronoun",  # "nó", "việc đó"
    "person",  # "ông ấy"
    "asking",  # "ai", "ngày nào"
    "asked",  # "khẩu hiệu", "nơi nhận"
    "light",  # "ký", "phối hợp": says nothing of a subject
    "word",
]
WordKind = Literal[
    "opening",
    "filler",
    "no_opening",
    "about",
    "closing",
    "unit",
    "pronoun",
    "person",
    "that",
    "noun",
    "asking",
    "asked",
    "light",
    "more",
]

_FILE = Path(__file__).parent / "data" / "conversation_words.txt"
_WORD = re.compile(r"[^\W_]+")
PARTY_OFFICES = ("thành ủy", "quận ủy", "huyện ủy", "tỉnh ủy", "thị ủy")
_DIVISIONS = ("thành phố", "tp", "quận", "huyện", "tỉnh", "thị xã", "các cấp")
_BEFORE_NAMES = frozenset("ở tại của bên theo trong cho còn thế vậy với và từ so".split())
_UNIT_BEGINS = re.compile(r"^(?:các|những|đảng đoàn) ", re.IGNORECASE)
_UNITS_JOINED = re.compile(r"\s*[,;]\s*|\s+và\s+(?:các\s+)?|\s+chỉ đạo\s+", re.IGNORECASE)
UNIT_HEADS = frozenset("ban sở phòng ủy mặt đoàn hội văn trung đảng chi công cục vụ bộ báo đài trường viện tòa".split())
_SHORTEST_UNIT = 3  # syllables; shorter ones are in the vocabulary
_LONGEST = 12  # syllables of a name

Syllables: TypeAlias = tuple[str, ...]
_Found: TypeAlias = tuple[int, "Kind", str, Syllables]


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]` of a question; `words` are the same with the marks that the vocabulary has."""

    kind: Kind
    start: int
    end: int
    words: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is needed to follow a conversation; names and places are folded."""

    understand: Callable[[str], Question]
    documents: Mapping[str, Document]
    names: Mapping[Syllables, tuple[str, ...]]  # doc_ids
    heads: Mapping[str, str]  # the doc_id of an issuer by its first syllable, in small letters: "cục"
    units: frozenset[Syllables]  # with marks: units and the first words of long ones
    bare_units: frozenset[Syllables]
    places: frozenset[Syllables]


def lexicon_of(
    documents: Iterable[Document],
    names: Iterable[DocumentNames],
    understand: Callable[[str], Question],
    places: Collection[str] = (),
) -> Lexicon:
    """Give the lexicon of an index; `places` are names by which a question means none of its documents."""
    known = {document.doc_id: document for document in documents}
    by_name: dict[Syllables, tuple[str, ...]] = {}
    for one in names:
        for name in one.names:
            key = tuple(name.split(" "))
            by_name[key] = (*by_name.get(key, ()), one.doc_id)
    units = frozenset(_unit_beginnings(known.values())) | vocabulary()["unit"]
    return Lexicon(
        understand,
        known,
        by_name,
        _heads(known.values()),
        units,
        frozenset(tuple(map(fold, unit)) for unit in units),
        frozenset(tuple(folded_syllables(place)) for place in places) - by_name.keys(),
    )


def _heads(documents: Iterable[Document]) -> dict[str, str]:
    """Give documents by the first syllable of their issuer where no other issuer shares it."""
    found: dict[str, list[str]] = {}
    for document in documents:
        office = syllables(document.facts.issuer or "")
        if office and office[0] != "ban":
            found.setdefault(office[0], []).append(document.doc_id)
    return {head: doc_ids[0] for head, doc_ids in found.items() if len(doc_ids) == 1}


def _unit_beginnings(documents: Iterable[Document]) -> Iterable[Syllables]:
    """Give the beginnings of the units that sections name: "Sở Thông tin", "Sở Thông tin và Truyền thông"."""
    for unit in {section.unit for document in documents for section in document.sections if section.unit}:
        whole = _UNIT_BEGINS.sub("", one_spelling(unit))
        starts = [0, *(match.end() for match in _UNITS_JOINED.finditer(whole))]
        for start in starts:
            words = _without_place(syllables(whole[start:]))
            if words and words[0] in UNIT_HEADS:
                lengths = range(_SHORTEST_UNIT, len(words) + 1)
                yield from (tuple(words[:length]) for length in lengths if words[length - 1] not in ("và", "các"))


def _without_place(words: list[str]) -> list[str]:
    """Leave out "Thành ủy", "thành phố" at the end: they belong to the name of the place."""
    while words and (last := next((w for w in _OF_PLACES if words[-len(w) :] == w), None)):
        words = words[: -len(last)]
    return words


_OF_PLACES = [phrase.split() for phrase in (*PARTY_OFFICES, *_DIVISIONS)]


@cache
def vocabulary() -> Mapping[WordKind, frozenset[Syllables]]:
    """Give the phrases of the file by their kind, with marks; raises ValueError for a bad line."""
    found: dict[WordKind, frozenset[Syllables]] = {}
    kinds: dict[str, WordKind] = {kind: kind for kind in get_args(WordKind)}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, separator, phrases = line.partition(" = ")
        if not separator or name not in kinds or kinds[name] in found:
            raise ValueError(f"{_FILE.name}, line {number}: {line!r} is no new 'kind = phrase, phrase'")
        found[kinds[name]] = frozenset(tuple(syllables(phrase)) for phrase in phrases.split(","))
    return found


@cache
def _phrases(bare: bool) -> Mapping[Syllables, tuple[Kind, str]]:
    """Give kind and marked form of each phrase that can stand anywhere, by its syllables, folded or not."""
    words = vocabulary()
    found: dict[Syllables, tuple[Kind, str]] = {}
    kinds: list[tuple[Kind, Iterable[Syllables]]] = [
        ("asking", words["asking"]),
        ("asked", words["asked"]),
        ("pronoun", words["pronoun"]),
        ("person", words["person"]),
        ("that", [noun + that for noun in words["noun"] for that in words["that"]]),
        ("noun", words["noun"]),
        ("light", words["light"]),
    ]
    if not bare:  # without marks these short words may be too many others
        kinds.append(("light", [(word,) for word in QUESTION_SYLLABLES]))
    for kind, phrases in kinds:
        for phrase in sorted(phrases):
            key = tuple(map(fold, phrase)) if bare else phrase
            found.setdefault(key, (kind, " ".join(phrase)))
    return found


def is_bare(typed: str) -> bool:
    """Say whether a question was typed without any mark."""
    return fold(typed) == typed.lower()


def pieces(text: str, lexicon: Lexicon, bare: bool = False) -> tuple[Piece, ...]:
    """Cut an understood question in one spelling; `bare` reads it by its letters, since its marks are guessed."""
    tokens = list(_WORD.finditer(text))
    marked = tuple(token.group().lower() for token in tokens)
    folded = tuple(map(fold, marked))
    found: list[Piece] = []
    at = 0
    while at < len(tokens):
        length, kind, words, documents = _longest(marked, folded, at, lexicon, bare)
        start, end = tokens[at].start(), tokens[at + length - 1].end()
        found.append(Piece(kind, start, end, words or text[start:end], documents))
        at += length
    if any(piece.kind == "document" for piece in found):  # "hòa bình" is a province only where no plan is named
        return tuple(Piece("word", p.start, p.end, p.words) if p.kind == "place" else p for p in found)
    return tuple(found)


def _longest(marked: Syllables, letters: Syllables, at: int, lexicon: Lexicon, bare: bool) -> _Found:
    """Give the longest piece from a syllable on: its length, kind, words where they are known, documents.

    `letters` are the syllables without their marks.
    """
    longest = min(_LONGEST, len(marked) - at)
    may_be_place = at == 0 or marked[at - 1] in _BEFORE_NAMES
    for length in range(longest, 0, -1):
        exact, folded = marked[at : at + length], letters[at : at + length]
        if folded in lexicon.names:
            return length, "document", "", lexicon.names[folded]
        if exact in lexicon.units or (bare and folded in lexicon.bare_units):
            return length, "unit", "", ()
        if folded in lexicon.places and may_be_place:
            return length, "place", "", ()
        phrase = _phrases(bare=False).get(exact) or (_phrases(bare=True).get(folded) if bare else None)
        if phrase:
            return length, *phrase, ()
    return 1, *_short_name(marked, at, lexicon)


def _short_name(marked: Syllables, at: int, lexicon: Lexicon) -> tuple[Kind, str, tuple[str, ...]]:
    """Read a syllable as a name where it can only be one: "công văn của Cục", a number and nothing else."""
    if len(marked) == 1 and (numbered := lexicon.names.get(("so", marked[0]))):
        return "document", "", numbered
    head = lexicon.heads.get(marked[at])
    if head and (at == 0 or marked[at - 1] in _BEFORE_NAMES or marked[max(0, at - 2) : at] == ("công", "văn")):
        return "document", "", (head,)
    return "word", "", ()
