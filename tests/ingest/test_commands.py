"""edit, remove, undo, text and report: what they print, do and refuse."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.library import Library
from tests.plans import HUE, ROOT

CHANGED = HUE.replace("văn nghệ", "xiếc")
NAME = "kế hoạch Huế.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "văn bản"
    path.mkdir()
    (path / NAME).write_text(HUE, encoding="utf-8")
    return path


@pytest.fixture
def data(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "dữ liệu"
    assert main([str(folder), "--data", str(path)]) == 0
    capsys.readouterr()
    return path


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ingest", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, env={**os.environ, **environment}, check=False)


def test_removed_and_brought_back(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", NAME, "--data", str(data)]) == 0
    assert main([str(folder), "--data", str(data)]) == 0
    assert main(["undo", "--data", str(data)]) == 0
    assert main([str(folder), "--data", str(data)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"removed   {NAME}: its file is left out until it changes; python -m ingest undo '{NAME}' brings it back",
        f"left out  {NAME}: was removed; left out until it changes, --again takes it in",
        f"0 documents in {data / 'library.db'}",
        f"restored  {NAME}: version 1",
        f"kept      {NAME}: 11 sections, 9 passages",
        f"1 documents in {data / 'library.db'}",
    ]


def test_a_replacement_taken_back(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / NAME).write_text(CHANGED, encoding="utf-8")
    main([str(folder), "--data", str(data)])
    capsys.readouterr()
    assert main(["undo", str(folder / NAME), "--data", str(data)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"withdrawn {NAME}: version 2; its file is left out until it changes",
        f"restored  {NAME}: version 1",
    ]
    main([str(folder), "--data", str(data), "--again"])
    assert capsys.readouterr().out.splitlines()[0] == f"replaced  {NAME}: 11 sections, 9 passages"
    with Library(data / "library.db") as library:
        assert [document.text for document in library.documents()] == [CHANGED]


def test_the_text_is_printed_byte_for_byte(folder: Path, data: Path) -> None:
    odd = HUE.rstrip() + "\n\n1.\tCờ 🎉 “đấu”  \n\n\n"
    (folder / NAME).write_text(odd, encoding="utf-8")
    assert run(folder, "--data", data, LC_ALL="C").returncode == 0
    done = run("text", NAME, "--data", data, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", odd.encode())
    former = run("text", folder / NAME, "--version", "1", "--data", data)
    assert (former.returncode, former.stdout) == (0, HUE.encode())
    assert run("text", NAME, "--version", "2", "--data", data).stdout == odd.encode()


def test_the_text_of_what_was_removed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["remove", NAME, "--data", str(data)])
    capsys.readouterr()
    assert main(["text", NAME, "--data", str(data)]) == 1
    assert capsys.readouterr().err == f"error: {NAME}: is not in the library any more; former versions: 1\n"
    assert main(["text", NAME, "--version", "1", "--data", str(data)]) == 0
    assert capsys.readouterr().out == HUE
    assert main(["text", NAME, "--version", "7", "--data", str(data)]) == 1
    assert capsys.readouterr().err == f"error: {NAME}: has no version 7; there are: 1\n"
    assert main(["remove", NAME, "--data", str(data)]) == 1


def test_the_report(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--data", str(data)]) == 0
    assert capsys.readouterr().out == (
        "document          version  provenance  encoding  pages  OCR  sections  passages\n"
        "kế hoạch Huế.txt  1        text        Unicode   -      -    11        9\n"
    )
    assert main(["report", "--json", "--data", str(data)]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["source"], entry["number"], entry["warnings"]) == (NAME, "112-KH/BTGTU", [])


def test_facts_corrected_and_taken_back(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edit", NAME, "--data", str(data), "--place", " Thừa Thiên  Huế", "--date", "6/2/2025"]) == 0
    assert main(["edit", NAME, "--data", str(data), "--clear", "date", "--signer-role", "Trưởng ban"]) == 0
    assert main(["edit", NAME, "--data", str(data), "--clear", "date", "--number", "112-KH/BTGTU"]) == 0
    assert main([str(folder), "--data", str(data)]) == 0
    with Library(data / "library.db") as library:
        (document,) = library.documents()
    assert (document.facts.place, document.facts.date, document.facts.signer_role) == (
        "Thừa Thiên Huế",
        "2025-02-05",
        "Trưởng ban",
    )
    assert main(["undo", "--data", str(data)]) == 0
    assert main(["undo", NAME, "--data", str(data)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"edited    {NAME}: date: 2025-02-06; place: Thừa Thiên Huế",
        "the index has it after: python -m index build",
        f"edited    {NAME}: signer_role: Trưởng ban; date: 2025-02-05 (its text)",
        "the index has it after: python -m index build",
        f"unchanged {NAME}: says so already",
        f"kept      {NAME}: 11 sections, 9 passages",
        f"1 documents in {data / 'library.db'}",
        f"unedited  {NAME}: date, signer_role",
        f"unedited  {NAME}: date, place",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to edit; say what, for example: --place 'Sóc Trăng' --date 2025-03-05 --clear issuer"),
        (["--date", "mai"], "date: is no date; write it as 2025-03-05, 2025-03 or 2025"),
        (["--number", "1" * 61], "number: is too long, at most 60 characters; shorten it"),
    ],
)
def test_corrections_that_cannot_be_made(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["edit", NAME, "--data", str(data), *arguments]) == 1
    assert capsys.readouterr() == ("", f"error: {message}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["edit", "không có.txt", "--place", "Huế"],
            "không có.txt: no such document in {path}; its names: python -m ingest report",
        ),
        (["remove", "không có.txt"], "không có.txt: no such document in {path}; its names: python -m ingest report"),
        (["text", "không có.txt"], "không có.txt: no such document in {path}; its names: python -m ingest report"),
        (["undo", "không có.txt"], "không có.txt: no such document in {path}; its names: python -m ingest report"),
    ],
)
def test_names_that_are_not_there(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main([*arguments, "--data", str(data)]) == 1
    assert capsys.readouterr() == ("", f"error: {message.format(path=data / 'library.db')}\n")


def test_nothing_left_to_undo(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["undo", "--data", str(data)]) == 0
    assert main(["undo", "--data", str(data)]) == 1
    assert capsys.readouterr().err == f"error: {data / 'library.db'}: no change is left to take back\n"


def test_without_a_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--data", str(tmp_path)]) == 1
    path = tmp_path / "library.db"
    assert capsys.readouterr().err == f"error: {path}: there is no library yet; run: python -m ingest corpus\n"


@pytest.mark.parametrize(
    ("option", "status", "line", "last"),
    [
        (
            [],
            1,
            f"conflict  bản sửa.txt: same number and issuer as {NAME} (112-KH/BTGTU, Ban Tuyên giáo Tỉnh ủy), "
            "other text; not taken in, --replace puts it in its place, --keep-both keeps both",
            "1 documents in {path}, 1 conflicts",
        ),
        (
            ["--replace"],
            0,
            f"replaced  bản sửa.txt: in place of {NAME}; 11 sections, 9 passages",
            "1 documents in {path}",
        ),
        (["--keep-both"], 0, f"added     bản sửa.txt: beside {NAME}; 11 sections, 9 passages", "2 documents in {path}"),
    ],
)
def test_a_conflict_and_the_options_that_decide_it(
    folder: Path, data: Path, option: list[str], status: int, line: str, last: str
) -> None:
    (folder / "bản sửa.txt").write_text(CHANGED, encoding="utf-8")
    done = run(folder, "--data", data, *option)
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (status, b"")
    assert (lines[0], lines[-1]) == (line, last.format(path=data / "library.db"))


@pytest.mark.parametrize(("typed", "status"), [("gì?\nr\n", "replaced"), ("k\n", "added"), ("L\n", "conflict")])
def test_a_conflict_is_asked_about_on_a_terminal(folder: Path, data: Path, typed: str, status: str) -> None:
    (folder / "bản sửa.txt").write_text(CHANGED, encoding="utf-8")
    terminal, inside = os.openpty()
    command = [sys.executable, "-m", "ingest", str(folder), "--data", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdin=inside, stdout=inside, stderr=subprocess.DEVNULL):
        os.close(inside)
        os.write(terminal, typed.encode())
        shown = b"".join(iter(lambda: read_some(terminal), b"")).decode()
    os.close(terminal)
    assert f"bản sửa.txt: same number and issuer as {NAME}, other text" in shown
    assert shown.count("[r]eplace the old document, [k]eep both, or [l]eave the new file out?") == typed.count("\n")
    assert f"{status:<9} bản sửa.txt: " in shown


def read_some(terminal: int) -> bytes:
    """Read what a terminal shows; nothing once the program has closed it."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
