"""Restores the marks that a question lacks: "ai ky ke hoach" is read as "ai ký kế hoạch".

A trigram model of syllables chooses among the marked forms of each syllable. Marks that were typed are kept;
Telex and VNI left-overs and one wrong key a syllable are repaired; everything else (numbers, document symbols,
abbreviations in capitals, foreign words) stays as it was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from math import log
from pathlib import Path

from index.restoration import NUMBER, OTHER, STEP, Model, Reading, likeliest, read_model
from index.syllables import canonical, decode_telex, decode_vni, keeps_marks, one_slip_away
from ingest.folding import fold

MODEL_FILE = Path(__file__).with_name("data") / "diacritics.bin"

_CHUNK = re.compile(r"[^\W_]+(?:[-/.@&+_][^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")
_BEAM, _NARROW_BEAM, _LONG_QUESTION = 8, 2, 60  # paths; paths; words from which the beam is narrow
_DIGIT_AT_END = re.compile(r"\D+\d")
_MOST_SLIPS = 6  # unknown words a question for which slips are tried; with more it is not Vietnamese
_SLIP_READINGS = 16
_LONGEST_SYLLABLE = 7  # letters: "nghiêng"
_LONGEST_KEYS = 11  # "nghieengf" with room for keys struck twice


@dataclass(frozen=True, slots=True)
class Costs:
    """What a reading costs that is not what was typed, in steps of STEP nats."""

    more_marks: int = 80  # a syllable with a mark lacks another one
    unseen: int = 60  # a syllable that the model does not know is right as it stands
    foreign: int = 140  # an unknown word is right as it stands, though a slip would explain it
    neighbour: int = 32
    doubled: int = 30
    extra: int = 64
    swapped: int = 40
    missing: int = 64
    marked_share: float = 0.75  # of the syllables of Vietnamese prose
    doubt: float = 0.3  # marks that a question is taken to lack where it seems to lack none

    def lost_mark(self, words: int, marked: int) -> int:
        """Give the cost of marks on a word typed without, in a question of so many words, so many of them marked.

        It is -log of the share of its marks that the question seems to lack: nothing where all are missing.
        """
        expected = self.marked_share * words
        return round(-log((max(expected - marked, 0) + self.doubt) / (max(expected, marked) + self.doubt)) / STEP)


@cache
def load_restorer() -> "Restorer":
    """Give the restorer of the committed model; the file is read once."""
    return Restorer(read_model(MODEL_FILE.read_bytes()))


class Restorer:
    """Reads questions that lack marks."""

    def __init__(self, model: Model, costs: Costs | None = None) -> None:
        self._model = model
        self._costs = costs or Costs()

    def knows(self, syllable: str) -> bool:
        """Tell whether a syllable is Vietnamese, wherever its tone is placed ("hoà", "hòa")."""
        return canonical(unicodedata.normalize("NFC", syllable)) in self._model.ids

    def restore(self, question: str) -> str:
        """Give the question in NFC with the marks that it lacks."""
        text = unicodedata.normalize("NFC", question)
        spans = list(self._words(text))
        places = self._places([text[start:end] for start, end, _ in spans], [kept for _, _, kept in spans])
        beam = _BEAM if len(spans) < _LONG_QUESTION else _NARROW_BEAM
        parts, at = [], 0
        for (start, end, _), reading in zip(spans, likeliest(self._model, places, beam), strict=True):
            parts += [text[at:start], reading.text]
            at = end
        return "".join([*parts, text[at:]])

    def _words(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Give start and end of each word, and whether it stays as it is: symbols, abbreviations."""
        capitals = text.upper() == text
        for chunk in _CHUNK.finditer(text):
            words = [(chunk.start() + w.start(), chunk.start() + w.end()) for w in _WORD.finditer(chunk[0])]
            joined = len(words) > 1 and not all(self._is_syllable(text[start:end]) for start, end in words)
            for start, end in words:
                abbreviation = end - start > 1 and not capitals and text[start:end].isupper()
                yield start, end, joined or abbreviation

    def _is_syllable(self, word: str) -> bool:
        return fold(word) in self._model.forms

    def _places(self, words: list[str], kept: list[bool]) -> list[list[Reading]]:
        """Give the readings of each word; what is kept has one."""
        syllables = [w for w, keep in zip(words, kept, strict=True) if not keep and self._is_syllable(w)]
        lost = self._costs.lost_mark(len(syllables), sum(fold(w) != w.lower() for w in syllables))
        keys = [None if keep else self._keys(word.lower()) for word, keep in zip(words, kept, strict=True)]
        some_sure = any(key and key[1] for key in keys)
        slips_left = _MOST_SLIPS
        places = []
        for word, keep, key in zip(words, kept, keys, strict=True):
            readings: list[Reading] = []
            if key and (some_sure or key[1]):
                readings = self._marked(word, key[0], lost)
            elif not keep and self._is_syllable(word):
                readings = self._marked(word, word.lower(), lost)
                if slips_left and all(reading.word == OTHER for reading in readings):
                    slips_left -= 1
                    readings += self._slips(word, lost)
            elif not keep and slips_left and self._may_be_slip(word.lower()):
                slips_left -= 1
                readings = self._slips(word, lost)
            number = NUMBER if word[0].isdigit() else OTHER
            places.append(readings or [Reading(0, number, word)])
        return places

    def _keys(self, word: str) -> tuple[str, bool] | None:
        """Give the syllable that Telex or VNI left-overs stand for, and whether that is sure.

        "max" and "muc5" look like left-overs by chance: they are some only beside surer ones.
        """
        if self._is_syllable(word) or len(word) > _LONGEST_KEYS:
            return None
        has_digit = any(c.isdigit() for c in word)
        syllable = decode_vni(word) if has_digit else decode_telex(word)
        if syllable not in self._model.ids:
            return None
        sure = not _DIGIT_AT_END.fullmatch(word) if has_digit else len(word) > 2 and word not in self._model.foreign
        return syllable, sure

    def _marked(self, word: str, typed: str, lost: int) -> list[Reading]:
        """Give the forms of a syllable that have the marks of `typed`; `word` is what stands in the question."""
        model, plain = self._model, fold(typed)
        own = canonical(typed)
        more = self._costs.more_marks if typed != plain else lost
        readings = []
        for form in model.forms[plain]:
            text = model.words[form]
            if text == own:
                readings.append(Reading(0, form, word if typed == word.lower() else _cased(word, text)))
            elif typed == plain or keeps_marks(typed, text):
                cost = more if own in model.ids or typed == plain else lost
                readings.append(Reading(cost, form, _cased(word, text)))
        # In a question that has its marks, an unknown syllable without any may be right as it stands.
        if own not in model.ids and (typed != plain or (own and 2 * lost >= self._costs.unseen)):
            readings.append(Reading(self._costs.unseen if own else self._costs.foreign, OTHER, word))
        return readings

    def _may_be_slip(self, word: str) -> bool:
        """Tell whether an unknown word is to be tried for slips: no number, foreign word or short abbreviation."""
        shortest = 3 if word == fold(word) else 2
        return shortest <= len(word) <= _LONGEST_SYLLABLE + 1 and word.isalpha() and word not in self._model.foreign

    def _slips(self, word: str, lost: int) -> list[Reading]:
        """Give the syllables that a word can be with one wrong key, cheapest first, and the word itself."""
        model, costs = self._model, self._costs
        of_kind = {
            "neighbour": costs.neighbour,
            "doubled": costs.doubled,
            "extra": costs.extra,
            "swapped": costs.swapped,
            "missing": costs.missing,
        }
        is_short = len(word) == 2 or (len(word) == 3 and not set(fold(word)) & set("aeiouy"))
        found: dict[int, int] = {}
        for pattern, kind in one_slip_away(word.lower()):
            if is_short and kind != "neighbour":  # "bch" is an abbreviation, not "bách"
                continue
            plain = fold(pattern)
            for form in model.forms.get(plain, ()):
                text = model.words[form]
                if pattern == plain or keeps_marks(pattern, text):
                    gained = lost if pattern == plain and text != plain else 0
                    found[form] = min(found.get(form, 9_999), of_kind[kind] + gained)
        best = nsmallest(_SLIP_READINGS, found, key=lambda form: found[form] + model.unigram[form])
        readings = [Reading(found[form], form, _cased(word, model.words[form])) for form in best]
        return [*readings, Reading(costs.foreign, OTHER, word)] if readings else []


def _cased(typed: str, syllable: str) -> str:
    """Give a syllable the capitals of what was typed."""
    if len(typed) == len(syllable):
        return "".join(s.upper() if t.isupper() else s for t, s in zip(typed, syllable, strict=True))
    if typed.isupper():
        return syllable.upper()
    return syllable.capitalize() if typed[0].isupper() else syllable
