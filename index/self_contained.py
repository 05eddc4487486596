"""Questions put together from the one before and what a follow-up says instead."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.conversation_subject import PREPOSITIONS, Subject, name_spans
from index.document_reference import ANY_NOUN, Reference, noun_of, place_reference, reference_of
from index.intents import DOCUMENT_TYPES, Intent, intents_of
from index.question_pieces import PARTY_OFFICES, Lexicon, Piece, pieces, vocabulary
from index.text import syllables

# Facts of a document as a whole: the topic within it says nothing of them.
_OF_ITS_ISSUE: frozenset[Intent] = frozenset(("signature", "recipients", "own_date", "own_number"))
_OF_THE_DOCUMENT: frozenset[Intent] = _OF_ITS_ISSUE | {"slogans", "forms", "purpose", "audience"}
_ANYTHING = frozenset(("", "gì", "cái gì", "những gì", "là gì", "thế nào", "như thế nào", "ra sao", "sao", "không"))
_BEFORE_NAME = re.compile(rf"^(?:(?:{'|'.join(sorted(PREPOSITIONS))}) )+", re.IGNORECASE)
_IN_FULL = {"số mấy": "mang số mấy", "số bao nhiêu": "mang số bao nhiêu", "ai": "do ai thực hiện"}
_NUMBERED = re.compile(rf"(?:{DOCUMENT_TYPES}) (?:số )?\d", re.IGNORECASE)  # a document that another one speaks of
_SPACES = re.compile(r"\s+")


def tidy(question: str) -> str:
    """Give a question on one line with one mark at its end."""
    line = _SPACES.sub(" ", question).strip(" ,;:.?!…")
    return f"{re.sub(r' (?=[,;?])', '', line)}?"


def reference_in(subject: Subject, lexicon: Lexicon) -> Reference | None:
    """Give how to speak of the documents of a subject, or of the place that its question names."""
    known = reference_of(subject.documents, lexicon)
    spans = name_spans(subject.question, pieces(subject.question, lexicon))
    if known is None:
        return place_reference(_BEFORE_NAME.sub("", spans[0].words)) if spans else None
    return known if spans else replace(known, is_assumed=True)


def with_other_names(question: str, other: Reference, lexicon: Lexicon) -> str:
    """Give a question asked of other documents: what it names disappears."""
    spans = name_spans(question, pieces(question, lexicon))
    if not spans:
        return f"{other.located}, {question}"
    parts = [question[: spans[0].start], _fitted(spans[0].words, other)]
    for span, following in zip(spans, [*(s.start for s in spans[1:]), len(question)], strict=True):
        parts.append(question[span.end : following])
    if noun_of(other.name):
        parts[0] = _without_last_noun(parts[0])
    return "".join(parts)


def _fitted(words: str, other: Reference) -> str:
    """Give other documents in the place of the words that name some: "ở quận Nam Từ Liêm" becomes "ở Vũng Tàu"."""
    before = match.group() if (match := _BEFORE_NAME.match(words)) else ""
    core = words[len(before) :].lower()
    if noun_of(other.name):
        return "trong " * before.lower().startswith(("ở", "tại", "theo", "bên", "trong")) + other.name
    if noun_of(core):
        return before + other.in_full
    if core.startswith(PARTY_OFFICES) and other.office.lower().startswith(PARTY_OFFICES):
        return before + other.office
    return ("của " if before and not other.is_place else before) + other.name


def _without_last_noun(words: str) -> str:
    """Leave out the noun that the name brings itself: "ai ký kế hoạch " before "kế hoạch 443"."""
    for noun in sorted((" ".join(noun) for noun in vocabulary()["noun"]), key=len, reverse=True):
        if re.search(rf"(?:^|\s){noun}\s*$", words, re.IGNORECASE):
            return words.rstrip()[: -len(noun)]
    return words


def with_other_unit(subject: Subject, unit: str, lexicon: Lexicon) -> str | None:
    """Give the question of a subject asked of another unit, None where it speaks of none."""
    cut = pieces(subject.question, lexicon)
    old = next((piece for piece in cut if piece.kind == "unit"), None)
    if old is None:
        return None
    return subject.question[: old.start] + unit + subject.question[old.end :]


def asks_the_same(cut: Sequence[Piece], subject: Subject) -> bool:
    """Say whether a follow-up asks nothing new: "còn ai nữa không" after a question for "ai"."""
    before = " ".join(["", *syllables(subject.question), ""])
    said = " ".join(piece.words.lower() for piece in cut)
    return said in _ANYTHING or all(f" {' '.join(syllables(piece.words))} " in before for piece in cut)


def with_comment(comment: str, cut: Sequence[Piece], subject: Subject, known: Reference | None) -> str:
    """Give a question that asks something else of a subject; `cut` are the pieces of the comment."""
    back = next((piece for piece in cut if piece.kind in ("that", "pronoun", "person", "noun")), None)
    head = _head(subject.topic, known, back is not None and back.kind != "pronoun", comment)
    if back:
        words = f"người ký {head}" if back.kind == "person" else head
        return f"{comment[: back.start]}{words}{comment[back.end :]}"
    if cut[0].kind == "asked":
        joint = "của" if noun_of(head) else "về"
        return f"{comment[: cut[0].end]} {joint} {head}{comment[cut[0].end :]}"
    return f"{head} {_IN_FULL.get(comment.lower(), comment)}"


def _head(topic: str, known: Reference | None, of_document: bool, comment: str) -> str:
    """Give what is asked about: the topic in its documents, or the documents themselves."""
    asked = intents_of(comment)
    is_noun = bool(noun_of(topic))
    if known is None:
        about_any = (of_document or asked & _OF_ITS_ISSUE) and topic and not is_noun
        return f"{ANY_NOUN} về {topic}" if about_any else topic
    whole = of_document or asked & _OF_THE_DOCUMENT or comment.lower().startswith("số ")
    if _NUMBERED.match(topic) or (topic and known.is_assumed and not whole):
        return topic
    if not topic or tuple(syllables(topic)) in vocabulary()["noun"] or (whole and not is_noun):
        return known.in_full
    return f"{topic} {known.located}"
