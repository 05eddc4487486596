"""Numbers as word processors print them in front of list items."""

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LARGEST = 32_767  # what word processors count up to; more is a damaged file


def roman(value: int) -> str:
    """Give a number in Roman capitals; one outside 1 to 32,767 in digits."""
    if not 0 < value <= _LARGEST:
        return str(value)
    letters = ""
    for worth, letter in _ROMAN:
        count, value = divmod(value, worth)
        letters += letter * count
    return letters


def letter(value: int) -> str:
    """Give a number as a small letter: a to z, then aa, bb; one outside 1 to 780 in digits."""
    if not 0 < value <= 780:
        return str(value)
    times, row = divmod(value - 1, 26)
    return chr(ord("a") + row) * (times + 1)


def bullet(char: str, depth: int) -> str:
    """Give the mark of a list without numbers, as administrative plans print it: "-", below it "+".

    A dash and a plus stay what they are; `depth` counts from 0 at the outermost list without numbers.
    """
    if char in ("-", "–", "—", "\u2010", "\u2011", "\u2212", "\uf02d"):
        return "-"
    return "+" if char == "+" or depth else "-"
