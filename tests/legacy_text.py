"""Vietnamese text as files from before Unicode hold it, in tables of their own: alphabet first, not bytes first."""

import re
import unicodedata

ENCODINGS = ("TCVN3", "VNI", "VISCII", "VPS")
MARKED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_SMALL = {
    "TCVN3": "b5b8b6b7b9a8bbbebcbdc6a9c7cac8c9cbaeccd0cecfd1aad2d5d3d4d6d7ddd8dcdedfe3e1e2e4abe5e8e6e7e9"
    "aceaedebeceeeff3f1f2f4adf5f8f6f7f9fafdfbfcfe",
    "VISCII": "e0e1e4e3d5e5a2a1c6c7a3e2a5a4a6e7a7f0e8e9eba8a9eaabaaacadaeecedefeeb8f2f3f6f5f7f4b0afb1b2b5"
    "bdb6beb7defef9fafcfbf8dfd7d1d8e6f1cffdd6dbdc",
    "VPS": "e0e1e4e3e5e6a2a1a3a4a5e2c0c3c4c5c6c7e8e9c8ebcbea8a898bcd8cecedccefcef2f3d5f586f4d2d3b087b6"
    "d6a9a7aaabaef9fafbdbf8dcd8d9babbbfff9a9bcf9c",
}
_CAPITAL = {
    "VISCII": "c0c1c4c380c58281020583c28584860687d0c8c9cb8889ca8b8a8c8d8ecccd9bce98d2d399a09ad4908f919293"
    "b4969597b394d9da9c9d9ebfbbbabcffb99fdd14191e",
    "VPS": "80c1818202888e8d8ff004c28483851c03f1d7c9defe05ca9390949506b5b4b7b810bcb9bdbe11d49796989912"
    "f79e9d9fa613a8dad1ac14d0afadb11d15b2ddfdb319",
}
_VNI = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò oø où oû oõ oï "
    "oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
)


def letters_of(encoding: str) -> dict[str, str]:
    """Give what stands for each marked letter that an encoding has, as Latin-1 reads it."""
    if encoding == "VNI":
        small = dict(zip(MARKED, _VNI.split(), strict=True))
        return small | {letter.upper(): sign.upper() for letter, sign in small.items()}
    small = dict(zip(MARKED, bytes.fromhex(_SMALL[encoding]).decode("latin-1"), strict=True))
    if encoding == "TCVN3":
        return small | dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
    return small | dict(zip(MARKED.upper(), bytes.fromhex(_CAPITAL[encoding]).decode("latin-1"), strict=True))


def encoded(text: str, encoding: str, codec: str = "latin-1") -> str:
    """Give a text as a reader that knows no Vietnamese gets it, its bytes read as Latin-1 or Windows-1252.

    What the encoding has no sign for stays, as it does where a word processor falls back to another
    font; a capital that TCVN3 lacks is the small letter that its capital fonts show so.
    """
    letters = letters_of(encoding)
    return "".join(_read(letters.get(c, letters.get(c.lower(), c)), codec) if c in _ALL else c for c in text)


def held(text: str, encoding: str) -> str:
    """Give what of a text comes back: TCVN3 loses a capital with a tone that no other capital stands beside."""
    text = unicodedata.normalize("NFC", text)
    if encoding != "TCVN3":
        return text
    lost = {c: c.lower() for c in MARKED.upper() if c not in "ĂÂÊÔƠƯĐ"}
    table = str.maketrans(lost)
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if m[0].isupper() and len(m[0]) > 1 else m[0].translate(table), text)


def _read(sign: str, codec: str) -> str:
    return "".join(bytes([ord(c)]).decode(codec, "ignore") or c for c in sign)


_ALL = frozenset(MARKED + MARKED.upper())
