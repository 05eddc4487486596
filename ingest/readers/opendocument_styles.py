"""Styles of OpenDocument files: how the letters of a paragraph and of a span are printed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers.opendocument_lists import STYLE, TEXT
from ingest.readers.runs import PLAIN, Look
from ingest.readers.word_xml import tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_MAX_ANCESTORS = 20
_Key = tuple[str, str]  # family and name


@dataclass(frozen=True, slots=True)
class TextStyles:
    """The looks of all styles by family and name, with all that they inherit."""

    looks: dict[_Key, Look]

    def paragraph_look(self, element: "_Element") -> Look:
        """Give the look of a paragraph's letters."""
        return self.looks.get(("paragraph", element.get(TEXT + "style-name") or ""), PLAIN)

    def text_look(self, element: "_Element") -> Look:
        """Give the look of a span; it leaves open what the paragraph says."""
        return self.looks.get(("text", element.get(TEXT + "style-name") or ""), PLAIN)


def read_text_styles(*roots: "_Element | None") -> TextStyles:
    """Read the styles of the parts."""
    elements = [item for root in roots if root is not None for item in root.iter()]
    fonts = {
        item.get(STYLE + "name"): (item.get(_SVG + "font-family") or "").strip("'\"")
        for item in elements
        if tag(item) == "font-face"
    }
    own: dict[_Key, Look] = {}
    parents: dict[_Key, str] = {}
    for item in elements:
        if tag(item) != "style":
            continue
        key = (item.get(STYLE + "family") or "", item.get(STYLE + "name") or "")
        own[key] = _read_look(next((part for part in item if tag(part) == "text-properties"), None), fonts)
        parents[key] = item.get(STYLE + "parent-style-name") or ""
    return TextStyles({key: _inherited(key, own, parents) for key in own})


def _inherited(key: _Key, own: dict[_Key, Look], parents: dict[_Key, str]) -> Look:
    look, family = own[key], key[0]
    for _ in range(_MAX_ANCESTORS):
        key = (family, parents[key])
        if key not in own:
            break
        look = look.over(own[key])
    return look


def _read_look(properties: "_Element | None", fonts: dict[str | None, str]) -> Look:
    if properties is None:
        return PLAIN
    name = properties.get(STYLE + "font-name")
    transform, weight = properties.get(_FO + "text-transform"), properties.get(_FO + "font-weight")
    display = properties.get(TEXT + "display")
    return Look(
        font=fonts.get(name) or name or properties.get(_FO + "font-family"),
        is_capital=None if transform is None else transform == "uppercase",
        is_hidden=None if display is None else display == "none",
        is_bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
    )
