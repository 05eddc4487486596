"""Outline and facts of real decrees, circulars and regulations against what was written down by hand."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ingest.parse import read_document
from ingest.types import Document

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "expected_documents"
FILES = sorted(path.stem for path in EXPECTED.glob("*.json"))


@cache
def read(name: str) -> Document:
    return read_document(ROOT / "tests" / "documents" / "files" / name)


def load(name: str) -> tuple[Document, dict]:
    return read(name), json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))


def outline_of(document: Document) -> list[dict]:
    """Give the sections but for the bullets, which are counted; titles in small letters.

    Whether a heading is in capitals is what the reader of its font decides.
    """
    bullets = Counter(s.parent for s in document.sections if s.locator.split(", ")[-1].startswith("gạch đầu dòng"))
    return [
        {
            "locator": section.locator,
            "label": section.label,
            "level": section.level,
            "title": section.title.casefold(),
            "bullets": bullets[row],
        }
        | ({} if section.label else {"kind": section.kind})
        for row, section in enumerate(document.sections)
        if not section.locator.split(", ")[-1].startswith("gạch đầu dòng")
    ]


def test_every_word_file_and_printed_file_has_an_expected_outline() -> None:
    files = {path.name for path in (ROOT / "tests" / "documents" / "files").iterdir()}
    assert {name for name in files if not name.endswith(".xls")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_sections_are_those_written_by_hand(name: str) -> None:
    document, expected = load(name)
    wanted = [section | {"title": section["title"].casefold()} for section in expected["sections"]]
    for section in wanted:
        if section.get("kind") == "recipients":
            section["bullets"] = 0  # kept together
    assert outline_of(document) == wanted


@pytest.mark.parametrize("name", FILES)
def test_facts_are_those_that_the_text_states(name: str) -> None:
    document, expected = load(name)
    facts, wanted = document.facts, expected["facts"]
    assert (facts.number, facts.date, facts.place) == (wanted["number"], wanted["date"], wanted["place"])
    assert facts.title.casefold() == wanted["title"].casefold()
    assert (facts.issuer or "").casefold() == wanted["issuer"].casefold()
    assert (facts.signer, (facts.signer_role or "").casefold()) == (
        wanted["signer"],
        (wanted["signer_role"] or "").casefold(),
    )
    assert list(facts.recipients) == wanted["recipients"]


@pytest.mark.parametrize("name", FILES)
def test_warnings_are_those_that_a_librarian_should_see(name: str) -> None:
    document, expected = load(name)
    assert [warning.code for warning in document.warnings] == expected["warnings"]
