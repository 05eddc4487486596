"""Letters of the Vietnamese encodings from before Unicode, as they come out of a reader that took them for Latin ones.

The tables are those of TCVN 5712 (the letters of ABC fonts), RFC 1456 (VISCII), VPS and VNI for Windows.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

ENCODINGS = ("TCVN3", "VNI", "VISCII", "VPS")

_NONE = "·"  # a place that the encoding leaves as it is in Latin-1
_SYMBOL_FONT = 0xF000  # where the characters of a font marked as a symbol font are put

_TCVN3 = {
    0xA0: "·ĂÂÊÔƠƯĐăâêôơưđ·",
    0xB0: "·····àảãáạ·ằẳẵắ·",
    0xC0: "······ặầẩẫấậè·ẻẽ",
    0xD0: "éẹềểễếệìỉ···ĩíịò",
    0xE0: "·ỏõóọồổỗốộờởỡớợù",
    0xF0: "·ủũúụừửữứựỳỷỹýỵ·",
}
_VISCII = {
    0x00: "··Ẳ··ẴẪ·········",
    0x10: "····Ỷ····Ỹ····Ỵ·",
    0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ",
    0x90: "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ",
    0xA0: "Õắằặấầẩậẽẹếềểễệố",
    0xB0: "ồổỗỠƠộờởịỰỨỪỬơớƯ",
    0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ",
    0xD0: "ĐứÒÓÔạỷừửÙÚỹỵÝỡư",
    0xE0: "àáâãảăữẫèéêẻìíĩỉ",
    0xF0: "đựòóôõỏọụùúũủýợỮ",
}
_VPS = {
    0x00: "··ẠẬẶẸỆ·········",
    0x10: "ỊỌỘỢỤỰ···Ỵ··ẪỮ··",
    0x80: "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ",
    0x90: "Ế··ỀỂỄỐỒỔỖýỷỵỚỜỞ",
    0xA0: "·ắằẳẵặỠớÙờởỡŨỨợỪ",
    0xB0: "ổỬỲỸÍÌộỈĨÓửữÒỎÕự",
    0xC0: "ầÁÂấẩẫậđẻÉÊẹỉễịỹ",
    0xD0: "ƯỦồốÔỏơÈừứÚũưÝẺ·",
    0xE0: "àáâãảạă·èéêẽìí·ĩ",
    0xF0: "ẴĐòóôõ·Ơụùúủ·ỶẼỳ",
}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEXES = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVES = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_CIRCUMFLEXES = _VNI_TONES | {mark: "\u0302" + tone for mark, tone in _CIRCUMFLEXES.items()}
_VNI_MARKS = {
    "a": _VNI_CIRCUMFLEXES | {mark: "\u0306" + tone for mark, tone in _BREVES.items()},
    **dict.fromkeys("eo", _VNI_CIRCUMFLEXES),
    **dict.fromkeys("iuyôö", _VNI_TONES),
}
# What the text layer of a PDF has for three bytes of TCVN3: the glyphs of the same look.
_TCVN3_GLYPHS = {"\u2212": "ư", "\u2219": "ã", "\u03bc": "à"}
_GLYPH_IN_WORD = re.compile(r"(?<=[^\W\d_])[\u2212\u2219\u03bc]|[\u2212\u2219\u03bc](?=[^\W\d_])")


def decode(text: str, encoding: str) -> str:
    """Give the Unicode letters (NFC) of text in one of `ENCODINGS` that was read as Windows-1252 or Latin-1.

    What the encoding does not define stays as it is, as do signs such as a minus that stands by itself.
    """
    if encoding == "VNI":
        letters, pattern = _vni()
        decoded = pattern.sub(lambda match: letters[match[0]], text)
    elif encoding == "TCVN3":
        decoded = _GLYPH_IN_WORD.sub(lambda match: _TCVN3_GLYPHS[match[0]], text.translate(_single(encoding)))
    else:
        decoded = text.translate(_single(encoding))
    return unicodedata.normalize("NFC", decoded)


@cache
def _single(encoding: str) -> dict[int, str]:
    """Give the letter of each character that a byte of the encoding is read as."""
    letters: dict[int, str] = {}
    rows: Mapping[int, str] = {"TCVN3": _TCVN3, "VISCII": _VISCII, "VPS": _VPS}[encoding]
    for start, row in rows.items():
        for byte, letter in enumerate(row, start):
            if letter != _NONE:
                windows = bytes([byte]).decode("cp1252", "ignore") or chr(byte)
                letters |= dict.fromkeys((byte, ord(windows), _SYMBOL_FONT + byte), letter)
    return letters


@cache
def _vni() -> tuple[dict[str, str], re.Pattern[str]]:
    """Give the letter of each VNI sequence in either case, and what finds the longest sequence."""
    letters: dict[str, str] = {}
    for first, marks in _VNI_MARKS.items():
        letters |= {first + mark: _VNI_LETTERS.get(first, first) + signs for mark, signs in marks.items()}
    letters |= _VNI_LETTERS
    letters |= {key[0].upper() + key[1:]: letter.upper() for key, letter in letters.items()}
    letters |= {key[0] + key[1:].upper(): letter for key, letter in letters.items()}
    return letters, re.compile("|".join(sorted(letters, key=len, reverse=True)))
