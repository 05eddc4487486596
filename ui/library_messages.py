"""What the librarian is told in Vietnamese: of files, of facts, of changes that can be taken back."""

import re

from ingest.edits import EDITABLE, EditError
from ingest.history import Change, Touched
from ingest.types import Document, FormerReason
from ui.origin import warning_text

FACT_NAMES: dict[str, str] = {
    "title": "tên văn bản",
    "short_title": "tên gọi ngắn",
    "number": "số văn bản",
    "date": "ngày ban hành",
    "issuer": "cơ quan ban hành",
    "place": "địa phương",
    "signer": "người ký",
    "signer_role": "chức vụ người ký",
}

NOTHING_GIVEN = "Chưa có tệp nào được chọn. Xin chọn tệp rồi thử lại."
NOT_KEPT = "Máy chủ chưa lưu được tệp. Xin kiểm tra đĩa còn chỗ trống và quyền ghi vào thư mục dữ liệu, rồi thêm lại."
NO_LIBRARY = (
    "Chưa ghi được vào kho văn bản. Có thể đĩa đầy, thư mục dữ liệu không ghi được, hoặc một chương trình khác đang "
    "dùng kho. Xin thử lại sau ít phút; nếu vẫn lỗi, xin báo người quản trị máy chủ."
)
NO_DOCUMENT = "Văn bản này không còn trong kho. Xin tải lại trang."
NO_CONFLICT = "Tệp này không còn chờ quyết định. Xin tải lại trang."
NOTHING_TO_UNDO = "Không còn thay đổi nào để hoàn tác."
NOTHING_TO_INDEX = "Kho chưa có văn bản nào để lập chỉ mục. Xin thêm văn bản trước."
CLOSED = "Trang đang dừng nên chưa nhận việc mới. Xin thử lại sau khi trang chạy lại."
UNKNOWN_SUFFIX = (
    "Không đọc được loại tệp này. Máy đọc được Word, PDF, Excel, ảnh quét, trang web và văn bản thường; xin lưu tệp "
    "thành một trong các loại đó rồi thêm lại."
)

_UNREADABLE = "Không đọc được tệp này. Xin mở bằng chương trình đã tạo ra tệp, lưu lại rồi thêm lại."
# Words of the reader's reason, each with what a person is told; the first that fits counts.
_REASONS: tuple[tuple[str, str], ...] = (
    (
        r"program tesseract is missing|tesseract has no data",
        "Tệp là bản quét nhưng máy chủ chưa cài phần nhận dạng chữ tiếng Việt. Xin nhờ người quản trị cài "
        "tesseract-ocr và tesseract-ocr-vie rồi thêm lại.",
    ),
    (r"tesseract cannot read|damaged image|not an image", "Ảnh quét bị hỏng hoặc không phải ảnh. Xin quét lại trang."),
    (
        r"protected by a password",
        "Tệp có mật khẩu nên không đọc được. Xin mở tệp bằng mật khẩu, lưu lại không có mật khẩu rồi thêm lại.",
    ),
    (r"million pixels", "Ảnh quét quá lớn. Xin quét lại ở độ phân giải 300 dpi."),
    (
        r"at most .* can be read|more than can be read|MB of text, the limit",
        "Tệp quá lớn. Xin tách thành nhiều tệp, mỗi văn bản một tệp, rồi thêm lại.",
    ),
    (
        r"is not read after|MB of memory",
        "Tệp đọc quá lâu hoặc cần quá nhiều bộ nhớ. Xin lưu lại tệp, hoặc tách thành nhiều tệp nhỏ rồi thêm lại.",
    ),
    (
        r"is empty|\(0 bytes\)|holds no text|has no body",
        "Tệp không có chữ nào. Xin kiểm tra đã lưu và chọn đúng tệp.",
    ),
    (r"saved by Word 95", "Tệp do bản Word quá cũ tạo ra. Xin mở bằng Word, lưu thành .docx rồi thêm lại."),
    (
        r"not what \S+ says|archive without|no text document|not a (web page|text file|PDF)|web archive|as RTF does",
        "Nội dung tệp không đúng với đuôi tên tệp. Xin mở bằng chương trình đã tạo ra tệp, lưu đúng loại rồi thêm lại.",
    ),
    (
        r"is not UTF-8 \(byte",
        "Tệp văn bản dùng bảng mã lạ. Xin mở bằng trình soạn thảo, lưu với bảng mã UTF-8 rồi thêm lại.",
    ),
    (
        r"is damaged|damaged PDF|cut short|no \S+ file",
        "Tệp bị hỏng. Xin mở bằng chương trình đã tạo ra tệp, lưu lại rồi thêm lại.",
    ),
    (r"cannot be opened", "Không mở được tệp trên máy chủ. Xin thêm lại tệp."),
)
_TITLE = 90  # characters of a title within a sentence


def unreadable(reason: str) -> str:
    """Say in Vietnamese why a file cannot be read and what to do; `reason` is the reader's, in English."""
    return next((said for words, said in _REASONS if re.search(words, reason)), _UNREADABLE)


def refused_edit(error: EditError) -> str:
    """Say what is wrong with a correction."""
    name = FACT_NAMES.get(error.fact)
    if name is None:
        return "Thông tin này không sửa được. Xin tải lại trang."
    shown = name[:1].upper() + name[1:]
    if error.fault == "no date":
        return f"{shown} chưa đúng. Xin viết như 05/03/2025, 03/2025 hoặc 2025."
    if error.fault == "too long":
        return f"{shown} dài quá {EDITABLE[error.fact]} ký tự. Xin viết ngắn lại."
    return f"{shown} có ký tự không hiển thị được. Xin gõ lại bằng tay, không dán."


def to_look_at(document: Document) -> str:
    """Say what a person should look at in a document that was taken in, "" where nothing is amiss."""
    remarks = "; ".join([*map(warning_text, document.warnings), *document.notes])
    return f"Nên xem lại: {remarks}." if remarks else ""


def duplicate_of(other: Document) -> str:
    """Say that a file holds what the library has."""
    return f"Nội dung trùng với {named(other.facts.title)} đã có trong kho nên không thêm nữa."


def conflict_with(other: Document) -> str:
    """Say that a file may be another version of a document, and what can be decided."""
    return (
        f"Cùng số và cơ quan ban hành với {named(other.facts.title)} (số {other.facts.number}) nhưng khác nội dung. "
        "Xin chọn: thay văn bản cũ, giữ cả hai, hoặc bỏ tệp này."
    )


def in_place_of(other: Document, kept: dict[str, str]) -> str:
    """Say what a document has replaced, and which corrections by hand go on with it."""
    facts = ", ".join(FACT_NAMES[fact] for fact in kept)
    carried = f" Giữ lại thông tin đã sửa tay: {facts}; xin xem có còn đúng không." if facts else ""
    return f"Đã thay {named(other.facts.title)}.{carried}"


def change_text(change: Change | None) -> str:
    """Say what taking back a change would take back, "" where there is none; a sentence without its full stop."""
    if change is None:
        return ""
    if change.came and change.left:
        return _exchange_text(change.came[0], *change.left[0])
    if change.came:
        return f"Thêm {', '.join(map(_called, change.came))}"
    if change.left:
        return f"Gỡ {', '.join(_called(touched) for touched, _ in change.left)}"
    edited = (f"{', '.join(map(FACT_NAMES.__getitem__, facts))} của {_called(one)}" for one, facts in change.edited)
    return f"Sửa {'; '.join(edited)}"


def _exchange_text(new: Touched, old: Touched, reason: FormerReason) -> str:
    if reason == "superseded":
        return f"Thay {_called(old)} bằng {_called(new)}"
    if reason == "renamed":
        return f"Đổi tên tệp “{old.source}” thành “{new.source}”"
    return f"Cập nhật nội dung {_called(new)}"


def undone_text(change: Change) -> str:
    """Say what was taken back."""
    said = change_text(change)
    return f"Đã hoàn tác việc: {said[:1].lower()}{said[1:]}."


def named(title: str) -> str:
    """Give a title within a sentence, cut where it is long."""
    return f"“{title if len(title) <= _TITLE else title[:_TITLE].rsplit(' ', 1)[0] + '…'}”"


def _called(touched: Touched) -> str:
    return named(touched.title)
