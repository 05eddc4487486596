"""Questions answered within a conversation, and an engine that is late or fails."""

import logging

import pytest

from index.types import SearchOptions
from tests.ui.fake_engine import FOLLOWING, HOPELESS, SIGNED, SUBJECT, TROUBLE, WHO, FakeEngine
from ui.asking import answered
from ui.engine import Engine, EngineUnavailableError, LateEngine
from ui.names import FILTER_TROUBLE, SERVER_TROUBLE
from ui.notices import STALE, library_state
from ui.turn import Turn

ALL = SearchOptions()


def ask(engine: Engine, question: str) -> Turn:
    """Ask one question that stands by itself."""
    return answered(Turn(1, question), None, engine, ALL)[0]


def test_an_answer_brings_its_record_and_what_the_conversation_is_about(engine: FakeEngine) -> None:
    turn, subject = answered(Turn(1, WHO), None, engine, ALL)
    assert turn.record is not None
    assert [citation.label for citation in turn.record.citations] == ["1", "2"]
    assert (turn.about, turn.problem, turn.index_version) == ("", None, "v1")
    assert subject is not None
    assert subject.label == SUBJECT


def test_a_question_on_the_subject_is_asked_in_full_and_says_so(engine: FakeEngine) -> None:
    _, subject = answered(Turn(1, WHO), None, engine, ALL)
    turn, _ = answered(Turn(2, FOLLOWING), subject, engine, ALL)
    assert engine.asked[-1][0] == WHO
    assert turn.about == WHO
    assert turn.record is not None
    assert (turn.record.question, turn.record.understood_as) == (FOLLOWING, WHO)


def test_as_typed_takes_nothing_over(engine: FakeEngine) -> None:
    _, subject = answered(Turn(1, WHO), None, engine, ALL)
    options = SearchOptions(as_typed=True)
    turn, _ = answered(Turn(2, FOLLOWING), subject, engine, options)
    assert engine.asked[-1] == (FOLLOWING, options)
    assert turn.about == ""


def test_a_question_that_finds_nothing_leaves_the_subject(engine: FakeEngine) -> None:
    _, subject = answered(Turn(1, SIGNED), None, engine, ALL)
    _, kept = answered(Turn(2, HOPELESS), subject, engine, ALL)
    assert kept == subject


def test_a_failing_engine_gives_a_calm_message_and_a_log_entry(
    engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        turn = ask(engine, TROUBLE)
    assert turn.problem == SERVER_TROUBLE
    assert "bí mật của máy chủ" in caplog.text
    assert turn.keeps_question


def test_a_document_that_is_gone_from_the_library_is_said(engine: FakeEngine) -> None:
    turn, _ = answered(Turn(1, WHO), None, engine, SearchOptions(documents=("da-go",)))
    assert turn.problem == FILTER_TROUBLE


def test_an_invalid_question_goes_back_into_its_box(engine: FakeEngine) -> None:
    for question in ("", "  ", "dài " * 2_500):
        assert ask(engine, question).keeps_question
    assert not ask(engine, WHO).keeps_question


def test_a_late_engine_is_tried_again_and_opened_once() -> None:
    tries: list[int] = []

    def open_engine() -> Engine:
        tries.append(1)
        if len(tries) < 3:
            raise EngineUnavailableError("Chưa có chỉ mục.")
        return FakeEngine()

    engine = LateEngine(open_engine)
    assert ask(engine, WHO).problem == "Chưa có chỉ mục."
    state = library_state(engine)
    assert state.unavailable
    assert "Chưa có chỉ mục." in state.notice_html
    assert ask(engine, WHO).record is not None
    assert engine.document("can-tho") is not None
    assert not library_state(engine).unavailable
    assert len(tries) == 3


def test_a_stale_index_is_said(engine: FakeEngine) -> None:
    assert library_state(engine).notice_html == ""
    engine.is_stale = True
    assert STALE in library_state(engine).notice_html
