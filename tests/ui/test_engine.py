"""An engine that appears later, and the newer one that takes its place while the old one answers."""

import gc
import threading
import time
import weakref
from collections.abc import Callable

import pytest

import ui.engine
from index.types import SearchOptions
from tests.ui.fake_engine import WHO, FakeEngine
from ui.engine import EngineUnavailableError, LateEngine

WAIT_S = 20.0


@pytest.fixture(autouse=True)
def look_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for a newer version at every use."""
    monkeypatch.setattr(ui.engine, "LOOK_EVERY_S", 0.0)


class Shelf:
    """Engines by version; opening one waits until it may be opened."""

    def __init__(self) -> None:
        self.current = "một"
        self.may_open = threading.Event()
        self.may_open.set()
        self.opened: list[str] = []
        self.broken: set[str] = set()

    def version(self) -> str:
        return self.current

    def open(self) -> FakeEngine:
        version = self.current
        assert self.may_open.wait(WAIT_S)
        self.opened.append(version)
        if version in self.broken:
            raise EngineUnavailableError("chỉ mục hỏng")
        return FakeEngine()


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_it_is_opened_once_it_is_there() -> None:
    engines: list[FakeEngine] = []

    def open_engine() -> FakeEngine:
        if not engines:
            raise EngineUnavailableError("chưa có chỉ mục")
        return engines[0]

    engine = LateEngine(open_engine)
    with pytest.raises(EngineUnavailableError, match="chưa có chỉ mục"):
        engine.documents()
    engines.append(FakeEngine())
    assert len(engine.documents()) == 2
    assert engine.opened() is engines[0]


def test_the_old_engine_answers_until_the_newer_one_is_open() -> None:
    shelf = Shelf()
    engine = LateEngine(shelf.open, shelf.version)
    old = engine.opened()
    shelf.may_open.clear()
    shelf.current = "hai"
    for _ in range(3):
        assert engine.opened() is old
        assert engine.ask(WHO, SearchOptions()).citations
    shelf.may_open.set()
    wait_for(lambda: engine.opened() is not old)
    assert shelf.opened == ["một", "hai"]
    newer = engine.opened()
    assert [engine.opened() for _ in range(3)] == [newer] * 3
    assert shelf.opened == ["một", "hai"]


def test_the_old_engine_is_let_go() -> None:
    shelf = Shelf()
    engine = LateEngine(shelf.open, shelf.version)
    old = weakref.ref(engine.opened())
    shelf.current = "hai"
    engine.opened()

    def is_gone() -> bool:
        gc.collect()
        return old() is None

    wait_for(is_gone)


def test_a_newer_one_that_cannot_be_opened_leaves_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.engine, "TRY_AGAIN_S", 0.0)
    shelf = Shelf()
    engine = LateEngine(shelf.open, shelf.version)
    old = engine.opened()
    shelf.broken.add("hai")
    shelf.current = "hai"

    def was_tried_again() -> bool:
        assert engine.opened() is old
        return shelf.opened.count("hai") > 1

    wait_for(was_tried_again)
    shelf.broken.clear()
    wait_for(lambda: engine.opened() is not old)


def test_a_version_that_disappears_changes_nothing() -> None:
    shelf = Shelf()
    engine = LateEngine(shelf.open, shelf.version)
    old = engine.opened()
    shelf.current = ""
    assert engine.opened() is old
    assert shelf.opened == ["một"]


def test_it_is_looked_for_at_most_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(ui.engine, "LOOK_EVERY_S", 1.0)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    looks: list[float] = []

    def version() -> str:
        looks.append(now[0])
        return "một"

    engine = LateEngine(FakeEngine, version)
    for moment in (100.0, 100.5, 100.9, 101.0, 101.5, 102.1):
        now[0] = moment
        engine.opened()
    assert looks == [100.0, 101.0, 102.1]
