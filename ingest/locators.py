"""How a section is cited: "Mục V.8", "Điều 5 khoản 2 điểm a", "Phụ lục I, Mục 2"."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Marker, Rank
from ingest.numerals import arabic

_IN_ARTICLE = {Rank.PART: "mục", Rank.ROMAN: "mục", Rank.LETTER: "điểm"}
_COUNTED = frozenset(range(Rank.ANNEX, Rank.ARTICLE + 1)) | {Rank.ROMAN, Rank.ARABIC}


@dataclass(slots=True)
class Open:
    """A section whose end is not known yet; `row` is its place among the sections."""

    row: int
    rank: int
    label: str
    locator: str
    path: str  # the numbers alone, from the innermost part with a name of its own down
    bullets: dict[int, int] = field(default_factory=dict)  # so far, by rank


def open_item(row: int, marker: Marker, above: Sequence[Open]) -> Open:
    """Give a new item its label and locator; `above` are the open sections that it lies in, from the top.

    The bullets of the section right above are counted on.
    """
    parent = above[-1] if above else None
    if marker.name:
        return _named(row, marker, above)
    if marker.rank >= Rank.DASH:
        return Open(row, marker.rank, "", _bullet(marker, parent), "")
    if marker.rank == Rank.PAREN:
        label = f"{parent.label}({marker.number})" if parent and parent.label else ""
        locator = f"{parent.locator if parent else ''} ({marker.number})".strip()
        return Open(row, marker.rank, label, locator, label)
    if Rank.DOTTED <= marker.rank < Rank.LETTER:
        # "1.2" already says that it is the second of "1".
        parent = next((opened for opened in reversed(above) if opened.rank <= Rank.ROMAN), None)
    if parent and any(opened.rank == Rank.ARTICLE for opened in above):
        locator = f"{parent.locator} {_IN_ARTICLE.get(Rank(marker.rank), 'khoản')} {marker.number}"
        return Open(row, marker.rank, locator, locator, "")
    path = f"{parent.path}.{marker.number}" if parent and parent.path else marker.number
    part = next((opened for opened in reversed(above) if opened.rank < Rank.PART), None)
    if part is None:
        return Open(row, marker.rank, path, f"Mục {path}", path)
    locator = f"{part.locator}, Mục {path}"
    return Open(row, marker.rank, locator, locator, path)


def value_of(marker: Marker) -> int | None:
    """Give what a number counts, None where its order says nothing."""
    if marker.rank not in _COUNTED:
        return None
    number = marker.number.split(" ")[-1]
    digits = number.rstrip("abcdđeghik")
    if digits.isdecimal():
        return int(digits)
    return arabic(number)


def _named(row: int, marker: Marker, above: Sequence[Open]) -> Open:
    """Articles are counted through a whole document or annex, the parts above them within each other."""
    own = f"{marker.name} {marker.number}".strip()
    below_annex = [opened for opened in above if opened.rank <= Rank.FORM or marker.rank != Rank.ARTICLE]
    if below_annex:
        parent = below_annex[-1]
        own = f"{parent.locator}, {own}" if parent.rank <= Rank.FORM else f"{parent.locator} {own}"
    return Open(row, marker.rank, own, own, "")


def _bullet(marker: Marker, parent: Open | None) -> str:
    if parent is None:
        return "Phần đầu"
    count = parent.bullets[marker.rank] = parent.bullets.get(marker.rank, 0) + 1
    return f"{parent.locator}, {'gạch đầu dòng' if marker.rank == Rank.DASH else 'dấu cộng'} thứ {count}"
