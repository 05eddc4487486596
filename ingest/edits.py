"""Facts that a person has corrected by hand: which there are, what they may be, and that they win.

They lie over what the text says and over `metadata.toml`, whatever is read again.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from ingest.errors import IngestError, printable
from ingest.metadata import FACT_OF_WARNING
from ingest.types import Document, DocumentFacts

EditFault = Literal["unknown", "too long", "control character", "no date"]

# The facts that can be corrected, with the most characters that they may have.
EDITABLE: dict[str, int] = {
    "title": 500,
    "short_title": 200,
    "number": 60,
    "date": 10,
    "issuer": 200,
    "place": 120,
    "signer": 100,
    "signer_role": 200,
}
YEARS = range(1900, 2101)  # of dates that can be entered; another one is a slip of the hand

_PRINTS_NOTHING = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")  # comes along from a clipboard
_HIDING = frozenset({"Cc", "Cf", "Cs", "Co"})  # categories of Unicode: steers, turns around, stands for nothing
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WRITTEN_DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_FAULTS: dict[EditFault, str] = {
    "unknown": "is no fact that can be corrected; there are: " + ", ".join(EDITABLE),
    "too long": "is too long, at most {limit} characters; shorten it",
    "control character": "holds a character that prints nothing or turns the direction of letters; type it anew",
    "no date": "is no date; write it as 2025-03-05, 2025-03 or 2025",
}


class EditError(IngestError):
    """A fact cannot be corrected so; `fact` names it, `fault` says what is wrong, `limit` how long it may be."""

    def __init__(self, fact: str, fault: EditFault) -> None:
        self.fact = fact
        self.fault = fault
        self.limit = EDITABLE.get(fact, 0)  # characters
        super().__init__(f"{printable(fact)}: {_FAULTS[fault].format(limit=self.limit)}")


def checked_edits(changes: Mapping[str, str]) -> dict[str, str]:
    """Give corrections as they are stored: NFC, on one line, dates in ISO 8601; "" takes what the text says.

    A date may be written as in Vietnam ("05/03/2025", "3/2025"). Raises EditError.
    """
    return {fact: _checked(fact, value) for fact, value in changes.items()}


def edited_facts(facts: DocumentFacts, edits: Mapping[str, str]) -> DocumentFacts:
    """Give the facts with the corrected ones in their place; a short title that is the title follows it."""
    given: dict[str, Any] = dict(edits)
    if "title" in edits and facts.short_title == facts.title:
        given.setdefault("short_title", edits["title"])
    return replace(facts, **given)


def edited_document(document: Document, edits: Mapping[str, str]) -> Document:
    """Give a document with its corrected facts; warnings of what a person has settled are gone."""
    if not edits:
        return document
    warnings = tuple(warning for warning in document.warnings if FACT_OF_WARNING.get(warning.code) not in edits)
    return replace(document, facts=edited_facts(document.facts, edits), warnings=warnings)


def _checked(fact: str, value: str) -> str:
    if fact not in EDITABLE:
        raise EditError(fact, "unknown")
    plain = unicodedata.normalize("NFC", value.translate(_PRINTS_NOTHING))
    if any(unicodedata.category(char) in _HIDING and char not in "\t\r\n" for char in plain):
        raise EditError(fact, "control character")
    line = " ".join(plain.split())
    if fact == "date" and line:
        return _iso_date(line)
    if len(line) > EDITABLE[fact]:
        raise EditError(fact, "too long")
    return line


def _iso_date(written: str) -> str:
    """Give a date of full or reduced precision in ISO 8601."""
    if found := _ISO_DATE.fullmatch(written):
        year, month, day = found.groups()
    elif found := _WRITTEN_DATE.fullmatch(written):
        day, month, year = found.groups()
    else:
        raise EditError("date", "no date")
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise EditError("date", "no date") from error
    if whole.year not in YEARS:
        raise EditError("date", "no date")
    return whole.isoformat()[: 10 if day else 7 if month else 4]
