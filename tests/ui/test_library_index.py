"""The index is built by one other process at a time; what happens to it is said, and nothing blocks."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from index.__main__ import main as index
from ingest.library import LIBRARY_FILE, Library
from tests.fakes import build, fill
from tests.plans import HUE, parsed
from ui.library_index import FAILED, RUNNING, WAITING, IndexBuilder, build_command, needs_build

WAIT_S = 60.0
PLAN = parsed(HUE, "huế.txt")
# Writes its process number, then waits until there is a file "đi"; writes its priority, ends with what the file says.
PROGRAM = """
import os, pathlib, sys, time
place = pathlib.Path(sys.argv[1])
with (place / "chạy").open("a") as file:
    file.write(f"{os.getpid()}\\n")
print(sys.argv[2], file=sys.stderr, flush=True)
while not (place / "đi").exists():
    time.sleep(0.01)
(place / "ưu tiên").write_text(str(os.nice(0)))
sys.exit((place / "đi").read_text() or 0)
"""


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class Site:
    """A builder whose builds wait for a word."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.says = "embedding:  0text [00:00, ?text/s]"
        self.builder = IndexBuilder(place / "dữ liệu", self.command)

    def command(self, _data: Path) -> list[str]:
        return [sys.executable, "-c", PROGRAM, str(self.place), self.says]

    def runs(self) -> list[int]:
        path = self.place / "chạy"
        return [int(line) for line in path.read_text().splitlines()] if path.exists() else []

    def go(self, reason: str = "") -> None:
        (self.place / "đi").write_text(reason)

    def wait(self, state: str) -> str:
        wait_for(lambda: self.builder.state()[0] == state)
        return self.builder.state()[1]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    opened = Site(tmp_path)
    yield opened
    opened.builder.close()


def test_what_is_asked_for_during_a_build_is_built_once_afterwards(site: Site) -> None:
    assert site.builder.state() == ("idle", "")
    site.builder.request()
    wait_for(lambda: len(site.runs()) == 1)
    for _ in range(3):
        site.builder.request()
    assert site.builder.state() == ("running", RUNNING)
    site.go("")
    wait_for(lambda: len(site.runs()) == 2)
    site.wait("idle")
    assert len(site.runs()) == 2
    assert site.builder.state() == ("idle", "")


def test_it_says_how_far_the_build_is_and_leaves_the_processor_to_who_asks(site: Site) -> None:
    site.says = "embedding:  40%|████      | 34/85 [00:01<00:01, 30text/s]"
    site.builder.request()
    wait_for(lambda: "40" in site.builder.state()[1])
    assert site.builder.state()[1] == RUNNING.replace("chỉ mục;", "chỉ mục (40\N{NO-BREAK SPACE}%);", 1)
    site.go()
    site.wait("idle")
    assert int((site.place / "ưu tiên").read_text()) == min(19, os.nice(0) + 10)


def test_a_build_that_fails_is_said_until_one_succeeds(site: Site) -> None:
    site.go("đĩa đầy")
    site.builder.request()
    assert site.wait("failed") == FAILED
    site.go()
    site.builder.request()
    assert site.wait("idle") == ""


def test_a_command_that_does_not_exist_is_a_failure(tmp_path: Path) -> None:
    builder = IndexBuilder(tmp_path, lambda _: [str(tmp_path / "không có")])
    builder.request()
    wait_for(lambda: builder.state()[0] == "failed")
    builder.close()


def test_closing_kills_the_build(site: Site) -> None:
    site.builder.request()
    wait_for(lambda: len(site.runs()) == 1)
    site.builder.close()
    with pytest.raises(ProcessLookupError):
        os.kill(site.runs()[0], 0)
    site.builder.request()
    assert len(site.runs()) == 1


def test_it_waits_for_a_build_of_another_process(site: Site) -> None:
    folder = site.place / "dữ liệu" / "index"
    folder.mkdir(parents=True)
    site.go()
    with FileLock(folder / ".lock"):
        site.builder.request()
        assert site.builder.state() == ("waiting", WAITING)
        assert site.runs() == []
    wait_for(lambda: len(site.runs()) == 1)
    site.wait("idle")


def test_the_real_build_keeps_the_model_of_the_index(tmp_path: Path, tiny_model: Path) -> None:
    assert build_command(tmp_path)[-2:] == ["--model", "e5-small"]
    assert not needs_build(tmp_path)
    fill(tmp_path, [PLAN])
    assert needs_build(tmp_path)
    assert index(["build", "--data", str(tmp_path), "--model", str(tiny_model)]) == 0
    assert build_command(tmp_path)[-2:] == ["--model", str(tiny_model)]
    assert not needs_build(tmp_path)
    with Library(tmp_path / LIBRARY_FILE) as library:
        library.edit(PLAN.doc_id, {"place": "Cố đô"})
    assert needs_build(tmp_path)
    builder = IndexBuilder(tmp_path)
    builder.request()
    wait_for(lambda: not needs_build(tmp_path))
    wait_for(lambda: builder.state() == ("idle", ""))
    builder.close()


def test_a_library_that_cannot_be_read_is_not_built(tmp_path: Path) -> None:
    fill(tmp_path, [PLAN])
    build(tmp_path)
    (tmp_path / LIBRARY_FILE).write_bytes(b"no library at all" * 100)
    assert not needs_build(tmp_path)
