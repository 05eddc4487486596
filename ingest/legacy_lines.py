"""Lines in the encodings from before Unicode: which encoding a line is in, and the line in Unicode."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.legacy_letters import ENCODINGS
from ingest.legacy_words import UNICODE_LETTER, WORD, has_sign_inside, quality, reading
from ingest.syllables import is_syllable

_LEAST_WORDS = 3  # of a line that alone shows a second encoding in a text
_LEAST_LEAD = 6  # in points of one encoding over another: less comes of a misspelling
_LEAST_SHARE_OF_SYLLABLES = 0.6  # other languages have a third at most, Vietnamese plans nine tenths
_LETTERS = re.compile(r"[^\W\d_]+")
_IN_WORD = re.compile(r"[^\W\d_]{2}")
_NOT_PLAIN = re.compile(r"[^ -~]")  # control characters too: two encodings have letters there

_Options = tuple[str | None, ...]  # encodings that suit a line equally well, None for leaving it


@dataclass(frozen=True, slots=True)
class _Gain:
    """What reading a line in an encoding gains over leaving it, in the unit of `quality`."""

    encoding: str
    points: int
    words: frozenset[str]  # those that read better


def choose_encodings(lines: Sequence[str]) -> list[str | None]:
    """Give the encoding of each line, None where it stays as it is."""
    gains = [_gains(line) for line in lines]
    accepted = _accepted(lines, gains)
    suited = [_options(line, row, accepted) for line, row in zip(lines, gains, strict=True)]
    return _with_neighbours(lines, suited)


def read_line(line: str, encoding: str) -> str:
    """Give a line of an encoding in Unicode, word by word."""
    return WORD.sub(lambda match: reading(match[0], encoding), line)


def _gains(line: str) -> list[_Gain]:
    """Give the gain of every encoding that changes the line; none for a line with letters of Unicode alone."""
    if UNICODE_LETTER.search(line):
        return []
    words = [word for word in WORD.findall(line) if _NOT_PLAIN.search(word)]
    return [_gain(words, encoding) for encoding in ENCODINGS if any(reading(w, encoding) != w for w in words)]


def _gain(words: Iterable[str], encoding: str) -> _Gain:
    gained = [(word, quality(reading(word, encoding), encoding) - quality(word)) for word in words]
    return _Gain(
        encoding, sum(points for _, points in gained), frozenset(word for word, points in gained if points > 0)
    )


def _accepted(lines: Sequence[str], gains: Sequence[Sequence[_Gain]]) -> list[str]:
    """Give the encodings that the text as a whole shows beyond chance, that of most words first."""
    won: dict[str, dict[int, _Gain]] = {}
    for row, of_line in enumerate(gains):
        best = max(of_line, key=lambda gain: gain.points, default=None)
        if best and best.points > 0:
            won.setdefault(best.encoding, {})[row] = best
    ordered = sorted(won, key=lambda encoding: -sum(gain.points for gain in won[encoding].values()))
    return [encoding for encoding in ordered if _is_shown(lines, won[encoding], encoding, encoding == ordered[0])]


def _is_shown(lines: Sequence[str], won: Mapping[int, _Gain], encoding: str, is_main: bool) -> bool:
    """Tell whether the lines that an encoding suits best, with those around them, read as Vietnamese in it."""
    words = {word for gain in won.values() for word in gain.words if _IN_WORD.search(reading(word, encoding))}
    signs = {sign for word in words for sign in _NOT_PLAIN.findall(word)}
    if len(signs) < 2 and not any(has_sign_inside(word) for word in words):
        return False
    if not is_main and all(len(gain.words) < _LEAST_WORDS for gain in won.values()):
        return False
    around = {near for row in won for near in (row - 1, row, row + 1) if 0 <= near < len(lines)}
    judged = [lines[row] for row in sorted(around) if row in won or not UNICODE_LETTER.search(lines[row])]
    return _share_of_syllables(judged, encoding) >= _LEAST_SHARE_OF_SYLLABLES


def _share_of_syllables(lines: Iterable[str], encoding: str) -> float:
    """Give the share of the words of two letters and more that are Vietnamese syllables, abbreviations left out."""
    words = [word for line in lines for word in _LETTERS.findall(read_line(line, encoding)) if len(word) > 1]
    judged = [word for word in words if is_syllable(word) or not word.isupper()]
    return sum(is_syllable(word) for word in judged) / max(1, len(judged))


def _options(line: str, gains: Iterable[_Gain], accepted: Sequence[str]) -> _Options:
    """Give what may suit a line, best first; nothing where all is the same."""
    if UNICODE_LETTER.search(line):
        return (None,)
    found = sorted((gain for gain in gains if gain.encoding in accepted), key=lambda gain: -gain.points)
    if not found:
        return ()
    best = found[0].points
    if best <= 0:
        return (None, *(gain.encoding for gain in found if gain.points == 0))
    return tuple(gain.encoding for gain in found if gain.points > best - _LEAST_LEAD)


def _with_neighbours(lines: Sequence[str], suited: Sequence[_Options]) -> list[str | None]:
    """Decide what is open as the nearest line above that shows what it is in, or else the nearest below."""
    shows = [
        len(options) == 1 and (options[0] is not None or UNICODE_LETTER.search(line) is not None)
        for line, options in zip(lines, suited, strict=True)
    ]
    chosen: list[str | None] = []
    above = next((options[0] for options, is_shown in zip(suited, shows, strict=True) if is_shown), None)
    for options, is_shown in zip(suited, shows, strict=True):
        above = options[0] if is_shown else above
        chosen.append(above if above in options else next(iter(options), None))
    return chosen
