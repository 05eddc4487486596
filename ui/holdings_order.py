"""The Vietnamese order of words: letters first, then tones, numbers by their value."""

import re
import unicodedata

Weight = tuple[int, int, str]  # what kind of thing, its place among its kind, digits
OrderKey = tuple[tuple[Weight, ...], tuple[int, ...]]

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {tone: place for place, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_PARTS = re.compile(r"[0-9]+|\s+|.", re.DOTALL)


def order_key(text: str) -> OrderKey:
    """Give what texts are sorted by, whatever their case: the rules of CLDR for Vietnamese, and numbers by value.

    "da" < "dạ" < "đa": the marks that make letters count before the tones of the whole text.
    """
    letters, tones = _without_tones(text.strip().lower())
    return tuple(map(_weight, _PARTS.findall(letters))), tones


def _without_tones(text: str) -> tuple[str, tuple[int, ...]]:
    """Give the text with whole letters ("ề" as "ê") and the tone of each of its characters, 0 for none."""
    letters: list[str] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", text):
        if char in _TONES and tones:
            tones[-1] = _TONES[char]
        elif unicodedata.combining(char) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
            tones.append(0)
    return "".join(letters), tuple(tones)


def _weight(part: str) -> Weight:
    if part.isspace():
        return 0, 0, ""
    if part[0].isdecimal() and part.isascii():
        digits = part.lstrip("0")
        return 2, len(digits), digits
    if part in _LETTERS:
        return 3, _LETTERS[part], ""
    plain = unicodedata.normalize("NFD", part)[0]  # a letter of another language goes with its plain one
    return (3, _LETTERS[plain], part) if plain in _LETTERS else (4 if part.isalpha() else 1, ord(plain), part)
