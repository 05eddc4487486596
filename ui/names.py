"""What things are called in Vietnamese on the page: kinds of sections, refusals, dates, addresses."""

import re
from urllib.parse import quote

from index.types import Refusal
from ingest.types import SectionKind

PRODUCT = "Hỏi đáp kế hoạch"
TAGLINE = "Hỏi bằng lời thường, đọc đúng câu, đúng mục, đúng văn bản."

KIND_NAMES: dict[SectionKind, str] = {
    "header": "Phần đầu văn bản",
    "basis": "Căn cứ",
    "purpose": "Mục đích, yêu cầu",
    "content": "Nội dung",
    "forms": "Hình thức, biện pháp",
    "slogans": "Khẩu hiệu",
    "audience": "Đối tượng",
    "tasks": "Tổ chức thực hiện",
    "schedule": "Thời gian, lộ trình",
    "budget": "Kinh phí",
    "closing": "Phần kết",
    "recipients": "Nơi nhận",
    "signature": "Người ký",
    "table": "Bảng số liệu",
    "other": "Phần khác",
}


# What the reader can do next; the reason itself comes with the answer.
REFUSAL_HINTS: dict[Refusal, str] = {
    "no_documents": "Người quản lý kho thêm văn bản rồi chạy: python -m ingest corpus, python -m index build",
    "filtered_out": "Mở “Phạm vi” ở dưới ô câu hỏi và chọn “Tìm trong toàn bộ kho”.",
    "not_found": "Thử hỏi bằng từ ngữ hay gặp trong văn bản, nêu tên cơ quan hoặc địa phương.",
    "invalid_question": "Viết một câu hỏi ngắn bằng chữ, ví dụ: “ai chịu trách nhiệm tuyên truyền miệng?”",
}

SERVER_TROUBLE = (
    "Máy chủ gặp trục trặc nên chưa trả lời được câu này. Câu hỏi vẫn còn trong ô bên dưới, "
    "xin thử lại sau ít phút; nếu vẫn lỗi, báo cho người quản lý kho."
)

TOO_MANY_ASK = "Đang có quá nhiều người hỏi cùng lúc. Câu hỏi vẫn còn trong ô bên dưới, xin chờ vài giây rồi gửi lại."

NO_INDEX = (
    "Chưa có chỉ mục dùng được nên chưa tìm được gì. Người quản lý kho chạy: "
    "python -m ingest corpus, rồi: python -m index build"
)
NO_MODEL = (
    "Chưa nạp được mô hình ngôn ngữ nên chưa tìm được gì. Người quản lý kho xem lý do ở cửa sổ "
    "đang chạy máy chủ, rồi chạy: python -m index build"
)
FILTER_TROUBLE = "Phạm vi đang chọn có văn bản không còn trong kho. Tải lại trang, chọn lại phạm vi rồi hỏi lại."
PAGE_TROUBLE = "Máy chủ gặp trục trặc nên chưa mở được văn bản này. Xin thử lại sau ít phút."
LIBRARY_TROUBLE = "Máy chủ gặp trục trặc nên chưa xem được kho văn bản. Xin thử lại sau ít phút."

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def vietnamese_date(date: str) -> str:
    """Give an ISO 8601 date, possibly of reduced precision, as it is written in Vietnam."""
    match = _ISO_DATE.fullmatch(date)
    if match is None:
        return date
    year, month, day = match.groups()
    if day is not None:
        return f"{day}/{month}/{year}"
    return f"tháng {int(month)}/{year}" if month is not None else f"năm {year}"


def document_url(doc_id: str) -> str:
    """Give the address of a document's page."""
    return f"/van-ban/{quote(doc_id, safe='')}"


def passage_url(doc_id: str, start: int, end: int, text_sha256: str = "") -> str:
    """Give the address of a document's page with the span [start, end) marked and scrolled to.

    The first part of the text's hash tells later which text the span belongs to.
    """
    text = f"&ban={text_sha256[:12]}" if text_sha256 else ""
    return f"{document_url(doc_id)}?tu={start}&den={end}{text}#doan"
