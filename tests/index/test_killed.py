"""A build killed at any moment, run twice at once, or out of disk space: the old index or the new one, whole."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.dense import Dense
from index.errors import IndexUnavailableError
from index.opening import open_index
from index.vectors import VECTORS_FILE as VECTOR_CACHE_FILE
from index.versions import VECTORS_FILE, current_folder, index_folder
from ingest.library import LIBRARY_FILE
from ingest.passages import split_passages
from ingest.types import Document
from tests.fakes import fill
from tests.plans import HUE, ROOT, parsed

ROUNDS = 20
ASCII = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}  # as in a cron job or a bare container
OLD = [
    parsed(HUE.replace("Thừa Thiên Huế", place), f"{number}.txt")
    for number, place in enumerate(["Huế", "Vinh", "Cà Mau"])
]
NEW = [
    *OLD[:2],
    *(
        parsed(HUE.replace("văn nghệ", art), f"{number}.txt")
        for number, art in enumerate(["xiếc", "chèo", "tuồng", "cải lương"], start=2)
    ),
]


class Forker:
    """A process that forks a child for each build."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.index.forker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "1", **ASCII},
        )

    def build(self, data: Path, **order: Any) -> tuple[list[dict[str, Any]], float]:
        """Build in children; give how each ended and the seconds that they took."""
        return self.run(["build", "--data", str(data), "--model", str(self._model)], **order)

    def run(self, arguments: list[str], **order: Any) -> tuple[list[dict[str, Any]], float]:
        """Run `python -m index` in children; give how each ended and the seconds that they took."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"arguments": arguments, **order}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["results"], answer["seconds"]


@pytest.fixture(scope="module")
def forker(tiny_model: Path) -> Iterator[Forker]:
    opened = Forker(tiny_model)
    yield opened
    opened.process.communicate()


@pytest.fixture
def data(tmp_path: Path, forker: Forker) -> Path:
    """The index of the old plans beside the library of the new ones."""
    folder = tmp_path / "data"
    fill(folder, OLD)
    ((done,), _) = forker.build(folder)
    assert (done["status"], done["err"]) == (0, "")
    fill(folder, NEW)
    return folder


def check_whole(data: Path, documents: list[Document]) -> None:
    """Check that the current version holds these documents, their passages and a unit vector for each."""
    index = open_index(data)
    assert index.documents() == documents
    passages = [passage for document in documents for passage in split_passages(document)]
    dense = Dense.load(current_folder(data) / VECTORS_FILE)
    assert dense.shape[0] == len(passages)
    hits = index.search("chương trình văn nghệ tại Nhà hát Sông Hương")
    assert {hit.passage.passage_id for hit in hits} <= {passage.passage_id for passage in passages}
    assert hits[0].passage.locator == "Mục II.1"


def holds(data: Path) -> list[Document]:
    """Give the documents of the current version, which must be the old or the new ones, whole."""
    documents = open_index(data).documents()
    assert documents in (OLD, NEW)
    check_whole(data, documents)
    return documents


def test_build_killed_twenty_times_leaves_the_old_index_or_the_new_one(
    tmp_path: Path, data: Path, forker: Forker
) -> None:
    shutil.copytree(data, tmp_path / "measured")
    ((done,), seconds) = forker.build(tmp_path / "measured")
    assert done["status"] == 0
    check_whole(tmp_path / "measured", NEW)
    chance, killed = random.Random(35), 0
    for number in range(ROUNDS):
        attempt = tmp_path / f"killed-{number}"
        shutil.copytree(data, attempt)
        ((done,), _) = forker.build(attempt, kill_after=chance.uniform(0.0, 1.0) * seconds)
        killed += done["killed"]
        assert done["killed"] or done["status"] == 0
        holds(attempt)
        ((again,), _) = forker.build(attempt)
        assert (again["status"], again["err"]) == (0, "")
        check_whole(attempt, NEW)
        assert not list(index_folder(attempt).glob(".building-*"))
    assert killed > 0


def test_the_first_build_killed_leaves_no_index_or_a_whole_one(tmp_path: Path, forker: Forker) -> None:
    chance = random.Random(127)
    fill(tmp_path / "library", NEW)
    shutil.copytree(tmp_path / "library", tmp_path / "measured")
    _, seconds = forker.build(tmp_path / "measured")
    for number in range(5):
        attempt = tmp_path / f"killed-{number}"
        shutil.copytree(tmp_path / "library", attempt)
        forker.build(attempt, kill_after=chance.uniform(0.0, 1.0) * seconds)
        try:
            current_folder(attempt)
        except IndexUnavailableError:
            pass
        else:
            check_whole(attempt, NEW)
        ((again,), _) = forker.build(attempt)
        assert again["status"] == 0
        check_whole(attempt, NEW)


def test_two_builds_at_once_do_not_harm_each_other(data: Path, forker: Forker) -> None:
    results, _ = forker.build(data, copies=2)
    assert [result["status"] for result in results] == [0, 0]
    check_whole(data, NEW)


def test_diacritics_survive_a_pipe_under_the_c_locale(data: Path, forker: Forker) -> None:
    forker.build(data)
    question = "văn nghệ tại Nhà hát Sông Hương"
    ((plain,), _) = forker.run(["ask", "--data", str(data), question])
    ((as_json,), _) = forker.run(["ask", "--data", str(data), "--json", question])
    assert (plain["err"], as_json["err"]) == ("", "")
    assert "tại Nhà hát Sông Hương" in plain["out"]
    assert json.loads(as_json["out"])["question"] == question
    assert "tại Nhà hát Sông Hương" in as_json["out"]


def check_refused(done: dict[str, Any], data: Path, forker: Forker, before: Path) -> None:
    """Check that a build without space says so in one line, and that the old index is still there."""
    assert done["status"] == 1, done["err"]
    (line,) = done["err"].splitlines()
    assert line.startswith("error: ")
    assert "disk" in line
    assert current_folder(data) == before
    check_whole(data, OLD)
    assert not list(index_folder(data).glob(".building-*"))
    ((again,), _) = forker.build(data)
    assert again["status"] == 0
    check_whole(data, NEW)


def test_no_space_for_the_copy_of_the_library(data: Path, forker: Forker) -> None:
    before = current_folder(data)
    ((done,), _) = forker.build(data, file_limit=(data / LIBRARY_FILE).stat().st_size - 1)
    check_refused(done, data, forker, before)


def test_no_space_for_the_cache_of_vectors(data: Path, forker: Forker) -> None:
    before = current_folder(data)
    library = (data / LIBRARY_FILE).stat().st_size
    with closing(sqlite3.connect(data / VECTOR_CACHE_FILE)) as cache, cache:
        cache.execute("INSERT INTO vectors VALUES ('another model', ?, ?)", (bytes(32), bytes(library)))
    limit = (data / VECTOR_CACHE_FILE).stat().st_size
    assert limit > library
    ((done,), _) = forker.build(data, file_limit=limit)
    check_refused(done, data, forker, before)


def test_no_space_for_the_vectors(tmp_path: Path, data: Path, forker: Forker) -> None:
    before = current_folder(data)
    shutil.copytree(data, tmp_path / "measured")
    forker.build(tmp_path / "measured")
    shutil.copy(tmp_path / "measured" / VECTOR_CACHE_FILE, data)
    limit = (current_folder(tmp_path / "measured") / VECTORS_FILE).stat().st_size - 1
    assert limit > (data / LIBRARY_FILE).stat().st_size
    ((done,), _) = forker.build(data, file_limit=limit)
    check_refused(done, data, forker, before)
