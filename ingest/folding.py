"""Vietnamese without its marks: what a person types in a hurry, and what OCR gets right."""

import unicodedata

_STROKED = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """Give the text in lower case without tone and vowel marks ("Đấu tranh" -> "dau tranh").

    Composed letters become one letter each, so a text in NFC keeps its length.
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKED))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
