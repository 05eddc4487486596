"""A file is read in a child: the same pages as in this process, and a limit that is passed ends the child alone."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import ReadError
from ingest.isolated import IsolatedReader, Limits, limits_of, read_isolated
from ingest.parse import read_document
from ingest.read import read_pages
from ingest.readers.pages import Pages
from ingest.worker import MEMORY_STATUS
from tests.hostile.archives import large_docx
from tests.hostile.prints import one_page
from tests.plans import HUE, ROOT
from tests.word_files import paragraph, plan_as_docx, save_docx

REMEDY = "open it in the program that made it and save it again, or split it into smaller files"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plan_as_docx(HUE, tmp_path / "kế hoạch.docx")


def refusal(reader: IsolatedReader, path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(path, limits)
    return str(caught.value)


def child_of(reader: IsolatedReader) -> int:
    assert reader._child is not None
    return reader._child.pid


def is_running(group: int) -> bool:
    """Say whether a process of a group is still running after it had time to end."""
    return all((_has_processes(group), time.sleep(0.05))[0] for _ in range(100))


def _has_processes(group: int) -> bool:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        if int(its_group) == group and state != "Z":
            return True
    return False


def test_the_pages_are_those_of_the_reader(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_isolated(plan) == read_pages(plan)
    monkeypatch.chdir(plan.parent)
    assert read_isolated(Path(plan.name)) == read_pages(plan)


def test_everything_of_pages_comes_through(plan: Path) -> None:
    whole = Pages(("a\n“ắ”\u2028\\", "\t"), True, "OCR 0.93", (0.5, None), ("macro bị bỏ qua",), True)
    with IsolatedReader() as reader:
        script = f"import json, sys; sys.stdin.readline(); print({json.dumps({'pages': _fields(whole)})!r})"
        reader._child = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        assert reader.read(plan) == whole


def _fields(pages: Pages) -> dict[str, object]:
    return {name: getattr(pages, name) for name in Pages.__dataclass_fields__}


def test_one_child_reads_file_after_file_also_after_a_refusal(plan: Path, tmp_path: Path) -> None:
    empty = save_docx(tmp_path / "trống.docx", paragraph(" "))
    with IsolatedReader() as reader:
        first = reader.read(plan)
        child = child_of(reader)
        assert "holds no text" in refusal(reader, empty)
        assert reader.read(plan) == first
        assert child_of(reader) == child
    assert not is_running(child)


def test_a_child_is_replaced_after_fifty_files(plan: Path) -> None:
    with IsolatedReader() as reader:
        children = {(reader.read(plan), child_of(reader))[1] for _ in range(51)}
    assert len(children) == 2
    assert not any(map(is_running, children))


def test_a_child_that_died_between_two_files_is_replaced(plan: Path) -> None:
    with IsolatedReader() as reader:
        first = reader.read(plan)
        assert reader._child is not None
        reader._child.kill()
        reader._child.wait()
        assert reader.read(plan) == first


def test_what_is_refused_without_reading_starts_no_child(tmp_path: Path) -> None:
    with IsolatedReader() as reader:
        (tmp_path / "bản vẽ.dwg").touch()
        assert "no reader for .dwg" in refusal(reader, tmp_path / "bản vẽ.dwg")
        assert "is a folder" in refusal(reader, _folder(tmp_path / "a.pdf"))
        assert reader._child is None


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_file_that_takes_too_long(plan: Path, tmp_path: Path) -> None:
    large_docx(tmp_path / "lớn.docx")
    with IsolatedReader() as reader:
        first = reader.read(plan)
        child = child_of(reader)
        message = refusal(reader, tmp_path / "lớn.docx", Limits(seconds=0.5))
        assert message == f"lớn.docx: is not read after 0.5 s, the limit; {REMEDY}"
        assert not is_running(child)
        assert reader.read(plan) == first


def test_programs_that_the_child_runs_end_with_it(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = tmp_path / "tesseract"
    waits.write_text(f"#!/bin/sh\necho $$ > '{tmp_path}/started'\nsleep 600 & wait\n", encoding="utf-8")
    waits.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    Image.new("L", (300, 400)).save(tmp_path / "trang.png")
    with IsolatedReader() as reader:
        reader.read(plan)
        child = child_of(reader)
        message = refusal(reader, tmp_path / "trang.png", Limits(seconds=5))
    assert message == f"trang.png: is not read after 5 s, the limit; {REMEDY}"
    assert (tmp_path / "started").exists()
    assert not is_running(child)


def test_a_file_that_needs_too_much_memory(plan: Path, tmp_path: Path) -> None:
    large_docx(tmp_path / "lớn.docx")
    with IsolatedReader() as reader:
        first = reader.read(plan)
        message = refusal(reader, tmp_path / "lớn.docx", Limits(memory_bytes=400_000_000))
        assert message == f"lớn.docx: needs more than 400 MB of memory, the limit; {REMEDY}"
        assert reader.read(plan) == first


def test_a_file_that_brings_the_child_down(plan: Path, tmp_path: Path) -> None:
    one_page(b"q " * 50_000_000)(tmp_path / "bom.pdf")
    with IsolatedReader() as reader:
        message = refusal(reader, tmp_path / "bom.pdf", replace(Limits(), memory_bytes=600_000_000))
        assert message.startswith("bom.pdf: the program that reads .pdf ended (SIG")
        assert message.endswith(f"one that needs more than 600 MB of memory makes it; {REMEDY}")
        assert reader.read(plan).texts[0].startswith("TỈNH ỦY THỪA THIÊN HUẾ")


def test_a_file_with_more_text_than_is_taken(plan: Path) -> None:
    with IsolatedReader() as reader:
        message = refusal(reader, plan, Limits(text_bytes=1_000))
    assert message == "kế hoạch.docx: holds more than 0.001 MB of text, the limit; split it into one file for each plan"


def child_running(script: str) -> "subprocess.Popen[bytes]":
    """Start a child as IsolatedReader does, with a program of the test's."""
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_a_mistake_of_a_reader_is_that_files_failure(plan: Path) -> None:
    with IsolatedReader() as reader:
        script = (
            "import ingest.read, ingest.worker\n"
            "def read(path): raise ValueError('một\\n\\x1b[31mhai' * 300)\n"
            "ingest.read.READERS['.docx'] = read\n"
            "ingest.worker.main()"
        )
        reader._child = child_running(script)
        message = refusal(reader, plan)
        assert message.startswith("kế hoạch.docx: cannot be read (ValueError: một \\u001b[31mhaimột ")
        assert message.endswith("); open it in the program that made it and save it again")
        assert message.isprintable()
        assert len(message) < 600
        assert reader.read(plan) == read_pages(plan)


def test_what_a_library_prints_is_no_reply(plan: Path) -> None:
    with IsolatedReader() as reader:
        script = (
            "import os, ingest.read, ingest.worker\n"
            "read = ingest.read.READERS['.docx']\n"
            "ingest.read.READERS['.docx'] = lambda path: (os.system('echo x'), print('y', flush=True), read(path))[2]\n"
            "ingest.worker.main()"
        )
        reader._child = child_running(script)
        assert reader.read(plan) == read_pages(plan)


def test_memory_is_watched_where_the_system_does_not_limit_it() -> None:
    script = "import time; from ingest.worker import watch_memory; watch_memory(60_000_000); {}time.sleep(60)"
    command = [sys.executable, "-c", script.format("a = b'x' * 90_000_000; ")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == MEMORY_STATUS


def test_a_child_whose_parent_is_gone_ends_by_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ingest.worker"], cwd=ROOT, input=b"", capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_scans_have_time_by_their_size(plan: Path, tmp_path: Path) -> None:
    scan = tmp_path / "bản quét.PDF"
    scan.write_bytes(b"x" * 300_000)
    assert limits_of(plan) == Limits()
    assert limits_of(scan) == Limits(seconds=Limits().seconds + 300)
    os.truncate(scan, 100_000_000)
    assert limits_of(scan).seconds == 7_200


@pytest.mark.parametrize("name", ["kế hoạch.docx", "kế hoạch.txt"])
def test_a_file_that_vanishes_while_it_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plan_as_docx(HUE, tmp_path / name)
    if path.suffix == ".txt":
        path.write_text(HUE, encoding="utf-8")

    def read(path: Path) -> Pages:
        pages = read_pages(path)
        path.unlink()
        return pages

    monkeypatch.setattr("ingest.parse.read_pages", read)
    with pytest.raises(ReadError) as caught:
        read_document(path, None, read)
    assert str(caught.value) == f"{name}: cannot be opened (No such file or directory); copy the file there again"
