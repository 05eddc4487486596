"""Names and small look-ups in the XML of Word files."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # files saved as "Strict Open XML"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What only wraps paragraphs, rows, cells or runs; insertions are the text as it would be accepted.
_WRAPPERS = frozenset("ins moveTo sdt sdtContent smartTag customXml hyperlink fldSimple dir bdo".split())


def tag(element: "_Element") -> str:
    """Give the name of an element without its namespace; "" for comments and the like."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def child(element: "_Element | None", name: str) -> "_Element | None":
    """Give the first child of this name."""
    if element is None:
        return None
    found = element.find(W + name)
    return found if found is not None else element.find(_STRICT + name)


def attribute(element: "_Element | None", name: str = "val") -> str | None:
    """Give an attribute of Word's own namespace."""
    if element is None:
        return None
    value = element.get(W + name)
    return value if value is not None else element.get(_STRICT + name)


def number(element: "_Element | None", name: str = "val") -> int | None:
    """Give an attribute as a whole number; None where it is none."""
    value = attribute(element, name)
    return int(value) if value is not None and value.removeprefix("-").isdecimal() and len(value) < 10 else None


def is_on(element: "_Element | None") -> bool | None:
    """Give the value of a switch such as <w:b/>; None where it is not set."""
    if element is None:
        return None
    return attribute(element) not in ("0", "false", "off", "none")


def content(element: "_Element") -> "Iterator[_Element]":
    """Give the children, those of wrappers in their place; of alternatives one, of deletions none."""
    for item in element:
        name = tag(item)
        if name == "AlternateContent":
            yield from _one_alternative(item)
        elif name in _WRAPPERS:
            if not _is_placeholder(item):
                yield from content(item)
        elif name not in ("del", "moveFrom", ""):
            yield item


def _one_alternative(element: "_Element") -> "Iterator[_Element]":
    """Word writes a text box twice, for itself and for old versions; either holds all of its text."""
    for name in ("Choice", "Fallback"):
        branch = element.find(_COMPATIBILITY + name)
        if branch is not None and len(branch):
            yield from content(branch)
            return


def _is_placeholder(element: "_Element") -> bool:
    """Say whether a form field still shows its "click here to enter text"."""
    return child(child(element, "sdtPr"), "showingPlcHdr") is not None
