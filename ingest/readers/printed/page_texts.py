"""Lines with places become the text of pages: what only wraps is joined, paragraphs and headings keep apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

from ingest.blocks import read_marker
from ingest.readers.printed.furniture import without_furniture
from ingest.readers.printed.layout import Region, reading_order
from ingest.readers.printed.lines import Line, PageLines

_INDENT = 0.8  # heights of a line; a line further right than that begins a paragraph
_GAP = 1.3  # times the usual distance of lines: a paragraph ends here
_USUAL_LEADING = 1.2  # where no line follows another
_SPACE = 0.2  # heights of a line; the width of a space
_FLUSH = 0.6  # heights of a line; a line that ends this near the margin was filled
_CENTRED = 0.4  # heights of a line; the middles of centred lines differ by less, their starts by more
_SOFT_HYPHEN = "\u00ad"
_CUT_WORD = re.compile(r"(?<=\w)[-/]$")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=-$)")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Setting:
    """How pages are set: margins in points, the distance of lines in heights of a line.

    `has_indents` where numbered items begin further right than the lines below them.
    """

    left: float
    right: float
    leading: float
    has_indents: bool
    words: frozenset[str]  # in lower case; tell a broken word from one with a hyphen


def page_texts(pages: Sequence[PageLines]) -> tuple[str, ...]:
    """Give the text of each page in reading order, without what is printed on every page.

    "\\n\\n" stands between paragraphs, "\\n" between lines that stand close but do not wrap.
    """
    ordered = [reading_order(page.lines) for page in without_furniture(pages)]
    widths = [round(page.width) for page in pages]
    settings = {
        width: _setting([regions for regions, own in zip(ordered, widths, strict=True) if own == width])
        for width in set(widths)
    }
    return tuple(
        "\n\n".join(_region_text(region, settings[width]) for region in regions)
        for regions, width in zip(ordered, widths, strict=True)
    )


def _setting(pages: Sequence[Sequence[Region]]) -> _Setting:
    """Measure pages of one width."""
    full = [region.lines for regions in pages for region in regions if region.is_full]
    anywhere = [line for regions in pages for region in regions for line in region.lines]
    words = frozenset(word.lower() for line in anywhere for word in _WORD.findall(line.text))
    return replace(_measured(full or [anywhere]), words=words)


def _measured(runs: Sequence[Sequence[Line]]) -> _Setting:
    lines = [line for run in runs for line in run]
    lefts = Counter(round(line.left) for line in lines)
    # The left margin is where lines begin most often, give or take a point on scans.
    left = max(lefts, key=lambda at: (lefts[at - 1] + lefts[at] + lefts[at + 1], -at), default=0)
    rights = sorted(line.right for line in lines)
    pitches = [_pitch(a, b) for run in runs for a, b in pairwise(run)]
    # A few lines reach into the margin: a stamp, a wide table.
    right = rights[-1 - len(rights) // 50] if rights else 0.0
    leading = median_low(pitches) if pitches else _USUAL_LEADING
    items = [line.left > left + _INDENT * line.height for line in lines if read_marker(line.text)]
    return _Setting(float(left), right, leading, 2 * sum(items) >= max(1, len(items)), frozenset())


def _pitch(before: Line, after: Line) -> float:
    return (after.bottom - before.bottom) / max(before.height, after.height, 1.0)


def _region_text(region: Region, setting: _Setting) -> str:
    if region.is_table:
        return "\n".join(line.text for line in region.lines)
    if not region.is_full:
        setting = _of_column(region.lines, setting)
    return "".join(_joined(region.lines, setting))


def _of_column(lines: Sequence[Line], setting: _Setting) -> _Setting:
    """Give the setting of a column, whose lines are too few to take the commonest for the margin."""
    own = _measured([lines])
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return replace(own, left=left, right=right, leading=min(own.leading, setting.leading), words=setting.words)


def _joined(lines: Sequence[Line], setting: _Setting) -> Iterator[str]:
    wrapped = False  # the line before goes on from the one above it
    for before, after in pairwise(lines):
        ends = _ends_paragraph(before, after, setting, wrapped)
        wrapped = not ends and _is_filled(before, after, setting)
        if wrapped:
            yield _wrapped(before.text, after.text, setting.words)
        else:
            yield before.text + ("\n\n" if ends else "\n")
    yield lines[-1].text


def _ends_paragraph(before: Line, after: Line, setting: _Setting, wrapped: bool) -> bool:
    """Say whether the distance or the indent of the next line shows that it begins a paragraph."""
    if _pitch(before, after) > _GAP * setting.leading:
        return True
    indent = _INDENT * after.height
    if after.left <= setting.left + indent or _are_centred(before, after):
        return False
    if after.left > before.left + indent:
        return read_marker(before.text) is None  # else the words of an item hang below each other
    return abs(after.left - before.left) <= indent and not wrapped


def _is_filled(before: Line, after: Line, setting: _Setting) -> bool:
    """Say whether the next line stands apart only because its first word did not fit any more."""
    free, flush = setting.right - before.right, _FLUSH * before.height
    if read_marker(after.text) is not None and not _is_cut_at_marker(before, after, setting):
        return False
    if before.text[-1] in ";:" and free > flush:
        return False
    if before.text.isupper() and after.text != after.text.upper():
        return False
    if _are_centred(before, after):
        return after.text[0].islower()
    first = after.text.split(" ", 1)[0]
    width = (after.right - after.left) * len(first) / len(after.text)
    return free < max(0.9 * (width + _SPACE * after.height), flush)


def _are_centred(one: Line, other: Line) -> bool:
    is_indented = abs(one.left - other.left) > _CENTRED * one.height
    return is_indented and abs(one.left + one.right - other.left - other.right) < 2 * _CENTRED * one.height


def _is_cut_at_marker(before: Line, after: Line, setting: _Setting) -> bool:
    """Say whether what looks like a number or bullet at the start of a line is in the middle of a sentence."""
    if setting.has_indents and setting.right - before.right < _FLUSH * before.height:
        return after.left <= setting.left + _INDENT * after.height
    return after.text[0] in "-–" and after.text.lstrip("-– ")[:1].islower() and before.text[-1] not in ".;:,!?…"


def _wrapped(before: str, after: str, words: frozenset[str]) -> str:
    """Give the line before with what joins it to the next one: a space, or nothing within a word."""
    if before.endswith(_SOFT_HYPHEN):
        return before.removesuffix(_SOFT_HYPHEN)
    if not _CUT_WORD.search(before) or not after[0].isalnum():
        return f"{before} "
    head, tail = _LAST_WORD.search(before), _WORD.match(after)
    # Vietnamese breaks no syllable: only a word that stands unbroken elsewhere was broken here.
    if head and tail and tail[0].islower() and (head[0] + tail[0]).lower() in words:
        return before[:-1]
    return before
