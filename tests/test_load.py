"""The load script: what it counts, and that it notices answers and conversations that are mixed up."""

from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from anyio.from_thread import start_blocking_portal

from index.types import Answer, SearchOptions
from tests import load
from tests.load import IN_A_ROW, MOMENTS, Crowd, Seen, ask_as_program, converse, line, measure, percentile, report
from tests.ui.conftest import serving
from tests.ui.fake_engine import ANSWERS, CUT, HOPELESS, SIGNED, WHERE, WHO, FakeEngine
from ui.database import PAGE_FILE
from ui.server import create_app

T = TypeVar("T")
QUESTIONS = [WHO, WHERE, SIGNED, CUT, HOPELESS]


class Mixed(FakeEngine):
    """Gives the answer to the question before, once it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.is_mixed = False

    def ask(self, question: str, options: SearchOptions) -> Answer:
        before = self.asked[-1][0] if self.asked else question
        answer = super().ask(question, options)
        return ANSWERS[before] if self.is_mixed else answer


@contextmanager
def site(engine: FakeEngine, folder: Path) -> Iterator[str]:
    """Run the application around an engine."""
    with serving(create_app(engine, database=folder / PAGE_FILE)) as address:
        yield address


def done(work: Callable[[], Awaitable[T]]) -> T:
    """Do some work in a thread of its own: a browser of other tests may hold this one's event loop."""
    with start_blocking_portal() as portal:
        return portal.call(work)


def test_everybody_gets_their_own_answers(tmp_path: Path) -> None:
    engine = FakeEngine()
    with site(engine, tmp_path) as address:
        alone, together, at_once = done(lambda: measure(address, 5, 5.0, QUESTIONS))
    assert alone.errors + together.errors + at_once.errors == []
    assert len(at_once.page) == 5 * MOMENTS
    assert len(alone.page) == len(QUESTIONS) * IN_A_ROW
    assert len(alone.program) == len(QUESTIONS)
    assert len(together.page) >= 4 * IN_A_ROW  # each of four people had a whole conversation
    assert len(together.program) >= 1
    assert {question for question, _ in engine.asked} >= set(QUESTIONS)


def test_answers_to_other_questions_are_noticed(tmp_path: Path) -> None:
    engine, before, after = Mixed(), Seen(), Seen()

    async def ask_twice(crowd: Crowd) -> None:
        async with crowd.client() as client:
            for seen in (before, after):
                await converse(crowd, seen, 1, 0, client)
                await ask_as_program(crowd, seen, client, WHO)
                engine.is_mixed = True

    with site(engine, tmp_path) as address:
        done(lambda: ask_twice(Crowd(address, QUESTIONS)))
    assert before.errors == []
    assert after.errors[0].startswith(f"person 1: {WHERE!r} is answered")
    assert after.errors[-1].startswith(f"/api/ask: {WHO!r} is answered")


def test_conversations_that_others_can_open_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen()

    async def converse_both(crowd: Crowd) -> None:
        for person in (1, 2):
            async with crowd.client() as client:
                await converse(crowd, seen, person, person, client)

    with site(FakeEngine(), tmp_path) as address:
        done(lambda: converse_both(Crowd(address, QUESTIONS)))
        assert seen.errors == []
        monkeypatch.setattr("ui.chat._user", lambda _: "everybody")
        done(lambda: converse_both(Crowd(address, QUESTIONS)))
    assert seen.errors == [f"person 2 sees a conversation of another: {tuple(QUESTIONS[1:4])}"]


def test_a_server_that_is_gone_is_an_error_and_not_a_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with site(FakeEngine(), tmp_path) as address:
        pass
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(report, address, 2, 0.2, QUESTIONS).result() == 1
    said = capsys.readouterr()
    assert "page, one person alone" in said.out
    assert "ConnectError" in said.err


def test_a_percentile_is_the_nearest_rank() -> None:
    seconds = [float(rank) for rank in range(100, 0, -1)]
    assert [percentile(seconds, share) for share in (0.5, 0.95, 0.99)] == [50, 95, 99]
    assert percentile([0.3, 0.1], 0.5) == 0.1
    assert percentile([0.2], 0.99) == 0.2


def test_a_line_names_count_and_times() -> None:
    assert line("one program", [0.1, 0.2, 0.3]) == (
        "one program                   3 answers   p50    200 ms   p95    300 ms   p99    300 ms"
    )
    assert line("one program", []) == "one program                   0 answers"


def test_a_folder_without_an_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"has no index; run: python -m index build --data"), load.served(tmp_path):
        pass


def test_the_questions_are_real_and_different() -> None:
    questions = load.real_questions()
    assert len(set(questions)) == load.QUESTIONS
    assert all(question.strip() for question in questions)
