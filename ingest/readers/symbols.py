"""Signs that word processors keep as places in a symbol font become the Unicode characters they look like."""

_SYMBOL = dict(
    zip(
        b"ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
) | {
    0x22: "∀",
    0x27: "∋",
    0x2D: "−",
    0x40: "≅",
    0x5E: "⊥",
    0x7E: "∼",
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xC5: "⊕",
    0xCE: "∈",
    0xD0: "∠",
    0xD6: "√",
    0xDB: "⇔",
    0xDE: "⇒",
    0xE5: "∑",
    0xF2: "∫",
}
_WINGDINGS = {
    0x22: "✂",
    0x28: "☎",
    0x2A: "✉",
    0x46: "☞",
    0x4A: "☺",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x97: "●", 0xA3: "☐"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = 0xF000  # where symbol fonts keep the character of the place 0x00


def symbol(code: int, font: str | None) -> str:
    """Give the character at a place of a symbol font, with or without the offset of private use.

    Another font's place is the character of that code; a sign that is not known here is "•".
    """
    place = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    table = _FONTS.get((font or "").lower())
    if table is not None and 0 <= place <= 0xFF:  # beyond, another font steps in
        return table.get(place) or (chr(place) if place in b" 0123456789()[]{}+=,./:;<>|%&!?" else "•")
    if place != code:
        return chr(place) if 0x20 <= place < 0x7F else "•"
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""


def without_symbol_places(text: str, font: str | None) -> str:
    """Give a text in which places of symbol fonts are the characters they look like."""
    if (font or "").lower() not in _FONTS and not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(symbol(ord(char), font) if char not in "\n\t" else char for char in text)
