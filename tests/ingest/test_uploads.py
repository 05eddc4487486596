"""Files that are given one by one: safe names, and a place where nothing is lost and nothing is left over."""

import unicodedata
from pathlib import Path

import pytest

from ingest.uploads import drop, drop_all, files_folder, free_name, hold, plain_name, safe_name, store, take_back


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Kế hoạch số 5.docx", "Kế hoạch số 5.docx"),
        (unicodedata.normalize("NFD", "Kế hoạch.PDF"), "Kế hoạch.PDF"),
        ("C:\\fakepath\\kế hoạch.docx", "kế hoạch.docx"),
        ("../../etc/kế hoạch.txt", "kế hoạch.txt"),
        ("..\\..\\.txt.txt", "txt.txt"),
        ("...kế hoạch.txt", "kế hoạch.txt"),
        ("~$kế hoạch.docx", "$kế hoạch.docx"),
        ("kế\x00 hoạch\n.txt", "kế hoạch.txt"),
        ("kế\u202ehoạch\u200b.txt", "kếhoạch.txt"),
        ('a<b>c:d"e|f?g*.txt', "a_b_c_d_e_f_g_.txt"),
        ("  kế   hoạch . txt.txt", "kế hoạch . txt.txt"),
        ("kế hoạch..txt", "kế hoạch.txt"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("ế" * 300 + ".txt", "ế" * 78 + ".txt"),
    ],
)
def test_names_are_made_safe(typed: str, name: str) -> None:
    assert safe_name(typed) == name
    assert len(name) <= 120
    assert len(name.encode()) <= 240


@pytest.mark.parametrize(
    "typed", ["", ".", "..", "/", "a/", ".txt", "\u202e.txt", "kế hoạch", "x.exe", "x.txt.exe", "x.txt\u200b.zip"]
)
def test_names_that_no_reader_knows(typed: str) -> None:
    assert safe_name(typed) is None
    assert "/" not in plain_name(typed)


def given(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "tải lên"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_name_that_exists_gets_a_number_and_the_same_bytes_their_own(tmp_path: Path) -> None:
    data = tmp_path / "dữ liệu"
    files_folder(data).mkdir(parents=True)
    (files_folder(data) / "a.txt").write_text("một", encoding="utf-8")
    one, two = given(tmp_path / "1", "một"), given(tmp_path / "2", "hai")
    assert free_name("a.txt", (), {"a.txt"}, data, one) == "a.txt"
    assert free_name("a.txt", (), (), data, two) == "a (2).txt"
    assert free_name("a.txt", {"a.txt"}, (), data, one) == "a (2).txt"
    assert free_name("a.txt", {"a (2).txt"}, {"a (3).txt"}, data, two) == "a (4).txt"
    assert free_name("b.txt", (), {"b.txt"}, data, one) == "b (2).txt"
    assert free_name(f"{'x' * 116}.txt", (), {f"{'x' * 116}.txt"}, data, one) == f"{'x' * 112} (2).txt"


def test_a_file_waits_and_is_stored_or_dropped(tmp_path: Path) -> None:
    data = tmp_path / "dữ liệu"
    path = given(tmp_path / "1", "một")
    waiting = hold(data, "a.txt", path)
    assert (waiting.name, waiting.read_text(encoding="utf-8"), path.exists()) == ("a.txt", "một", False)
    assert [path.name for path in files_folder(data).iterdir() if not path.name.startswith(".")] == []
    store(data, waiting)
    stored = files_folder(data) / "a.txt"
    assert (stored.read_text(encoding="utf-8"), waiting.parent.exists()) == ("một", False)
    take_back(data, waiting, keep=False)
    assert (stored.exists(), waiting.read_text(encoding="utf-8")) == (False, "một")
    drop(waiting)
    assert not waiting.parent.exists()
    again = hold(data, "a.txt", given(tmp_path / "2", "hai"))
    drop_all(data)
    assert not again.exists()
