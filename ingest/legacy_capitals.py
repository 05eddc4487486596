"""What ABC text leaves to its font: capitals with tones, and the letter ư where a hyphen took its place."""

import re
from dataclasses import dataclass

from ingest.syllables import is_syllable

_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"[A-Z\u00a1-\u00a7]")  # those that TCVN3 has: without tones
_SMALL = re.compile(r"[a-z]")
_HYPHENED = re.compile(r"(?<![\w-])[^\W\d_]*-[^\W\d_]*(?![\w-])")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    capitals: int
    has_small: bool

    @property
    def is_capital(self) -> bool:
        return self.capitals > 1 and not self.has_small


def with_capitals(abc: str, decoded: str) -> str:
    """Give decoded ABC text with capitals where its letters without tones are ("CéNG" -> "CỘNG").

    Both texts are of one length. A word of one capital ("KÕ") goes with the word beside it.
    """
    words = [_word(abc, match) for match in _LETTERS.finditer(decoded)]
    if not any(_is_restored(word, decoded) for word in words):
        return decoded
    if not _SMALL.search(abc):
        return decoded.upper()
    letters = list(decoded)
    for before, word, after in zip([None, *words], words, [*words[1:], None], strict=False):
        beside = [other for other in (before, after) if other and _is_restored(other, decoded)]
        if word.is_capital or (not word.has_small and beside):
            letters[word.start : word.end] = decoded[word.start : word.end].upper()
    return "".join(letters)


def _word(abc: str, match: re.Match[str]) -> _Word:
    raw = abc[match.start() : match.end()]
    return _Word(match.start(), match.end(), len(_CAPITAL.findall(raw)), _SMALL.search(raw) is not None)


def _is_restored(word: _Word, decoded: str) -> bool:
    letters = decoded[word.start : word.end]
    return word.is_capital and letters != letters.upper()


def with_hyphens_read(decoded: str) -> str:
    """Give decoded ABC text with ư for each hyphen that only so is part of a syllable ("n-ớc" -> "nước")."""
    return _HYPHENED.sub(lambda match: _read_hyphen(match[0]), decoded)


def _read_hyphen(word: str) -> str:
    joined = word.replace("-", "Ư" if word.isupper() else "ư")
    parts = [part for part in word.split("-") if part]
    is_sure = bool(parts) and not all(is_syllable(part) and len(part) > 1 for part in parts)
    return joined if is_sure and is_syllable(joined) else word
