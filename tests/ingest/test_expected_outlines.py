"""The outline and facts of each plan against what a clerk wrote down by hand."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.reading import one_line
from ingest.types import Document

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "expected"
PLANS = sorted(path.stem for path in (ROOT / "corpus").glob("*.txt"))


def load(stem: str) -> tuple[Document, dict]:
    expected = json.loads((EXPECTED / f"{stem}.json").read_text(encoding="utf-8"))
    return read_document(ROOT / "corpus" / f"{stem}.txt"), expected


def test_every_plan_has_an_expected_outline() -> None:
    assert len(PLANS) == 5
    assert {path.stem for path in EXPECTED.glob("*.json")} == {*PLANS, "units"}


@pytest.mark.parametrize("stem", PLANS)
def test_sections_are_those_written_by_hand(stem: str) -> None:
    document, expected = load(stem)
    bullets = Counter(s.parent for s in document.sections if document.text[s.start] in "-–")
    found = [
        {
            "locator": section.locator,
            "level": section.level,
            "title": section.title,
            "kind": section.kind,
            "unit": section.unit,
            "bullets": bullets[row],
        }
        for row, section in enumerate(document.sections)
        if document.text[section.start] not in "-–+"
    ]
    wanted = [
        {key: value for key, value in section.items() if key != "plus"}
        | ({"bullets": 0} if section["kind"] == "recipients" else {})
        for section in expected["sections"]
    ]
    assert found == wanted


@pytest.mark.parametrize("stem", PLANS)
def test_facts_are_those_that_the_text_states(stem: str) -> None:
    document, expected = load(stem)
    facts = asdict(document.facts)
    facts.pop("short_title")
    assert {k: list(v) if isinstance(v, tuple) else v for k, v in facts.items()} == expected["facts"]


@pytest.mark.parametrize("stem", PLANS)
def test_warnings_are_those_that_a_librarian_should_see(stem: str) -> None:
    document, expected = load(stem)
    assert {warning.code for warning in document.warnings} == set(expected["warnings"])


@pytest.mark.parametrize("stem", PLANS)
def test_passages_know_their_unit(stem: str) -> None:
    document, _ = load(stem)
    wanted = json.loads((EXPECTED / "units.json").read_text(encoding="utf-8"))
    passages = split_passages(document)
    cases = next((value for key, value in wanted.items() if key.removesuffix(".txt") == stem))
    assert cases
    for case in cases:
        units = {p.unit for p in passages if one_line(p.text).startswith(case["first_words"])}
        assert units == {case["unit"]}, case["first_words"]
