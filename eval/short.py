"""Whether the line shown first is the short answer that was wanted, and not merely holds it."""

import re
import unicodedata
from collections.abc import Sequence

MAX_LINE = 250  # characters of one line of an answer, label and place included
MAX_LINES = 5  # a list of units is a short answer, a page of them is not
_WHOLE_SHARE = 0.5  # of a whole passage that the accepted words must fill

_LABEL = re.compile(r"\[\d+[a-z]?\]")
_NOISE = re.compile(r"[*“”\"…]")
_JOINS = re.compile(r"\s*([-–/])\s*")
_SPACES = re.compile(r"\s+")


def plain_words(text: str) -> str:
    """Give the text in NFC and lower case on one line, without labels, emphasis and quotation marks.

    "347- KH/TU" and "347-KH/TU" are the same number: spaces around dashes and strokes go too.
    """
    bare = _NOISE.sub(" ", _LABEL.sub(" ", unicodedata.normalize("NFC", text)))
    return _SPACES.sub(" ", _JOINS.sub(r"\1", bare)).strip().casefold()


def is_short_answer(text: str, accepted: Sequence[str], passages: Sequence[str], lines: int = MAX_LINES) -> bool:
    """Say whether one of the first `lines` lines of an answer gives an accepted short answer.

    A line counts when it is at most 250 characters long and holds the accepted words as whole
    words. A line that merely repeats a whole cited passage counts only
    where the accepted words fill at least half of it (a signature is a passage of its own).
    """
    wholes = {plain_words(passage) for passage in passages}
    for line in text.splitlines()[:lines]:
        if len(line) > MAX_LINE:
            continue
        words = plain_words(line)
        for answer in accepted:
            wanted = plain_words(answer)
            if not re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words):
                continue
            if words not in wholes or len(wanted) >= _WHOLE_SHARE * len(words):
                return True
    return False
