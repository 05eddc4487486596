"""The contents list of a document: which sections it lists, and what it calls them."""

import re

from ingest.types import Document, Section
from ui.markup import esc

_LEVELS = 3  # deeper sections are read in the text, not listed
_INDENTS = 4  # steps of indentation that reader.css knows
# What is listed without a title and at any depth, by its own number: "Phụ lục I, Điều 5" is "Điều 5".
_PART = re.compile(r"(?:^|(?<=[ ,]))(?:Chương|Điều) \w+$")


def outline_html(document: Document) -> str:
    """Give the contents list; each entry leads to the anchor "muc-" and the row of its section."""
    return f"<ol>{''.join(_item(row, section) for row, section in enumerate(document.sections))}</ol>"


def listed_name(section: Section) -> tuple[str, str] | None:
    """Give the number and the name that the list shows, either of them "", None where it does not list it."""
    part = _PART.search(section.label)
    label = part.group() if part else section.label
    if section.level > _LEVELS and part is None:
        return None
    if section.title:
        return label, section.title
    if label and section.unit:
        return label, section.unit
    if part is not None:
        return label, ""
    if section.level > 1:
        return None
    return ("", section.locator) if label in ("", section.locator) else (label, section.locator)


def _item(row: int, section: Section) -> str:
    listed = listed_name(section)
    if listed is None:
        return ""
    label, name = listed
    shown = " ".join(filter(None, (f"<b>{esc(label)}</b>" if label else "", esc(name))))
    return f'<li class="level-{min(section.level, _INDENTS)}"><a href="#muc-{row}">{shown}</a></li>'
