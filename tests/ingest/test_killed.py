"""Killed at any moment, or run twice at once: every document is the old one or the new one, whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.library import Library
from ingest.types import Document, Passage
from tests.plans import HUE, ROOT

State = dict[str, tuple[Document, list[Passage]]]
ROUNDS = 20
PLACES = "Huế|Đà Nẵng|Vinh|Hội An|Cà Mau|Sóc Trăng|Bến Tre"


def start(folder: Path, data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ingest", str(folder), "--data", str(data)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a process after some time; say whether it was still running."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return process.returncode == -signal.SIGKILL


def state(data: Path) -> State:
    with Library(data / "library.db") as library:
        passages = library.passages()
        return {d.doc_id: (d, [p for p in passages if p.doc_id == d.doc_id]) for d in library.documents()}


def ingested(folder: Path, data: Path) -> State:
    assert main([str(folder), "--data", str(data)]) == 0
    return state(data)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A folder with a plan of each place."""
    folder = tmp_path / "before"
    folder.mkdir()
    for number, place in enumerate(PLACES.split("|")):
        plan = HUE.replace("Thừa Thiên Huế", place).replace("112-KH", f"{number}-KH")
        (folder / f"{place}.txt").write_text(plan, encoding="utf-8")
    return folder


@pytest.fixture
def after(tmp_path: Path, before: Path) -> Path:
    """The folder with every plan changed and a new one."""
    folder = tmp_path / "after"
    shutil.copytree(before, folder)
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "\n\nPhụ lục kèm theo.\n", encoding="utf-8")
    (folder / "Huế 2.txt").write_text(HUE, encoding="utf-8")
    return folder


def test_ingest_killed_twenty_times_leaves_old_or_new_documents(tmp_path: Path, before: Path, after: Path) -> None:
    old, new = ingested(before, tmp_path / "old"), ingested(after, tmp_path / "new")
    assert all(old[key] != new[key] for key in old)
    shutil.copytree(tmp_path / "old", tmp_path / "measured")
    started = time.monotonic()
    assert start(after, tmp_path / "measured").wait() == 0
    run_time = time.monotonic() - started
    chance, killed = random.Random(347), 0
    for number in range(ROUNDS):
        data = tmp_path / f"killed-{number}"
        shutil.copytree(tmp_path / "old", data)
        killed += kill_after(start(after, data), chance.uniform(0.3, 1.0) * run_time)
        found = state(data)
        assert old.keys() <= found.keys() <= new.keys()
        assert all(value in (old.get(key), new[key]) for key, value in found.items())
        assert ingested(after, data) == new
    assert killed > 0


def test_ingest_into_nothing_killed_leaves_a_library_that_opens_or_none(tmp_path: Path, before: Path) -> None:
    whole = ingested(before, tmp_path / "whole")
    chance = random.Random(443)
    for number in range(5):
        data = tmp_path / f"killed-{number}"
        kill_after(start(before, data), chance.uniform(0.1, 0.5))
        found = state(data) if (data / "library.db").is_file() else {}
        assert all(whole[key] == value for key, value in found.items())
        assert ingested(before, data) == whole


def test_two_at_once_do_not_harm_each_other(tmp_path: Path, after: Path) -> None:
    new = ingested(after, tmp_path / "new")
    for number in range(3):
        data = tmp_path / f"data-{number}"
        both = [start(after, data), start(after, data)]
        errors = [process.communicate()[1] for process in both]
        assert (errors, [process.returncode for process in both]) == ([b"", b""], [0, 0])
        assert state(data) == new


def test_forty_kills_of_everything_that_changes_library_or_index() -> None:
    command = [sys.executable, "-m", "tests.kills", "40"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"}, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines()[-1] == "40 kills, each left the library and the index whole"
