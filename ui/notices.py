"""What the page says before anything is asked, and about the state of the library."""

import logging
from dataclasses import dataclass

from ingest.types import Document
from ui.engine import Engine, EngineUnavailableError
from ui.markup import esc
from ui.names import SERVER_TROUBLE, TAGLINE

EMPTY_HTML = (
    f'<div class="empty"><p class="tagline">{esc(TAGLINE)}</p>'
    "<p>Nhập một câu hỏi về các kế hoạch trong kho. Trang này tìm và chép lại "
    "<strong>nguyên văn</strong> đoạn trả lời, kèm tên văn bản, số, ngày và mục; "
    "không tự viết thêm điều gì.</p>"
    "<p>Có thể gõ không dấu. Thử một câu:</p></div>"
)
STALE = (
    "Kho văn bản đã thay đổi sau lần lập chỉ mục gần nhất, nên câu trả lời có thể thiếu văn bản mới. "
    "Trang tự dùng chỉ mục mới khi lập xong. Nếu sau vài phút vẫn thấy dòng này, người quản lý mở Kho văn bản và chọn "
    "“Lập lại chỉ mục”, hoặc chạy: python -m index build"
)

LOST_HTML = (
    '<div class="notice trouble"><p>Không mở được cuộc hỏi đáp này: cuộc hỏi đáp đã bị xóa, hoặc được hỏi trên một '
    f"trình duyệt khác. Có thể hỏi câu mới ngay tại đây.</p></div>{EMPTY_HTML}"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What the page knows of the library when it opens."""

    documents: list[Document]
    notice_html: str
    unavailable: bool


def library_state(engine: Engine) -> LibraryState:
    """Ask the engine for its documents; what is wrong becomes a notice."""
    try:
        documents = engine.documents()
        return LibraryState(documents, _notice(STALE) if engine.stale() else "", False)
    except EngineUnavailableError as unavailable:
        return LibraryState([], _notice(str(unavailable)), True)
    except Exception:  # the page comes up all the same
        log.exception("the library could not be read")
        return LibraryState([], _notice(SERVER_TROUBLE), True)


def known_documents(engine: Engine) -> list[Document]:
    """Give the documents of the open index, none where it cannot be opened."""
    try:
        return engine.documents()
    except EngineUnavailableError:
        return []


def _notice(text: str) -> str:
    return f'<div class="notice trouble" role="status"><p>{esc(text)}</p></div>'
