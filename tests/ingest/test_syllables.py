"""The spelling of Vietnamese syllables."""

import re
from pathlib import Path

import pytest

from ingest.syllables import is_syllable, is_word
from tests.plans import CORPUS


@pytest.mark.parametrize(
    "letters", "nghiêng quốc gì gìn giếng khuỷu thuở ý ỷ ương ĐIỀU Huyện yếu hoà hòa quý xoong ngoằn ăn".split()
)
def test_syllables(letters: str) -> None:
    assert is_syllable(letters)


@pytest.mark.parametrize("letters", "cế kà ngế gê ớc các̀ tàt càc oà1 Société hôtel ư̂ gi b đ QĐ ìì µm".split())
def test_what_is_no_syllable(letters: str) -> None:
    assert not is_syllable(letters)


@pytest.mark.parametrize("letters", ["HàNội", "kilômét", "ôtô", "panô", "côngviệc"])
def test_syllables_written_together(letters: str) -> None:
    assert is_word(letters)
    assert not is_word(letters, 1)


def test_words_of_too_many_syllables() -> None:
    assert is_word("bababa", 3)
    assert not is_word("babababababa")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem[:12])
def test_marked_words_of_the_plans_are_syllables(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    marked = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii() and not word.isupper()]
    wrong = {word for word in marked if not is_syllable(word)}
    assert wrong <= {"đ", "Lênin", "panô"}
