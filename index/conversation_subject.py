"""What a conversation is about: the documents and the topic that a short question can lean on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.question import Question
from index.question_pieces import PARTY_OFFICES, Kind, Lexicon, Piece, pieces
from index.text import folded_syllables, one_spelling
from index.types import Answer, group_of

_MOST_DOCUMENTS = 3  # that one answer can be said to come from
_LONGEST_LABEL = 90  # characters
_LEFT_OUT: frozenset[Kind] = frozenset({"asking", "asked", "that", "pronoun", "person"})
_WORD = re.compile(r"[^\W_]+")
# Before a name and between two names they go with it.
PREPOSITIONS = frozenset("của ở tại bên theo trong cho về".split())
_JOINS = PREPOSITIONS | frozenset("và với hay hoặc tỉnh quận huyện thành phố thị xã phường tp".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation is about, from its last question; plain fields, so that a page can keep it."""

    question: str  # self-contained, as it was understood
    documents: tuple[str, ...]  # doc_ids that it names, or the one that its answer comes from
    topic: str  # its words without the asking ones and without names of documents, "" where none is left
    label: str  # for the page, after "Đang hỏi về: "


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end] == words` of a question names documents or a place."""

    start: int
    end: int
    words: str


def subject_of(answer: Answer, lexicon: Lexicon) -> Subject | None:
    """Give what a conversation is about after an answer, None where it leaves nothing to lean on.

    A question that names no document is about those of its best answer, unless they are more than three.
    """
    if answer.refusal in ("invalid_question", "no_documents"):
        return None
    best = [c.document.doc_id for c in answer.citations if group_of(c.label) == group_of(answer.citations[0].label)]
    return subject_from(lexicon.understand(answer.understood_as), best, lexicon)


def subject_from(understood: Question, cited: Sequence[str], lexicon: Lexicon) -> Subject | None:
    """Give what a question is about; `cited` are the doc_ids of its best answer, None where nothing is left."""
    text = one_spelling(understood.text)
    cut = pieces(text, lexicon)
    named = understood.documents or tuple(dict.fromkeys(doc_id for piece in cut for doc_id in piece.documents))
    answering = tuple(dict.fromkeys(cited))
    documents = named or (answering if len(answering) <= _MOST_DOCUMENTS else ())
    topic = topic_of(text, cut, lexicon)
    if not topic and not documents:
        return None
    return Subject(text, documents, topic, _label(documents, text, lexicon))


def topic_of(text: str, cut: Sequence[Piece], lexicon: Lexicon) -> str:
    """Give the words of a question that say what it is about."""
    kept = [piece for piece in without_names(cut, name_spans(text, cut)) if piece.kind not in _LEFT_OUT]
    while kept and kept[0].kind == "light":
        kept = kept[1:]
    while kept and kept[-1].kind == "light":
        kept = kept[:-1]
    runs: list[list[Piece]] = []
    for piece in kept:
        if runs and not _WORD.search(text[runs[-1][-1].end : piece.start]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    topic = " ".join(text[run[0].start : run[-1].end] for run in runs)
    return "" if _says_nothing(topic, cut, lexicon) else topic


def _says_nothing(topic: str, cut: Sequence[Piece], lexicon: Lexicon) -> bool:
    """Say whether a topic only repeats words of the names of the documents ("công văn Cục")."""
    named = {doc_id for piece in cut for doc_id in piece.documents}
    words = {word for doc_id in named for word in folded_syllables(lexicon.documents[doc_id].facts.issuer or "")}
    return set(folded_syllables(topic)) <= words


def name_spans(text: str, cut: Sequence[Piece]) -> list[Span]:
    """Give where a question names documents or places, with the words that belong to the names.

    Names joined by "của", "và" are one span ("kế hoạch 443 của Thành ủy Vũng Tàu").
    """
    spans: list[Span] = []
    for row, piece in enumerate(cut):
        if piece.kind not in ("document", "place"):
            continue
        first = row
        while first > 0 and _belongs(cut[first - 1], text):
            first -= 1
        start = cut[first].start
        if spans and not _WORD.search(text[spans[-1].end : start]):
            start = spans.pop().start
        spans.append(Span(start, piece.end, text[start : piece.end]))
    return spans


def without_names(cut: Sequence[Piece], spans: Sequence[Span]) -> list[Piece]:
    """Give the pieces of a question that are in no name."""
    return [piece for piece in cut if not any(span.start <= piece.start < span.end for span in spans)]


def _belongs(piece: Piece, text: str) -> bool:
    """Say whether a piece before a name goes with it: a preposition, a division, a party office."""
    words = text[piece.start : piece.end].lower()
    return words in PARTY_OFFICES or set(words.split(" ")) <= _JOINS


def _label(documents: Sequence[str], question: str, lexicon: Lexicon) -> str:
    """Give the short titles of the documents, where there is none the question itself."""
    known = [lexicon.documents[doc_id] for doc_id in documents if doc_id in lexicon.documents]
    return _cut("; ".join(document.facts.short_title for document in known) or f"“{question}”")


def _cut(label: str) -> str:
    if len(label) <= _LONGEST_LABEL:
        return label
    return label[: label.rfind(" ", 0, _LONGEST_LABEL)].rstrip(" ,;–-") + "…" + "”" * label.startswith("“")
