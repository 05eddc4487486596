"""The same questions as people also type them, made by rule; equal questions give equal variants."""

import random
import unicodedata
from collections.abc import Callable

from ingest.folding import unmarked

PLAIN = "plain"
_SEED = 20241217

_SYLLABLE_BREAK = " "
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Telex: the keys of each mark. The tone key is typed at the end of the syllable.
_TONE_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPE_KEYS = {("a", "\u0302"): "a", ("e", "\u0302"): "e", ("o", "\u0302"): "o"}
_HOOKED = {"\u0306": "w", "\u031b": "w"}  # breve and horn


def unchanged(text: str, _seed: str = "") -> str:
    """Give the text as it is."""
    return text


def without_marks(text: str, _seed: str = "") -> str:
    """Give the text without tone and vowel marks, case kept ("Đấu tranh" -> "Dau tranh")."""
    return unicodedata.normalize("NFC", unmarked(text))


def half_marks(text: str, seed: str) -> str:
    """Take the marks off half of the syllables that carry any, rounded up, chosen by the seed."""
    parts = text.split(_SYLLABLE_BREAK)
    marked = [i for i, part in enumerate(parts) if without_marks(part) != part]
    chosen = random.Random(seed).sample(marked, (len(marked) + 1) // 2)
    return _SYLLABLE_BREAK.join(without_marks(part) if i in chosen else part for i, part in enumerate(parts))


def one_slip(text: str, seed: str) -> str:
    """Make one typing slip: a neighbouring key, or Telex keys left over in one syllable, by a coin.

    The key is a letter without marks in a word of two letters or more, its neighbour one of the
    same or an adjoining row of QWERTY. Digits stay: a slip there asks for another document.
    """
    chance = random.Random(seed)
    parts = text.split(_SYLLABLE_BREAK)
    marked = [i for i, part in enumerate(parts) if telex(part) != part]
    if marked and chance.random() < 0.5:
        at = chance.choice(marked)
        parts[at] = telex(parts[at])
        return _SYLLABLE_BREAK.join(parts)
    places = [
        (i, j)
        for i, part in enumerate(parts)
        for j, letter in enumerate(part)
        if letter.lower() in _NEIGHBOURS and sum(c.isalpha() for c in part) > 1
    ]
    if not places:
        return text
    i, j = chance.choice(places)
    key = chance.choice(_NEIGHBOURS[parts[i][j].lower()])
    parts[i] = parts[i][:j] + (key.upper() if parts[i][j].isupper() else key) + parts[i][j + 1 :]
    return _SYLLABLE_BREAK.join(parts)


def capitals(text: str, _seed: str = "") -> str:
    """Give the text in capitals."""
    return text.upper()


def decomposed(text: str, _seed: str = "") -> str:
    """Give the text in NFD, as some keyboards and copied file names have it."""
    return unicodedata.normalize("NFD", text)


def telex(syllable: str) -> str:
    """Give the Telex keys of a syllable, its tone key after its last letter ("đấu" -> "ddaaus")."""
    keys, tone, letters = "", "", 0
    for char in unicodedata.normalize("NFC", syllable):
        base, *marks = list(unicodedata.normalize("NFD", char))
        shape = "".join(_SHAPE_KEYS.get((base.lower(), mark), "") or _HOOKED.get(mark, "") for mark in marks)
        tone += "".join(_TONE_KEYS.get(mark, "") for mark in marks)
        typed = "dd" if char == "đ" else "Dd" if char == "Đ" else base + shape
        keys += typed
        letters = len(keys) if char.isalpha() else letters
    return keys[:letters] + tone + keys[letters:]


def _neighbours() -> dict[str, str]:
    found = {}
    for row, line in enumerate(_KEYBOARD):
        for column, key in enumerate(line):
            near = [(row, column - 1), (row, column + 1), (row - 1, column), (row - 1, column + 1)]
            near += [(row + 1, column - 1), (row + 1, column)]
            found[key] = "".join(
                _KEYBOARD[r][c] for r, c in near if 0 <= r < len(_KEYBOARD) and 0 <= c < len(_KEYBOARD[r])
            )
    return found


_NEIGHBOURS = _neighbours()

VARIANTS: dict[str, Callable[[str, str], str]] = {
    PLAIN: unchanged,
    "no_marks": without_marks,
    "half_marks": half_marks,
    "one_slip": one_slip,
    "capitals": capitals,
    "nfd": decomposed,
}


def vary(variant: str, question_id: str, text: str) -> str:
    """Give a question in a variant; the id seeds what is chosen by chance."""
    return VARIANTS[variant](text, f"{_SEED}:{variant}:{question_id}")
