"""A watched folder: files come in once they are whole, each change is told once, and it stops when asked."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from ingest.library import Library
from ingest.sync import SyncOptions
from ingest.watch import watch_folder
from tests.plans import HUE, ROOT

VINH = HUE.replace("Thừa Thiên Huế", "Nghệ An").replace("112-KH", "114-KH")


class Steps(Event):
    """Does a step between two looks in the place of waiting, and stops when none is left."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        super().__init__()
        self._steps = list(steps)

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002
        if self._steps:
            self._steps.pop(0)()
        else:
            self.set()
        return self.is_set()


def nothing() -> None:
    """Let a look find what the one before found."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "văn bản"
    path.mkdir()
    return path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data" / "library.db", create=True) as opened:
        yield opened


def watched(folder: Path, library: Library, *steps: Callable[[], object], prune: bool = False) -> list[tuple[str, str]]:
    results = watch_folder(folder, library, SyncOptions(prune=prune), Steps(*steps))
    return [(result.status, result.source) for result in results]


def write(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text, encoding="utf-8")


def test_what_is_there_and_what_is_dropped_in_is_taken_in_once(folder: Path, library: Library) -> None:
    write(folder / "huế.txt", HUE)()
    drop = write(folder / "vinh.txt", VINH)
    assert watched(folder, library, nothing, nothing, drop, nothing, nothing) == [
        ("added", "huế.txt"),
        ("added", "vinh.txt"),
    ]
    assert [document.text for document in library.documents()] == [HUE, VINH]


def test_a_file_that_still_grows_waits_and_others_do_not(folder: Path, library: Library) -> None:
    write(folder / "vinh.txt", VINH)()
    steps = [write(folder / "huế.txt", HUE[:length]) for length in (100, 300, 600, len(HUE))]
    steps[0]()
    steps = [*steps[1:], nothing]
    assert watched(folder, library, *steps) == [("added", "vinh.txt"), ("added", "huế.txt")]
    assert {document.text for document in library.documents()} == {HUE, VINH}
    assert all(library.version_of(document.doc_id) == 1 for document in library.documents())


def test_changed_failed_renamed_and_gone(folder: Path, library: Library) -> None:
    path = folder / "huế.txt"
    steps = [
        write(path, HUE),
        nothing,
        write(path, HUE + "\nPhụ lục kèm theo.\n"),
        nothing,
        lambda: path.write_bytes(b"\x00"),
        nothing,
        nothing,
        write(path, HUE + "\nPhụ lục kèm theo.\n"),
        nothing,
        lambda: path.rename(folder / "thừa thiên.txt"),
        nothing,
        (folder / "thừa thiên.txt").unlink,
        nothing,
        nothing,
    ]
    assert watched(folder, library, *steps) == [
        ("added", "huế.txt"),
        ("replaced", "huế.txt"),
        ("failed", "huế.txt"),
        ("kept", "huế.txt"),
        ("replaced", "thừa thiên.txt"),
        ("gone", "thừa thiên.txt"),
    ]
    assert [document.source for document in library.documents()] == ["thừa thiên.txt"]


def test_prune_removes_what_is_gone(folder: Path, library: Library) -> None:
    path = folder / "huế.txt"
    steps = [write(path, HUE), nothing, path.unlink, nothing]
    assert watched(folder, library, *steps, prune=True) == [("added", "huế.txt"), ("removed", "huế.txt")]
    assert library.documents() == []


def test_changed_metadata_is_of_all_files(folder: Path, library: Library) -> None:
    metadata = folder / "metadata.toml"
    steps = [
        write(folder / "huế.txt", HUE),
        write(folder / "vinh.txt", VINH),
        nothing,
        write(metadata, '["huế.txt"]\nplace = "Thành phố Huế"\n'),
        nothing,
        metadata.unlink,
        nothing,
    ]
    assert watched(folder, library, *steps) == [
        ("added", "huế.txt"),
        ("added", "vinh.txt"),
        ("replaced", "huế.txt"),
        ("kept", "vinh.txt"),
        ("replaced", "huế.txt"),
        ("kept", "vinh.txt"),
    ]
    assert {document.facts.place for document in library.documents()} == {"Huế"}


def test_trouble_is_told_once_and_the_files_are_tried_again(folder: Path, library: Library) -> None:
    write(folder / "huế.txt", HUE)()
    write(folder / "metadata.toml", "lỗi")()
    steps = [nothing, nothing, nothing, write(folder / "metadata.toml", ""), nothing, nothing]
    assert watched(folder, library, *steps) == [("failed", "văn bản"), ("added", "huế.txt"), ("kept", "huế.txt")]
    away = folder.with_name("cất đi")
    steps = [nothing, lambda: folder.rename(away), nothing, nothing, lambda: away.rename(folder), nothing]
    assert watched(folder, library, *steps) == [("kept", "huế.txt"), ("failed", "văn bản")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_takes_in_what_is_dropped_and_stops_when_asked(
    folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-m", "ingest", str(folder), "--data", str(tmp_path / "dữ liệu"), "--watch"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"watching {folder}; Ctrl-C stops\n"
        write(folder / "huế.txt", HUE)()
        assert process.stdout.readline() == "added     huế.txt: 11 sections, 9 passages\n"
        process.send_signal(number)
        out, err = process.communicate()
    assert out == f"stopped; 1 documents in {tmp_path / 'dữ liệu' / 'library.db'}\n"
    assert (process.returncode, err) == (0, "")
