"""python -m ingest: the lines it prints, its exit status, and letters that survive every pipe."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.library import Library
from tests.plans import CAN_THO, CORPUS, HUE, PHAN_RANG, ROOT

LINES = """\
added     can-tho-tuyen-truyen-hoi-nghi-trung-uong-25-11-2024.txt: 68 sections, 63 passages; no number; no date
added     cuc-thong-tin-co-so-trong-tam-thang-12-2024.txt: 41 sections, 46 passages; number left blank (/TTCS-TTTQ); \
date incomplete (2024)
added     nam-tu-liem-ket-luan-127-kl-tw.txt: 40 sections, 40 passages; no number; no date
added     phan-rang-thap-cham-347-kh-tu-17-12-2024.txt: 54 sections, 51 passages; section number repeats (II); \
section number out of order (II); section number repeats (II.3)
added     vung-tau-443-kh-tu-den-dai-hoi-xiv.txt: 56 sections, 56 passages; no date
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "kế hoạch"
    shutil.copytree(CORPUS, folder)
    return folder


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ingest", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, env={**os.environ, **environment}, check=False)


def test_the_five_plans_line_by_line(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    last = f"5 documents in {data / 'library.db'}\n"
    assert main([str(corpus), "--data", str(data)]) == 0
    assert capsys.readouterr().out == LINES + last
    assert main([str(corpus), "--data", str(data)]) == 0
    assert capsys.readouterr().out == LINES.replace("added", "kept ") + last


def test_one_file_fails_the_others_are_kept_and_the_status_is_1(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    main([str(corpus), "--data", str(data)])
    (corpus / f"{PHAN_RANG}.txt").write_bytes(b"\x00\x01")
    (corpus / f"{CAN_THO}.txt").unlink()
    (corpus / "huế.txt").write_text(HUE, encoding="utf-8")
    (corpus / "huế (bản sao).txt").write_text(HUE, encoding="utf-8")
    capsys.readouterr()
    assert main([str(corpus), "--data", str(data)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        *[line.replace("added", "kept ") for line in LINES.splitlines()[1:2]],
        "added     huế (bản sao).txt: 11 sections, 9 passages",
        "duplicate huế.txt: same text as huế (bản sao).txt; not added",
        *[line.replace("added", "kept ") for line in LINES.splitlines()[2:3]],
        f"failed    {PHAN_RANG}.txt: {PHAN_RANG}.txt: is not a text file (binary content); save the plan as .txt",
        LINES.splitlines()[4].replace("added", "kept "),
        f"gone      {CAN_THO}.txt: its file is gone from the folder; kept, --prune removes it",
        f"6 documents in {data / 'library.db'}, 1 files failed",
    ]
    with Library(data / "library.db") as library:
        stored = {document.source: document.text for document in library.documents()}
    assert stored[f"{PHAN_RANG}.txt"] == (CORPUS / f"{PHAN_RANG}.txt").read_text(encoding="utf-8")
    assert main([str(corpus), "--data", str(data), "--prune"]) == 1
    assert f"removed   {CAN_THO}.txt\n" in capsys.readouterr().out


def test_an_unreadable_file_does_not_stop_the_others(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "a.txt").symlink_to("/proc/self/mem")
    assert main([str(corpus), "--data", str(tmp_path / "data")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("failed    a.txt: a.txt: cannot be opened (")
    assert lines[1:-1] == LINES.splitlines()


def test_diacritics_survive_a_pipe_under_the_c_locale(tmp_path: Path) -> None:
    folder = tmp_path / "kế hoạch"
    folder.mkdir()
    (folder / "Kế hoạch số 112 (Huế).txt").write_text(HUE, encoding="utf-8")
    (folder / "bánh xèo.docx").write_bytes(b"x")
    done = run(folder, "--data", tmp_path / "dữ liệu", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.stderr == b""
    assert done.stdout.decode("utf-8").splitlines() == [
        "added     Kế hoạch số 112 (Huế).txt: 11 sections, 9 passages",
        "failed    bánh xèo.docx: bánh xèo.docx: is damaged or no .docx file (1 bytes); "
        "save it again in a word processor",
        f"1 documents in {tmp_path / 'dữ liệu' / 'library.db'}, 1 files failed",
    ]
    assert done.returncode == 1


def test_a_name_that_is_not_utf8_does_not_stop_the_others(corpus: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(corpus) + b"/a k\xd5 ho\xb9ch.txt")).write_text(HUE, encoding="utf-8")
    done = run(corpus, "--data", tmp_path / "data")
    first, *others = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (1, b"")
    assert first == "failed    a k? ho?ch.txt: a k? ho?ch.txt: the file's name is not UTF-8; rename it"
    assert others[:-1] == LINES.splitlines()


def test_an_empty_folder_makes_an_empty_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--data", str(tmp_path / "data")]) == 0
    assert capsys.readouterr().out == f"0 documents in {tmp_path / 'data' / 'library.db'}\n"


def test_errors_go_to_stderr_with_status_1(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    assert main([str(tmp_path / "không có"), "--data", str(data)]) == 1
    message = f"error: {tmp_path / 'không có'}: is not a folder; give the folder that holds the plans\n"
    assert capsys.readouterr() == ("", message)
    assert not data.exists()
    (tmp_path / "tệp").touch()
    assert main([str(corpus), "--data", str(tmp_path / "tệp" / "data")]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"error: {tmp_path / 'tệp'}")
    assert "check the disk and the folder's permissions" in err
    data.mkdir()
    (data / "library.db").write_bytes(b"no library at all" * 100)
    assert main([str(corpus), "--data", str(data)]) == 1
    assert (
        "is damaged (file is not a database); move it away and run: python -m ingest corpus" in capsys.readouterr().err
    )


def test_progress_and_lines_are_for_people_without_a_terminal_too(corpus: Path, tmp_path: Path) -> None:
    done = run(corpus, "--data", tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"{LINES}5 documents in {tmp_path / 'data' / 'library.db'}\n"
