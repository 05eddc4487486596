"""Word 97-2003 files: real ones against their proof-read transcripts, made ones for what those do not hold."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.read import read_pages
from tests.doc_files import (
    DELETED,
    ENDS_ROW,
    FONT,
    FONT_BEYOND_ASCII,
    HIDDEN,
    IN_TABLE,
    LEVEL,
    LIST,
    SPECIAL,
    Doc,
    Par,
    Text,
    par,
    prl,
    save_doc,
)

FILES = Path(__file__).parents[2] / "documents" / "files"
DECREE = (FILES / "2004-0328NDCP.doc").read_bytes()
CELL = prl((IN_TABLE, 1))
ROW_END = par("", prl((IN_TABLE, 1), (ENDS_ROW, 1)), "\x07")


def read(path: Path, doc: Doc) -> str:
    return read_pages(save_doc(path / "kế hoạch.doc", doc)).texts[0]


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    return str(caught.value)


def test_a_real_decree_has_its_letterhead_and_its_automatic_numbers() -> None:
    pages = read_pages(FILES / "2004-0328NDCP.doc")
    text = pages.texts[0]
    assert pages.provenance == "converted TCVN3"
    assert "Số: 28 /2003/NĐ-CP\n" in text
    assert "Hà Nội, ngày 31 tháng 3 năm 2003" in text
    # The transcript has no numbers here, the article itself speaks of "khoản 4, 5, 6 và 7".
    assert "\n\n4. Các cơ quan hành chính, sự nghiệp.\n\n5. Tổ chức chính trị, tổ chức" in text
    assert text.endswith("(Đã ký)\nPhan Văn Khải")


def test_a_vni_file_is_converted() -> None:
    pages = read_pages(FILES / "2006-quydinhkiemtra02.doc")
    assert pages.provenance == "converted VNI"
    assert "Điều 2. Đối tượng áp dụng.\n\nQuy chế này được áp dụng đối với:" in pages.texts[0]


def test_only_letters_in_a_legacy_font_are_converted(tmp_path: Path) -> None:
    old = prl((FONT, 1), (FONT_BEYOND_ASCII, 1))
    words = Par((Text("C«ng v¨n", old), Text(" “Đường sắt” «Paris»")))
    assert read(tmp_path, Doc([words], fonts=("Arial", ".VnTime"))) == "Công văn “Đường sắt” «Paris»"


def test_letters_beyond_ascii_follow_their_own_font(tmp_path: Path) -> None:
    words = Par((Text("C«ng v¨n", prl((FONT, 0), (FONT_BEYOND_ASCII, 1))),))
    assert read(tmp_path, Doc([words], fonts=("Arial", ".VnTime"))) == "Công văn"


def test_lists_count_by_level_and_begin_again(tmp_path: Path) -> None:
    rows = (
        ("Mục đích", 0),
        ("Về nhận thức", 1),
        ("Về hành động", 1),
        ("Yêu cầu", 0),
        ("Về thời gian", 1),
        ("Đúng hạn", 2),
    )
    paragraphs = [par(words, prl((LIST, 1), (LEVEL, level))) for words, level in rows]
    levels = ((3, 1, "\x00."), (1, 4, "\x01)"), (1, 23, "\uf0b7"))
    assert read(tmp_path, Doc(paragraphs, levels=levels)).split("\n\n") == [
        "III. Mục đích",
        "a) Về nhận thức",
        "b) Về hành động",
        "IV. Yêu cầu",
        "a) Về thời gian",
        "+ Đúng hạn",
    ]


def test_a_number_shows_the_levels_above(tmp_path: Path) -> None:
    paragraphs = [par("Nội dung", prl((LIST, 1))), par("Hội nghị", prl((LIST, 1), (LEVEL, 1)))]
    levels = ((2, 0, "Điều \x00."), (1, 0, "\x00.\x01."))
    assert read(tmp_path, Doc(paragraphs, levels=levels)) == "Điều 2. Nội dung\n\n2.1. Hội nghị"


def test_rows_of_a_table_know_their_columns(tmp_path: Path) -> None:
    rows = (("STT", "Nội dung", "Thời gian"), ("1", "Hội nghị báo cáo viên", "Tháng 12/2024"))
    paragraphs = [p for row in rows for p in (*(par(cell, CELL, "\x07") for cell in row), ROW_END)]
    text = read(tmp_path, Doc([*paragraphs, par("Nơi nhận: như trên.")]))
    assert text == "STT: 1 | Nội dung: Hội nghị báo cáo viên | Thời gian: Tháng 12/2024\n\nNơi nhận: như trên."


def test_only_results_of_fields_and_what_is_neither_hidden_nor_deleted_is_read(tmp_path: Path) -> None:
    mark = prl((SPECIAL, 1))
    field = (Text("\x13", mark), Text(" REF muc1 \\h "), Text("\x14", mark), Text("Mục 1"), Text("\x15", mark))
    words = Par((Text("Theo "), *field, Text(" (nháp)", prl((HIDDEN, 1))), Text(" cũ", prl((DELETED, 1))), Text(".")))
    path = save_doc(tmp_path / "a.doc", Doc([words]))
    assert read_pages(path).texts == ("Theo Mục 1.",)
    assert read_pages(path).notes == ("chữ ẩn bị bỏ qua", "có sửa đổi chưa duyệt: đọc bản sau khi sửa")


def test_footnotes_stand_behind_the_paragraph_that_cites_them(tmp_path: Path) -> None:
    cited = Par((Text("Kinh phí"), Text("\x02", prl((SPECIAL, 1))), Text(" do ngân sách cấp.")))
    text = read(tmp_path, Doc([cited, par("Điều cuối.")], notes=("Theo Nghị định 163.",)))
    assert text == "Kinh phí[1] do ngân sách cấp.\n\n[1] Theo Nghị định 163.\n\nĐiều cuối."


def test_signs_of_their_own_become_characters(tmp_path: Path) -> None:
    text = read(tmp_path, Doc([par("Kết luận 127\x1eKL/TW\x0bvà cơ\x1f quan\xa0khác \ud83d\ude00 \x01")]))
    assert text == "Kết luận 127-KL/TW\nvà cơ quan\xa0khác 😀"


def test_macros_are_not_run_and_told(tmp_path: Path) -> None:
    path = save_doc(tmp_path / "a.doc", Doc([par("Kế hoạch")], storages=("Macros",)))
    assert read_pages(path).notes == ("macro bị bỏ qua",)


def test_what_cannot_be_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    locked = save_doc(tmp_path / "khóa.doc", Doc([par("Mật")], flags=0x0300))
    assert refusal(locked) == "khóa.doc: is protected by a password; open it with the password and save it without one"
    old = save_doc(tmp_path / "cũ.doc", Doc([par("Xưa")], version=104))
    assert refusal(old) == (
        "cũ.doc: was saved by Word 95 or older (version 104, at least 193 can be read); "
        "open it in a word processor and save it as .docx"
    )
    other = tmp_path / "khác.doc"
    other.write_bytes(b"MZ" + bytes(5000))
    assert refusal(other).startswith("khác.doc: is damaged (")


def test_rich_text_named_doc_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"{\\rtf1\\ansi K\\u7871? ho\\u7841?ch}")
    assert read_pages(path).texts == ("Kế hoạch",)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(DECREE) - 4), st.one_of(st.just(b"\xff" * 4), st.binary(min_size=1, max_size=4))),
        max_size=20,
    ),
    length=st.one_of(st.just(len(DECREE)), st.integers(0, len(DECREE))),
)
def test_a_damaged_file_is_read_or_refused_in_one_line(
    changes: list[tuple[int, bytes]], length: int, tmp_path: Path
) -> None:
    raw = bytearray(DECREE)
    for at, new in changes:
        raw[at : at + len(new)] = new
    path = tmp_path / "hỏng.doc"
    path.write_bytes(raw[:length])
    try:
        outcome = "hỏng.doc: read"
        text = read_pages(path).texts[0]
    except ReadError as error:
        outcome, text = str(error), ""
    assert outcome.startswith("hỏng.doc: ")
    assert "\n" not in outcome
    assert text.encode("utf-8").decode("utf-8") == text
