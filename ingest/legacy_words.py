"""Single words in the encodings from before Unicode: how well a reading of one speaks for itself."""

import re
from functools import lru_cache
from itertools import pairwise

from ingest.legacy_letters import decode
from ingest.syllables import is_syllable, is_word

# Vietnamese letters that neither Latin-1 nor Windows-1252 has: a line that holds one is in Unicode.
UNICODE_LETTER = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
WORD = re.compile(r"[^ \t\n\f\r\v]+")  # no others: encodings have letters where Unicode has white space

_CACHED_WORDS = 50_000
_SYLLABLES, _NOTHING, _WRITTEN_TOGETHER, _NONSENSE = 2, 0, -1, -2  # qualities
_OPENING, _CLOSING, _NEUTRAL = "“«", "”»", "‘’„‚–—…•\u00a0"
_QUOTES = _OPENING + _CLOSING + _NEUTRAL  # with the hard space: letters only where they complete a syllable
_AT_QUOTES = re.compile(f"([{_QUOTES}])")
_BESIDE_LETTER = re.compile(f"[^\\W\\d_][{_QUOTES}]|[{_QUOTES}][^\\W\\d_]")
_INSIDE_WORD = re.compile(f"[^\\W\\d_][{_NEUTRAL}][^\\W\\d_]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGN_INSIDE = re.compile(r"[^\W\d_][\x00-\x1f\x7f-\x9f\xa1-\xbf“”‘’–—…•\u2212\u2219\u03bc]+[^\W\d_]")
_EUROPEAN = re.compile(r"[«“\"(]*[A-Za-zàâäçèéêëîïñôöùûüœÀÂÄÇÈÉÊËÎÏÑÔÖÙÛÜŒ'’.-]+[-.,;:)\"”»]*")
_ABBREVIATION = re.compile(r"[A-ZĐƯƠĂÂÊÔ]{2,9}")
_ALONE = re.compile("[\x00-\x1f\uf000-\uf0ff]")  # no letters, where a word has no others
_SIGNS_OF_LISTS = re.compile("[·§¨Øü]")  # as fonts of signs have them, where TCVN3 has letters that are no words


@lru_cache(_CACHED_WORDS)
def quality(word: str, encoding: str | None = None) -> int:
    """Tell how well a word reads as Vietnamese: above 0 as such, below 0 not, 0 where nothing can be told.

    The encoding that it was read in matters for its capitals: TCVN3 has none with tones. A word as it
    stands, without an encoding, may be of another language.
    """
    if _SIGN_INSIDE.search(word):
        return _NONSENSE
    if encoding is None and _is_european(word):
        return max(_NOTHING, _quality_of_parts(word, encoding))
    return _quality_of_parts(word, encoding)


def _quality_of_parts(word: str, encoding: str | None) -> int:
    parts = [part for part in _LETTERS.findall(word) if not part.isascii()]
    return min((_quality_of_letters(part, encoding) for part in parts), default=_NOTHING)


def _quality_of_letters(letters: str, encoding: str | None) -> int:
    if encoding != "TCVN3" and not _is_one_case(letters):
        return _NONSENSE
    if is_syllable(letters):
        return _SYLLABLES
    if is_word(letters):
        return _WRITTEN_TOGETHER
    return _NOTHING if len(letters) == 1 or _ABBREVIATION.fullmatch(letters) else _NONSENSE


def _is_one_case(letters: str) -> bool:
    """Tell whether capitals stand alone or at the start of small letters ("HàNội"), not within a syllable ("CộNG")."""
    is_capital = [letter.isupper() for letter in letters]
    return all(is_capital) or not (is_capital[-1] or any(map(all, pairwise(is_capital))))


@lru_cache(_CACHED_WORDS)
def reading(word: str, encoding: str) -> str:
    """Give a word read in an encoding; as it is where that cannot be what it is in."""
    is_sign = _ALONE.fullmatch(word) or (encoding == "TCVN3" and _SIGNS_OF_LISTS.fullmatch(word))
    if is_sign or UNICODE_LETTER.search(word):
        return word
    whole = decode(word, encoding)
    kept = _decode_between_quotes(word, encoding)
    best = whole if _is_better_whole(word, whole, kept) else kept
    is_doubtful = quality(best, encoding) < 0 and not all(is_word(part, 2) for part in _LETTERS.findall(best))
    return word if is_doubtful and _is_european(word) and not _has_pairs(word, encoding) else best


def _decode_between_quotes(word: str, encoding: str) -> str:
    """Decode a word but for its quotes and dashes; a quote that opens after a letter or closes before one is none."""
    pieces = [piece if piece in _QUOTES else decode(piece, encoding) for piece in _AT_QUOTES.split(word)]
    for place in range(1, len(pieces), 2):
        after_letter, before_letter = pieces[place - 1][-1:].isalpha(), pieces[place + 1][:1].isalpha()
        if (after_letter and pieces[place] in _OPENING) or (before_letter and pieces[place] in _CLOSING):
            pieces[place] = decode(pieces[place], encoding)
    return "".join(pieces)


def _is_better_whole(word: str, whole: str, kept: str) -> bool:
    """Tell whether the quotes and dashes of a word are rather letters."""
    if whole == kept or not _is_spelled(whole):
        return "«" in word and whole.islower() and all(map(is_word, _LETTERS.findall(whole)))
    return bool(_INSIDE_WORD.search(kept) or not _is_spelled(kept)) and (
        _BESIDE_LETTER.search(kept) is not None or word.strip(".,;:()") == "«"
    )


def _is_spelled(word: str) -> bool:
    parts = _LETTERS.findall(word)
    return bool(parts) and all(is_syllable(part) and _is_one_case(part) for part in parts)


def _is_european(word: str) -> bool:
    return _EUROPEAN.fullmatch(word) is not None and all(map(_is_one_case, _LETTERS.findall(word)))


def _has_pairs(word: str, encoding: str) -> bool:
    return encoding == "VNI" and len(decode(word, encoding)) < len(word)


def has_sign_inside(word: str) -> bool:
    """Tell whether a sign that is no letter stands between two letters, as no spelling has it."""
    return _SIGN_INSIDE.search(word) is not None
