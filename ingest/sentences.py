"""Sentence boundaries in Vietnamese administrative prose, as spans of the given text."""

import re
from functools import lru_cache

# A full stop after these does not end a sentence ("TP. Cần Thơ", "Ph. Ăng-ghen", "v.v.").
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|tp|Ph|PGS|GS|TS|ThS|BS|KS|Mr|Mrs|St|Q|P|KT|TM|TL|v\.v|vv|đ/c|Đ/c)|\b\d{1,3})\.$"
)
_BOUNDARY = re.compile(r"[.!?…]+[”\"’')\]*]*(?=\s+[\"“‘'(\[*]*(?P<next>\S))")
_CLAUSE = re.compile(r";[”\"’')\]*]*(?=\s)")
_COMMA = re.compile(r",(?=\s)")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Give the spans of the sentences of `text`, without surrounding spaces; they never overlap."""
    ends = [m.end() for m in _BOUNDARY.finditer(text) if _ends_sentence(text, m)]
    return _cut(text, ends)


def clause_spans(text: str) -> list[tuple[int, int]]:
    """Give the spans between semicolons, for sentences that are lists."""
    return _cut(text, [m.end() for m in _CLAUSE.finditer(text)])


def phrase_spans(text: str) -> list[tuple[int, int]]:
    """Give the spans between commas, the last resort before cutting at a space."""
    return _cut(text, [m.end() for m in _COMMA.finditer(text)])


def piece_spans(text: str) -> list[tuple[int, int]]:
    """Give the spans between sentence ends, semicolons and commas, the smallest before cutting at a space.

    A text without letters or digits is one span.
    """
    ends = [end for _, end in sentence_spans(text)]
    ends += [m.end() for boundary in (_CLAUSE, _COMMA) for m in boundary.finditer(text)]
    return _cut(text, sorted(ends)) or [(0, len(text))]


def idea_spans(text: str, max_syllables: int = 40) -> list[tuple[int, int]]:
    """Give the sentences of a text, those of more than `max_syllables` cut at semicolons.

    A text without letters or digits is one span.
    """
    spans = []
    for start, end in sentence_spans(text):
        if syllable_count(text[start:end]) <= max_syllables:
            spans.append((start, end))
        else:
            spans += [(start + left, start + right) for left, right in clause_spans(text[start:end])]
    return spans or [(0, len(text))]


@lru_cache(maxsize=10_000)
def syllable_count(text: str) -> int:
    """Count the space-separated syllables of a text that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in part) for part in text.split())


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match["next"].islower():
        return False
    before = text[max(0, match.start() - 8) : match.start() + 1]
    found = _ABBREVIATION.search(before)
    return not found or match.group().startswith("..")


def _cut(text: str, ends: list[int]) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            spans.append((left, right))
        start = end
    return spans
