"""What is said in a conversation: a question without the words at its ends that only lean on the one before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.conversation_subject import Span, name_spans, without_names
from index.question import clean
from index.question_pieces import Kind, Lexicon, Piece, Syllables, WordKind, is_bare, pieces, vocabulary
from index.text import one_spelling
from ingest.folding import fold

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a question says between its opening ("còn", "thế") and its end ("thì sao", "vậy")."""

    text: str
    cut: tuple[Piece, ...]
    names: tuple[Span, ...]
    is_bare: bool  # typed without marks
    is_opened: bool  # "còn …", "thế …"
    is_surely_opened: bool  # with its marks
    asks_about: bool  # "… thì sao"

    def has(self, *kinds: Kind) -> bool:
        """Say whether it has a piece of one of these kinds."""
        return any(piece.kind in kinds for piece in self.cut)

    def outside_names(self) -> list[Piece]:
        """Give its pieces that are in no name."""
        return without_names(self.cut, self.names)

    def own_words(self) -> list[Piece]:
        """Give what says something of a subject of its own."""
        return [piece for piece in self.outside_names() if piece.kind == "word"]


def turn_of(question: str, lexicon: Lexicon) -> Turn:
    """Read a question: cut off what it begins and ends with, then cut it into pieces."""
    bare = is_bare(clean(question))
    text = one_spelling(lexicon.understand(question).text)
    tokens = list(_WORD.finditer(text))
    words = [fold(token.group()) if bare else token.group().lower() for token in tokens]
    first, opened, surely = _opening(words, bare)
    last, about = _closing(words[first:], bare)
    last += first
    if last <= first:
        first, last, opened, about = 0, len(words), False, False
    body = text[tokens[first].start() : tokens[last - 1].end()] if tokens else text
    if bare and (first, last) != (0, len(words)):  # its marks were guessed beside the words that are cut off
        body = one_spelling(lexicon.understand(fold(body)).text)
    body = _with_marks(body, pieces(body, lexicon, bare)) if bare else body
    cut = pieces(body, lexicon, bare)
    return Turn(body, cut, tuple(name_spans(body, cut)), bare, opened, surely, about)


def _with_marks(text: str, cut: Sequence[Piece]) -> str:
    """Give a question typed without marks those of the vocabulary, where the guessed ones are others."""
    for piece in reversed(cut):
        if piece.words.lower() != text[piece.start : piece.end].lower():
            text = text[: piece.start] + piece.words + text[piece.end :]
    return text


def _opening(words: Sequence[str], bare: bool) -> tuple[int, bool, bool]:
    """Give how many words a question begins with that say nothing, whether they open a follow-up, and surely so."""
    at, opened, surely = 0, False, False
    while at < len(words):
        if _begins("no_opening", words[at:], bare=True):
            break
        exact, folded = _begins("opening", words[at:], bare=False), _begins("opening", words[at:], bare=True)
        if exact or folded:
            opened, surely = True, surely or exact > 0
            at += exact or folded
        elif (filler := _begins("filler", words[at:], bare)) > bare:  # "o", "da" may be too many other words
            at += filler
        else:
            break
    return at, opened, surely


def _closing(words: Sequence[str], bare: bool) -> tuple[int, bool]:
    """Give how many words are left before those at the end that say nothing, and whether they say "thì sao"."""
    left, about = len(words), False
    while left:
        ending = list(reversed(words[:left]))
        if length := _begins("about", ending, bare, backwards=True):
            about = True
        elif not (length := _begins("closing", ending, bare, backwards=True)):
            break
        left -= length
    return left, about


def _begins(kind: WordKind, words: Sequence[str], bare: bool, backwards: bool = False) -> int:
    """Give the length of the longest phrase of a kind with which words begin, 0 for none; without marks where bare."""
    best = 0
    for phrase in vocabulary()[kind]:
        wanted: Syllables = phrase[::-1] if backwards else phrase
        said = tuple(words[: len(wanted)])
        is_there = said == wanted or (bare and said == tuple(map(fold, wanted)))
        best = max(best, len(wanted) if is_there else 0)
    return best
