"""Vietnamese without its marks: what a person types in a hurry, and what OCR gets right."""

import unicodedata


class _Unmarked(dict[int, int | None]):
    """What becomes of each character once letters and marks stand apart; filled as they come."""

    def __missing__(self, char: int) -> int | None:
        found = None if unicodedata.combining(chr(char)) else char
        self[char] = found
        return found


_UNMARKED = _Unmarked(str.maketrans("đĐ", "dD"))


def unmarked(text: str) -> str:
    """Give the text without tone and vowel marks, case kept ("Đấu tranh" -> "Dau tranh")."""
    return unicodedata.normalize("NFD", text).translate(_UNMARKED)


def fold(text: str) -> str:
    """Give the text in lower case without tone and vowel marks ("Đấu tranh" -> "dau tranh").

    Composed letters become one letter each, so a text in NFC keeps its length.
    """
    return unmarked(text).lower()
