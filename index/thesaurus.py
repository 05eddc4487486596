"""Everyday words and what administrative documents say instead, from data/everyday_words.txt."""

import re
from functools import cache, lru_cache
from pathlib import Path

from index.text import one_spelling

_FILE = Path(__file__).parent / "data" / "everyday_words.txt"
_NOT_WORDS = re.compile(r"[^\w-]+")


@cache
def load_thesaurus() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Give the groups of the file: everyday words, official words; raises ValueError for a bad line."""
    groups = []
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        everyday, separator, official = line.partition(" = ")
        if not separator:
            raise ValueError(f"{_FILE.name}, line {number}: no ' = ' between everyday and official words")
        groups.append((_words(everyday), _words(official)))
    return tuple(groups)


@lru_cache(maxsize=1_000)
def official_words(question: str) -> tuple[str, ...]:
    """Give the official words for the everyday ones of a question that it does not hold itself."""
    text = f" {_NOT_WORDS.sub(' ', one_spelling(question).lower())} "
    found: dict[str, None] = {}
    for everyday, official in load_thesaurus():
        if any(f" {word} " in text for word in everyday):
            found.update(dict.fromkeys(word for word in official if f" {word.lower()} " not in text))
    return tuple(found)


def _words(part: str) -> tuple[str, ...]:
    return tuple(one_spelling(word.strip()) for word in part.split(",") if word.strip())
