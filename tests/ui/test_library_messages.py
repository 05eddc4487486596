"""What the librarian is told: a reader's reasons in Vietnamese, and changes as a person calls them."""

from pathlib import Path

import pytest

from ingest.edits import EDITABLE
from ingest.errors import ReadError
from ingest.history import Change, Touched
from ingest.read import MAX_FILE_BYTES, read_pages
from tests.plans import HUE, parsed
from ui.library_messages import FACT_NAMES, change_text, in_place_of, named, to_look_at, undone_text, unreadable

OLD = Touched("hue", "huế.txt", "Kế hoạch của Huế", 1)
NEW = Touched("vinh", "vinh.txt", "Kế hoạch của Vinh", 2)
IS_EMPTY = "Tệp không có chữ nào. Xin kiểm tra đã lưu và chọn đúng tệp."
IS_DAMAGED = "Tệp bị hỏng. Xin mở bằng chương trình đã tạo ra tệp, lưu lại rồi thêm lại."
IS_ANOTHER = (
    "Nội dung tệp không đúng với đuôi tên tệp. Xin mở bằng chương trình đã tạo ra tệp, lưu đúng loại rồi thêm lại."
)


def test_every_fact_that_can_be_corrected_has_a_name() -> None:
    assert FACT_NAMES.keys() == EDITABLE.keys()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"  \n", IS_EMPTY),
        ("a.docx", b"", IS_EMPTY),
        ("a.pdf", b"", IS_EMPTY),
        ("a.png", b"", IS_EMPTY),
        ("a.txt", b"\x00\x01\x02" * 100, IS_ANOTHER),
        ("a.html", b"\x00\x01\x02" * 100, IS_ANOTHER),
        ("a.docx", b"{\\rtf1 x}", IS_ANOTHER),
        ("a.docx", b"%PDF-1.7", IS_ANOTHER),
        ("a.pdf", HUE.encode(), IS_ANOTHER),
        ("a.rtf", HUE.encode(), IS_ANOTHER),
        ("a.pdf", b"%PDF-1.7\n", IS_DAMAGED),
        ("a.docx", b"PK\x03\x04" + b"x" * 100, IS_DAMAGED),
        ("a.png", b"x" * 100, "Ảnh quét bị hỏng hoặc không phải ảnh. Xin quét lại trang."),
        (
            "a.txt",
            "Kế hoạch".encode() + b"\xff\xfe\xfa",
            "Tệp văn bản dùng bảng mã lạ. Xin mở bằng trình soạn thảo, lưu với bảng mã UTF-8 rồi thêm lại.",
        ),
        (
            "a.txt",
            b"x" * (MAX_FILE_BYTES + 1),
            "Tệp quá lớn. Xin tách thành nhiều tệp, mỗi văn bản một tệp, rồi thêm lại.",
        ),
    ],
)
def test_what_a_reader_says_is_said_in_vietnamese(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        read_pages(path)
    assert unreadable(str(caught.value)) == said


@pytest.mark.parametrize(
    ("reason", "part"),
    [
        (
            "a.pdf: is a scan, and the program tesseract is missing; install the packages tesseract-ocr",
            "tesseract-ocr-vie",
        ),
        ("a.pdf: is a scan, and tesseract has no data for Vietnamese; install", "tesseract-ocr-vie"),
        ("a.docx: is protected by a password; open it with the password and save it without one", "mật khẩu"),
        ("a.pdf: is not read after 120 s, the limit; open it in the program that made it", "đọc quá lâu"),
        ("a.doc: needs more than 2,000 MB of memory, the limit; open it", "quá nhiều bộ nhớ"),
        ("a.doc: was saved by Word 95 or older (version 1, at least 2 can be read); open it", "Word quá cũ"),
        ("a.png: 900 x 900 pixels, at most 60 million pixels can be read; scan the page at 300 dpi", "300 dpi"),
        ("a.xlsx: more than 20,000 rows, which is more than can be read; split it", "tách thành nhiều tệp"),
        ("a.docx: cannot be opened (Permission denied); check the file's permissions", "Không mở được tệp"),
        ("a.docx: cannot be read (ValueError: x); open it in the program that made it", "Không đọc được tệp này"),
    ],
)
def test_reasons_that_are_hard_to_bring_about(reason: str, part: str) -> None:
    assert part in unreadable(reason)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(1, (NEW,), (), ()), "Thêm “Kế hoạch của Vinh”"),
        (Change(1, (), ((OLD, "removed"),), ()), "Gỡ “Kế hoạch của Huế”"),
        (Change(1, (), ((OLD, "gone"),), ()), "Gỡ “Kế hoạch của Huế”"),
        (Change(1, (NEW,), ((NEW, "replaced"),), ()), "Cập nhật nội dung “Kế hoạch của Vinh”"),
        (Change(1, (NEW,), ((OLD, "superseded"),), ()), "Thay “Kế hoạch của Huế” bằng “Kế hoạch của Vinh”"),
        (Change(1, (NEW,), ((OLD, "renamed"),), ()), "Đổi tên tệp “huế.txt” thành “vinh.txt”"),
        (Change(1, (), (), ((OLD, ("date", "signer")),)), "Sửa ngày ban hành, người ký của “Kế hoạch của Huế”"),
    ],
)
def test_changes_are_called_as_a_person_calls_them(change: Change, said: str) -> None:
    assert change_text(change) == said
    assert undone_text(change) == f"Đã hoàn tác việc: {said[0].lower()}{said[1:]}."


def test_without_a_change_there_is_nothing_to_say() -> None:
    assert change_text(None) == ""


def test_long_titles_are_cut_between_words() -> None:
    assert named("Kế hoạch " * 20) == f"“{'Kế hoạch ' * 9}Kế hoạch…”"
    assert named("Kế hoạch") == "“Kế hoạch”"


def test_what_to_look_at_after_a_file_came_in() -> None:
    sound = parsed(HUE)
    assert to_look_at(sound) == ""
    assert to_look_at(parsed(HUE.replace("Số 112-KH/BTGTU\n", ""))) == "Nên xem lại: Không thấy số văn bản."
    assert in_place_of(sound, {}).startswith("Đã thay “Kế hoạch tuyên truyền kỷ niệm 95 năm")
    assert in_place_of(sound, {"date": "2025", "issuer": "x"}).endswith(
        " Giữ lại thông tin đã sửa tay: ngày ban hành, cơ quan ban hành; xin xem có còn đúng không."
    )
