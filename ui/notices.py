"""What the page says before anything is asked, and about the state of the library."""

import logging
from dataclasses import dataclass

from ingest.types import Document
from ui.engine import Engine, EngineUnavailableError
from ui.markup import esc
from ui.names import PRODUCT, SERVER_TROUBLE, TAGLINE

HEADER_HTML = f'<div class="page-title"><h1>{esc(PRODUCT)}</h1><p>{esc(TAGLINE)}</p></div>'
EMPTY_HTML = (
    '<div class="empty"><p>Nhập một câu hỏi về các kế hoạch trong kho. Trang này tìm và chép lại '
    "<strong>nguyên văn</strong> đoạn trả lời, kèm tên văn bản, số, ngày và mục; "
    "không tự viết thêm điều gì.</p>"
    "<p>Có thể gõ không dấu. Thử một câu:</p></div>"
)
STALE = (
    "Kho văn bản đã thay đổi sau lần lập chỉ mục gần nhất, nên câu trả lời có thể thiếu văn bản mới. "
    "Người quản lý kho chạy: python -m index build, rồi khởi động lại trang này."
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


def _notice(text: str) -> str:
    return f'<div class="notice trouble" role="status"><p>{esc(text)}</p></div>'
