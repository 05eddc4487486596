"""A short question that leans on the one before it, written out: "còn Vũng Tàu thì sao?".

A question counts as a follow-up by signs alone, and only where it says nothing of its own subject: a question that
stands by itself stays as it was typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.conversation_subject import PREPOSITIONS, Subject
from index.conversation_turn import Turn, turn_of
from index.document_reference import Reference, noun_of, place_reference, reference_of
from index.question import invalid_reason
from index.question_pieces import UNIT_HEADS, Lexicon, Piece, pieces, vocabulary
from index.section_reference import levels_named
from index.self_contained import asks_the_same, reference_in, tidy, with_comment, with_other_names, with_other_unit
from index.text import folded_syllables, syllables
from ingest.folding import fold

_SURELY_BACK = ("đó", "ấy", "nói trên", "nêu trên", "vừa nêu", "vừa rồi", "vừa nói")
_SHORT = 5  # syllables that "… thì sao" may be asked of
_ANY_DOCUMENT = {"văn bản", "bản", "bản kế hoạch", "kế hoạch", "công văn"}  # what staff call the documents here
_SMALL_WORDS = PREPOSITIONS | frozenset("còn thì thế vậy cả là có".split())
_DIVISIONS = frozenset("quận huyện tỉnh phường xã thị".split())


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The self-contained question that is really asked, and what it took from the conversation."""

    question: str  # as it was typed where it stands by itself
    subject: Subject | None  # None where it stands by itself


def followed(question: str, subject: Subject | None, lexicon: Lexicon) -> FollowUp:
    """Give the question that is meant in a conversation about `subject`."""
    if subject is None or invalid_reason(question):
        return FollowUp(question, None)
    said = turn_of(question, lexicon)
    meant = _with_names(said, subject, lexicon) if said.names else _without_names(said, subject, lexicon)
    if meant is None or invalid_reason(tidy(meant)):  # too long with what it takes over
        return FollowUp(question, None)
    return FollowUp(tidy(meant), subject)


def _with_names(said: Turn, subject: Subject, lexicon: Lexicon) -> str | None:
    """Write out a question that names documents or a place: they take the place of those before."""
    rest = said.outside_names()
    known = set(folded_syllables(subject.question)) if said.is_opened else set()
    if any(fold(piece.words) not in known for piece in said.own_words()):
        return None
    other = _named(said, lexicon)
    leans = said.is_opened or said.asks_about
    if all(piece.kind in ("noun", "that") or piece.words.lower() in _SMALL_WORDS for piece in rest):
        is_document = bool(noun_of(said.text))  # alone it may be looked for itself
        return with_other_names(subject.question, other, lexicon) if leans or not is_document else None
    is_number = said.is_bare and fold(said.names[0].words).startswith("so ")  # "con số 347 …", not "còn số 347"
    if not said.is_opened or is_number:
        return None
    unit, asks = _units(rest, said.text), said.has("asking", "asked")
    if unit:
        swapped = with_other_unit(subject, unit, lexicon)
        return None if asks else with_other_names(swapped, other, lexicon) if swapped else f"{said.text} có nhiệm vụ gì"
    comment = " ".join(said.text[piece.start : piece.end] for piece in rest if piece.words.lower() != "thì")
    cut = pieces(comment, lexicon, said.is_bare)
    if asks_the_same(cut, subject):
        return with_other_names(subject.question, other, lexicon)
    return with_comment(comment, cut, subject, other)


def _named(said: Turn, lexicon: Lexicon) -> Reference:
    """Give the documents or the place that a question names, in its own words where these tell."""
    words = said.names[0].words
    while words.split(" ", 1)[0].lower() in PREPOSITIONS and " " in words:
        words = words.split(" ", 1)[1]
    doc_ids = tuple(dict.fromkeys(doc_id for piece in said.cut for doc_id in piece.documents))
    known = reference_of(doc_ids, lexicon)
    if known is None:
        return place_reference(words)
    if not lexicon.understand(words).documents:
        return known
    is_noun = bool(noun_of(words))
    return Reference(words, known.is_place and not is_noun, "" if is_noun else known.noun, known.office)


def _without_names(said: Turn, subject: Subject, lexicon: Lexicon) -> str | None:
    """Write out a question that names nothing: by what it points back with, its unit, or its asking words."""
    known = reference_in(subject, lexicon)
    if known and levels_named(said.text):  # whether it says more is costly to know
        understood = lexicon.understand(said.text)
        if understood.is_only_section and not understood.section_documents:
            return _at(known, said)
    own = said.own_words()
    if not all(_may_be(piece.words, subject, known) for piece in said.cut if piece.kind in ("that", "noun")):
        return None
    if said.has("that", "pronoun", "person"):
        return with_comment(said.text, said.cut, subject, known) if not own or _points_back(said) else None
    if unit := _unit_alone(said):
        return _about_unit(said, subject, unit, known, lexicon)
    return _with_own_words(said, subject, known, lexicon) if own else _with_asking_words(said, subject, known)


def _with_asking_words(said: Turn, subject: Subject, known: Reference | None) -> str | None:
    """Write out what says nothing of its subject: "ai ký?", "còn kế hoạch?", "nói rõ hơn"."""
    asks = said.has("asking", "asked")
    if said.has("noun"):
        return with_comment(said.text, said.cut, subject, known) if asks or said.is_opened else None
    if asks and not asks_the_same(said.cut, subject):
        return with_comment(said.text, said.cut, subject, known)
    wants_more = any(tuple(piece.words.split(" ")) in vocabulary()["more"] for piece in said.cut)
    return subject.question if asks or said.is_opened or wants_more else None


def _may_be(words: str, subject: Subject, known: Reference | None) -> bool:
    """Say whether "kế hoạch", "văn bản đó" can be what a conversation is about; "chỉ thị đó" is no plan."""
    nouns = {noun_of(subject.topic), noun_of(known.in_full) if known else ""}
    return noun_of(words) in nouns | _ANY_DOCUMENT


def _points_back(said: Turn) -> bool:
    """Say whether a question with words of its own points back all the same: "kế hoạch đó", "văn bản này" first."""
    if said.cut[0].kind == "that" and said.cut[0].words.endswith(" này"):
        return True
    back = [piece.words for piece in said.cut if piece.kind in ("that", "pronoun")]
    return not said.is_bare and any(words == "nó" or words.endswith(_SURELY_BACK) for words in back)


def _units(cut: Sequence[Piece], text: str) -> str:
    """Give the words from the first unit to the last one, "" where there is none."""
    units = [piece for piece in cut if piece.kind == "unit"]
    return text[units[0].start : units[-1].end] if units else ""


def _unit_alone(said: Turn) -> str:
    """Give the unit that a question speaks of besides words that say nothing, "" where there is none."""
    own = said.own_words()
    if not own:
        return _units(said.cut, said.text)
    is_unknown = own[0] is said.cut[0] and own[0].words.lower() in UNIT_HEADS and len(syllables(said.text)) <= _SHORT
    return said.text if is_unknown and not said.has("asking", "asked", "noun") else ""


def _about_unit(said: Turn, subject: Subject, unit: str, known: Reference | None, lexicon: Lexicon) -> str | None:
    """Ask of a unit what was asked of another one, or what it says itself: "văn phòng thì làm gì"."""
    before, _, after = said.text.partition(unit)
    contrasts = re.match(r"\s+thì\b", after)
    if not (said.is_opened or said.asks_about or contrasts):
        return None
    comment = f"{before} {after[contrasts.end() :] if contrasts else after}".strip()
    swapped = None if comment else with_other_unit(subject, unit, lexicon)
    if swapped:
        return swapped
    asked = comment or "có nhiệm vụ gì"
    if known and not known.is_assumed:
        return f"{unit} {known.located} {asked}"
    return f"{unit} {asked} về {subject.topic}" if subject.topic else f"{unit} {asked}"


def _with_own_words(said: Turn, subject: Subject, known: Reference | None, lexicon: Lexicon) -> str | None:
    """Ask a new question of the same documents, or the same of an unknown place."""
    own = said.own_words()
    is_short = len(syllables(said.text)) <= _SHORT and not said.has("asking")
    if not (said.is_surely_opened or (said.asks_about and is_short)):
        return None
    if own[0] is said.cut[0] and own[0].words.lower() in _DIVISIONS and is_short:
        return with_other_names(subject.question, place_reference(said.text), lexicon)
    if known is None or known.is_assumed:
        return None
    return _at(known, said)


def _at(known: Reference, said: Turn) -> str:
    """Ask a question as it is of documents or a place."""
    return f"{known.located}, {said.text}{' thì sao' if said.asks_about else ''}"
