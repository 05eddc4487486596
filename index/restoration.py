"""The syllable model behind restored marks: its file, and the likeliest path through readings; pure.

The file is made by `python -m index.train_diacritics`. It is zlib-compressed: one line of JSON (`words`, the
syllables by id; `foreign`, words that are none; the numbers of n-grams), then little-endian
  unigram costs, backoffs    one byte a word
  bigram keys                uint32, differences; key = first * V + second, ascending; V = number of words
  bigram costs, backoffs     one byte a bigram
  trigram keys               uint32, differences; key = rank of the first two among the bigrams * V + third
  trigram costs              one byte a trigram
A cost is -log P in steps of 1/16 nat, at most 255; a backoff is the cost of having no longer n-gram.
"""

import json
import sys
import zlib
from array import array
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import TypeAlias

from ingest.folding import fold

STEP = 1 / 16  # nats a unit of cost
END, NUMBER, OTHER = 0, 1, 2  # the ends of a sentence, any number, any word that is no syllable
CLASSES = ("<end>", "<number>", "<other>")  # words 0, 1, 2 of every model


@dataclass(frozen=True, slots=True)
class Model:
    """A trigram model of syllables with backoff; costs in steps of STEP nats."""

    words: list[str]
    ids: dict[str, int]
    forms: dict[str, list[int]]  # folded syllable -> its marked forms, most frequent first
    foreign: frozenset[str]
    unigram: bytes
    backoff: bytes
    bigrams: dict[int, int]  # key -> rank
    bigram: bytes
    bigram_backoff: bytes
    trigrams: dict[int, int]  # key -> cost


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: its cost beside the model's, its word, the text to show."""

    cost: int
    word: int
    text: str


def read_model(data: bytes) -> Model:
    """Read the bytes of a model file."""
    head, _, body = zlib.decompress(data).partition(b"\n")
    facts = json.loads(head)
    words, pairs, triples = facts["words"], facts["bigrams"], facts["trigrams"]
    sizes = (len(words), len(words), 4 * pairs, pairs, pairs, 4 * triples, triples)
    ends = list(accumulate(sizes))
    unigram, backoff, bigram_keys, bigram, bigram_backoff, trigram_keys, trigram = (
        body[end - size : end] for size, end in zip(sizes, ends, strict=True)
    )
    forms: dict[str, list[int]] = {}
    for word in sorted(range(len(CLASSES), len(words)), key=unigram.__getitem__):
        forms.setdefault(fold(words[word]), []).append(word)
    return Model(
        words=words,
        ids={word: i for i, word in enumerate(words)},
        forms=forms,
        foreign=frozenset(facts["foreign"]),
        unigram=unigram,
        backoff=backoff,
        bigrams=dict(zip(_summed(bigram_keys), range(pairs), strict=True)),
        bigram=bigram,
        bigram_backoff=bigram_backoff,
        trigrams=dict(zip(_summed(trigram_keys), trigram, strict=True)),
    )


def _summed(differences: bytes) -> "accumulate[int]":
    numbers = array("I")
    numbers.frombytes(differences)
    if sys.byteorder == "big":
        numbers.byteswap()
    return accumulate(numbers)


_Chosen: TypeAlias = "tuple[_Chosen, Reading] | None"  # the last first
_Path: TypeAlias = tuple[int, int, int, _Chosen]  # cost, last word, rank of the last two words or -1, chosen


def likeliest(model: Model, places: list[list[Reading]], beam: int) -> list[Reading]:
    """Give one reading a place, so that model and readings together cost least; the first of equals.

    Paths that end in the same two words are one from there on; the `beam` cheapest are followed.
    """
    size, bigrams, trigrams = len(model.words), model.bigrams, model.trigrams
    bigram, bigram_backoff, unigram, backoff = model.bigram, model.bigram_backoff, model.unigram, model.backoff
    states: list[_Path] = [(0, END, -1, None)]
    for readings in [*places, [Reading(0, END, "")]]:
        found: dict[tuple[int, int], _Path] = {}
        for reading in readings:
            word, own = reading.word, reading.cost
            for cost, last, pair, chosen in states:
                rank = bigrams.get(last * size + word, -1)
                step = trigrams.get(pair * size + word) if pair >= 0 else None
                if step is None:
                    step = bigram[rank] if rank >= 0 else backoff[last] + unigram[word]
                    if pair >= 0:
                        step += bigram_backoff[pair]
                total = cost + own + step
                key = (rank, word)
                if key not in found or total < found[key][0]:
                    found[key] = (total, word, rank, (chosen, reading))
        states = list(found.values())
        if len(states) > beam:
            states = sorted(states, key=itemgetter(0))[:beam]
    path: list[Reading] = []
    rest = min(states, key=itemgetter(0))[3]
    while rest:
        rest, reading = rest
        path.append(reading)
    return path[:0:-1]  # without the end
