"""Numbers as outlines print them and people say them: "8", "IV", "thứ hai", "mười lăm"."""

_ONES = {
    "một": 1,
    "nhất": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
_ONE = "|".join(_ONES)
SPELLED = rf"(?:(?:{_ONE}) mươi|mười)(?: (?:{_ONE}))?|{_ONE}"  # numbers below 100 in words, in small letters
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
MOST_ROMAN = 39
_ROMAN_TENS = ("", "X", "XX", "XXX")
_ROMAN_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def arabic(number: str) -> int | None:
    """Give the value of digits, of a Roman numeral below 400 in either case, or of words; None for anything else."""
    if number.isdecimal():
        return int(number)
    digits = number.upper()
    if digits and set(digits) <= set(_ROMAN):
        values = [_ROMAN[digit] for digit in digits]
        return sum(-value if value < max(values[row:]) else value for row, value in enumerate(values))
    return _value_of_words(number)


def roman(value: int) -> str:
    """Give a number from 1 to 39 in Roman numerals; raises IndexError above."""
    return _ROMAN_TENS[value // 10] + _ROMAN_ONES[value % 10]


def _value_of_words(number: str) -> int | None:
    head, tens, tail = number.replace("mười", "một mươi").partition(" mươi")
    if head not in _ONES or (tail and tail[1:] not in _ONES):
        return None
    return _ONES[head] * (10 if tens else 1) + (_ONES[tail[1:]] if tail else 0)
