"""Where the tokens of an indexed text stand in its passage."""

import numpy as np
import pytest

from index.abbreviations import read_abbreviations
from index.build import token_places
from index.context import indexed_place, indexed_text, places_in
from index.late_interaction import NOWHERE
from ingest.passages import split_passages
from tests.plans import HUE, parsed

PLAN = parsed(HUE.replace("sâu rộng", "**sâu\nrộng**").replace("Đoàn Thanh niên", "Đoàn  Thanh niên"), "hue.txt")
PASSAGES = split_passages(PLAN)
ABBREVIATIONS = read_abbreviations([PLAN])


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.locator)
def test_every_character_of_an_indexed_text_stands_where_its_passage_has_it(passage) -> None:
    text = indexed_text(passage, PLAN, ABBREVIATIONS)
    places = places_in(passage, PLAN, range(len(text)))
    inside = [(text[at], place) for at, place in enumerate(places) if place not in (NOWHERE, len(passage.text))]
    assert all(passage.text[place] == shown for shown, place in inside if shown != " ")
    assert "".join(shown for shown, _ in inside if shown != " ") == "".join(passage.text.replace("*", "").split())
    assert list(places) == sorted(places)
    assert places.dtype == np.int32


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.locator)
def test_every_character_that_is_shown_has_its_place_in_the_indexed_text(passage) -> None:
    text = indexed_text(passage, PLAN, ABBREVIATIONS)
    shown = [at for at, character in enumerate(passage.text) if not character.isspace() and character != "*"]
    assert "".join(text[indexed_place(passage, PLAN, at)] for at in shown) == "".join(passage.text[at] for at in shown)


def test_a_model_that_cannot_tell_has_no_places() -> None:
    assert token_places(PASSAGES, {PLAN.doc_id: PLAN}, None) is None
