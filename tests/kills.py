"""python -m tests.kills 500: kill the program so often, at random moments of random work, and look what is left.

After each kill the library and the index must be whole and equal to what they were before the work
or to what they are after it; the work is then done to its end. Everything runs in forked children,
which start at once because all is imported.
"""

import argparse
import os
import random
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, redirect_stderr
from io import StringIO
from pathlib import Path
from threading import Lock

import numpy as np

from index.abbreviations import read_abbreviations
from index.context import indexed_text
from index.dense import Dense
from index.late_interaction import TokenVectors
from index.lexical import Lexical
from index.text import segmented
from index.versions import (
    LEXICAL_FOLDER,
    SNAPSHOT_FILE,
    VECTORS_FILE,
    check_whole,
    current_folder,
    index_folder,
    read_manifest,
)
from ingest.__main__ import main as ingest
from ingest.library import LIBRARY_FILE, Library
from ingest.parse import sha256_of
from ingest.uploads import files_folder
from tests.fakes import build, hashed_vector
from tests.plans import HUE
from ui.library_intake import FileQueue

Rows = dict[str, list[tuple[object, ...]]]
Work = Callable[[Path], object]  # does something to a data directory
TABLES = ("documents", "sections", "passages", "former_versions", "edits")
OFTEN = {
    "add": 2,
    "replace": 2,
    "upload": 2,
    "edit": 4,
    "remove": 4,
    "undo": 4,
    "re-index": 1,
}  # short work is often done too soon to kill
WORK_OF_A_DESK = 40  # then a new library, since history makes each look longer


def run(work: Callable[[], object], kill_after: float | None = None) -> tuple[bool, float]:
    """Do some work in a child; say whether it was killed before its end, and the seconds that it ran."""
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            work()
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    handle = os.pidfd_open(pid)
    done, _, _ = select.select([handle], [], [], kill_after)
    if not done:
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(handle)
    assert status in (0, -signal.SIGKILL), f"the work ended with status {status}"
    return status != 0, time.monotonic() - started


def rows_of(path: Path) -> Rows:
    """Give every row of a library, which must be whole."""
    with Library(path), closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def state(data: Path) -> tuple[Rows, Rows]:
    """Give every row of the library, and of the copy that the current version of the index was made of.

    What came in through the page must have its file.
    """
    with Library(data / LIBRARY_FILE) as library:
        folders, files = library.folders(), files_folder(data)
        uploaded = [document for document in library.documents() if folders[document.doc_id] == files.resolve()]
    assert all(sha256_of(files / document.source) == document.sha256 for document in uploaded)
    return rows_of(data / LIBRARY_FILE), rows_of(current_folder(data) / SNAPSHOT_FILE)


def check_index(data: Path) -> None:
    """Check that the current version is the one that was built, with a vector for each passage of its copy."""
    folder = current_folder(data)
    manifest = read_manifest(folder)
    check_whole(folder, manifest)
    with Library(folder / SNAPSHOT_FILE) as snapshot:
        assert snapshot.version() == manifest.library_version
        documents = {document.doc_id: document for document in snapshot.documents()}
        passages = snapshot.passages()
    dense, tokens = Dense.load(folder / VECTORS_FILE), TokenVectors.load(folder)
    assert (len(documents), len(passages)) == (manifest.documents, manifest.passages)
    assert dense.shape[0] == tokens.passages == len(passages)
    Lexical.load(folder / LEXICAL_FOLDER, len(passages))
    abbreviations = read_abbreviations(documents.values())
    for row, passage in enumerate(passages):
        vector = hashed_vector(indexed_text(passage, documents[passage.doc_id], abbreviations))
        assert np.isclose(dense.cosines(vector, np.array([row]))[0], 1.0)


class Desk:
    """A folder of plans, and what a librarian does with it: one change at a time."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder = folder
        self._chance = chance
        self._written = 0
        folder.mkdir()
        for _ in range(3):
            self._write(f"kế hoạch {self._written}.txt")

    def next_work(self, data: Path) -> tuple[str, Work]:
        """Choose what is done next, with its name; files of the folder are changed here and now."""
        (name,) = self._chance.choices(list(OFTEN), list(OFTEN.values()))
        with Library(data / LIBRARY_FILE) as library:
            stored = [document.source for document in library.documents()]
        if name == "remove" and stored:
            source = self._chance.choice(stored)
            return name, lambda data: succeed(["remove", source, "--data", str(data)])
        if name == "edit" and stored:
            source, place = self._chance.choice(stored), f"Huế {self._chance.random()}"
            return name, lambda data: succeed(["edit", source, "--place", place, "--data", str(data)])
        if name == "upload":
            self._written += 1
            text = plan(self._written)
            return name, lambda data: upload(data, text)
        if name == "undo":
            return name, undo
        if name == "re-index":
            return name, build
        is_new = name == "add" or not stored
        self._write(
            f"kế hoạch {self._written}.txt" if is_new else self._chance.choice(sorted(os.listdir(self._folder)))
        )
        return "add" if is_new else "replace", self.take_in

    def take_in(self, data: Path) -> None:
        succeed([str(self._folder), "--data", str(data)])

    def _write(self, name: str) -> None:
        self._written += 1
        (self._folder / name).write_text(plan(self._written), encoding="utf-8")


def plan(number: int) -> str:
    """Give the text of a plan that differs from every other one."""
    return HUE.replace("112-KH", f"{number}-KH").replace("văn nghệ", f"văn nghệ lần thứ {number}")


def upload(data: Path, text: str) -> None:
    """Take a file in as the page does."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "tải lên"
        path.write_text(text, encoding="utf-8")
        queue = FileQueue(data, Lock(), lambda: None)
        queue.add([("kế hoạch tải lên.txt", path)])
        while queue.state()[2]:
            time.sleep(0.0005)
        ((outcome,), _, _) = queue.state()
        queue.close()
        assert outcome.status in ("added", "duplicate"), outcome


def undo(data: Path) -> None:
    with redirect_stderr(StringIO()):  # nothing may be left to take back
        ingest(["undo", "--data", str(data)])


def succeed(arguments: list[str]) -> None:
    assert ingest(arguments) == 0, arguments


def kill_once(data: Path, name: str, work: Work, chance: random.Random) -> str | None:
    """Do some work, killed at a random moment; say which state that left, None where the work was done sooner."""
    before = state(data)
    whole = Path(shutil.copytree(data, data.with_name("whole")))
    _, seconds = run(lambda: work(whole))
    after = state(whole)
    shutil.rmtree(whole)
    # At any moment, and more often near the end, where files change.
    killed, _ = run(lambda: work(data), seconds * chance.triangular(0.0, 1.1, 0.9))
    found = state(data)
    assert found in (before, after), f"{name}: what is left is neither what was before nor what is after"
    run(lambda: check_index(data))
    if found != after or name == "re-index":
        run(lambda: work(data))
        assert state(data) == after, f"{name}: done again, it is not what it is without a kill"
        assert not list(index_folder(data).glob(".building-*")) or name != "re-index"
    has_changed = before != after or name == "re-index"
    return ("before" if found == before else "after") if killed and has_changed else None


def kill(wanted: int, seed: int) -> Counter[tuple[str, str]]:
    """Kill so often; give how often each work was killed and left what was before it or after it."""
    chance = random.Random(seed)
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as place:
        for desk_number in range(wanted):
            root = Path(place) / str(desk_number)
            root.mkdir()
            desk, data = Desk(root / "văn bản", chance), root / "dữ liệu"
            run(lambda: desk.take_in(data))  # noqa: B023 - called at once
            run(lambda: build(data))  # noqa: B023
            for _ in range(WORK_OF_A_DESK):
                name, work = desk.next_work(data)
                left = kill_once(data, name, work, chance)
                counts.update([(name, left)] if left else [])
                if counts.total() == wanted:
                    return counts
            shutil.rmtree(root)
    raise AssertionError(f"only {counts.total()} of {wanted} kills came before the work was done")


def main() -> None:
    """Print how many kills there were, of what, and what they left."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=347)
    options = parser.parse_args()
    segmented("Tuyên truyền")
    counts = kill(options.kills, options.seed)
    for name in sorted({name for name, _ in counts}):
        print(f"{name:<9} {counts[name, 'before']:>4} left what was before {counts[name, 'after']:>4} what is after")
    print(f"{counts.total()} kills, each left the library and the index whole")


if __name__ == "__main__":
    main()
