"""How well files are read: the arithmetic by hand, and folders with files that cannot be read."""

from pathlib import Path

import pytest

from eval.reading import accuracy, main, read_folder, shortfalls


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    (tmp_path / "truth").mkdir()
    (tmp_path / "files" / "đúng.txt").write_text("Kế hoạch\ncủa\n\n Ủy ban", encoding="utf-8")
    (tmp_path / "truth" / "đúng.txt").write_text("KẾ HOẠCH của Ủy ban\n", encoding="utf-8")
    return tmp_path


def test_a_text_read_right_whatever_its_white_space_and_capitals() -> None:
    measured = accuracy("KẾ  HOẠCH\n\ntuyên\ttruyền", "Kế hoạch tuyên truyền ")
    assert (measured.diacritics, measured.characters) == (1.0, 1.0)


def test_a_wrong_mark_and_a_lost_mark() -> None:
    measured = accuracy("kể hoach của", "kế hoạch của")  # marked: ế ạ ủ; right: ủ
    assert measured.diacritics == pytest.approx(1 / 3)
    assert measured.characters == pytest.approx(10 / 12)


def test_d_with_stroke_is_a_marked_letter() -> None:
    assert accuracy("dất đai", "đất đai").diacritics == pytest.approx(2 / 3)  # marked: đ ấ đ


def test_words_that_are_missing_or_too_many() -> None:
    measured = accuracy("thành ủy trang 3", "thành ủy chỉ đạo")  # à ủ of à ủ ỉ đ ạ
    assert measured.diacritics == pytest.approx(2 / 5)
    assert accuracy("", "ủy ban").characters == 0.0
    assert accuracy("x" * 99, "ủy ban").characters == 0.0


def test_letters_of_an_old_encoding_are_not_right() -> None:
    assert accuracy("B¸o c¸o", "Báo cáo").diacritics == 0.0


def test_nothing_to_read_is_read_right() -> None:
    measured = accuracy("", "")
    assert (measured.diacritics, measured.characters) == (1.0, 1.0)


def test_a_folder_read_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--diacritics", "1", "--characters", "1"]) == 0
    assert "đúng.txt      1.0000      1.0000      1" in capsys.readouterr().out


def test_an_unsupported_suffix_is_reported_and_the_others_are_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "files" / "bảng.wks").write_bytes(b"\x00")
    (folder / "truth" / "bảng.txt").write_text("bảng", encoding="utf-8")
    assert main([str(folder), "--markdown"]) == 1
    shown = capsys.readouterr()
    assert "| bảng.wks | – | – | – | – | not read |" in shown.out
    assert "| đúng.txt | 1.0000 | 1.0000 | 1 |" in shown.out
    assert "bảng.wks: no reader for .wks" in shown.err


def test_a_file_without_transcript_is_reported(folder: Path) -> None:
    (folder / "files" / "thừa.txt").write_text("thừa", encoding="utf-8")
    assert shortfalls(read_folder(folder), 0.0, 0.0) == ["thừa.txt: no transcript thừa.txt in truth/"]


def test_a_file_below_a_floor_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "files" / "đúng.txt").write_text("Kế hoạch của Uy ban", encoding="utf-8")  # 3 of ế ạ ủ Ủ
    assert main([str(folder), "--diacritics", "0.8"]) == 1
    assert "đúng.txt: diacritics 0.7500, must be at least 0.8000" in capsys.readouterr().err


def test_a_folder_of_another_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "needs files/ with documents and truth/" in capsys.readouterr().err
