"""Answers as they are kept: nothing is lost, and what is no record is refused."""

import json

import pytest
from pydantic import ValidationError

from index.report import answer_fields
from tests.ui.fake_engine import ANSWERS, CAN_THO, HOPELESS, IN_8, SIGNED, WHERE, WHO
from tests.ui.kept import citation, record
from ui.record import record_from, record_json, record_of


@pytest.mark.parametrize("question", sorted(ANSWERS))
def test_a_record_comes_back_from_json_as_it_was(question: str) -> None:
    kept = record_of(ANSWERS[question])
    assert record_from(record_json(kept)) == kept
    assert record_from(record_json(kept).encode()) == kept
    assert record_from(json.loads(record_json(kept))) == kept


@pytest.mark.parametrize("question", [WHO, HOPELESS])
def test_its_json_is_that_of_the_command(question: str) -> None:
    assert json.loads(record_json(record(question))) == answer_fields(ANSWERS[question])


def test_the_quotes_are_spans_of_the_document_and_of_the_passage() -> None:
    cited = citation(WHO)
    assert (cited.start, cited.end) == (IN_8.start, IN_8.end)
    assert CAN_THO.text[cited.start : cited.end] == cited.text
    for quote, (start, end) in zip(cited.quotes, cited.quote_spans, strict=True):
        assert CAN_THO.text[quote.start : quote.end] == quote.text == cited.text[start:end]


@pytest.mark.parametrize(("question", "is_repaired"), [(WHO, False), (SIGNED, True), (WHERE, False)])
def test_a_question_that_was_read_otherwise_is_repaired(question: str, is_repaired: bool) -> None:
    assert record(question).is_repaired is is_repaired


@pytest.mark.parametrize("understood_as", ["", " ", f" {WHO}\n"])
def test_space_around_a_question_is_no_repair(understood_as: str) -> None:
    assert not record(WHO, understood_as=understood_as).is_repaired


def test_fields_of_a_newer_program_are_let_through() -> None:
    fields = json.loads(record_json(record(WHO))) | {"confidence": 0.5}
    assert record_from(fields) == record(WHO)


@pytest.mark.parametrize("stored", ["", "null", "{}", '{"question": 1}', b"\xff", {"question": "ai?"}])
def test_what_is_no_record_is_refused(stored: str) -> None:
    with pytest.raises(ValidationError):
        record_from(stored)


def test_a_refusal_of_an_unknown_kind_is_refused() -> None:
    fields = json.loads(record_json(record(HOPELESS))) | {"refusal": "bored"}
    with pytest.raises(ValidationError):
        record_from(fields)
