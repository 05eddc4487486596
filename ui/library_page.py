"""The page of the library: what it holds, and for who may manage it everything that can be done with it."""

import logging

from ui.engine import EngineUnavailableError
from ui.holdings import holdings_html
from ui.holdings_columns import Holding, holdings_of
from ui.holdings_filter import Wanted
from ui.library_page_forms import dialogs, drop_zone, filter_form, toolbar
from ui.library_types import LibrarianError
from ui.markup import esc
from ui.names import LIBRARY_TROUBLE
from ui.pages import page, site_head
from ui.services import NO_LIBRARIAN, Services

_NEEDS_SCRIPT = (
    '<noscript><p class="notice">Muốn thêm, sửa hoặc gỡ văn bản, xin bật JavaScript rồi tải lại trang.</p></noscript>'
)
_BEGIN = (
    '<div class="begin"><h2>Kho chưa có văn bản nào</h2><p>Bắt đầu như sau:</p><ol>'
    "<li>Kéo thả các tệp kế hoạch vào khung ở trên, hoặc bấm “chọn tệp”.</li>"
    "<li>Chờ máy đọc tệp và lập chỉ mục; trang báo khi xong.</li>"
    '<li>Mở trang <a href="/">Hỏi đáp</a> và đặt câu hỏi.</li></ol></div>'
)
_NOTHING_YET = (
    '<div class="begin"><h2>Kho chưa có văn bản nào</h2>'
    "<p>Xin nhờ người quản lý kho thêm văn bản, rồi tải lại trang này.</p></div>"
)
_SCRIPTS = ("library.js", "library_work.js", "library_files.js", "library_documents.js")

log = logging.getLogger(__name__)


def library_page(services: Services, wanted: Wanted, *, manages: bool) -> str:
    """Give the page; `manages` says whether it is for somebody who may change the library."""
    try:
        inside = _inside(services, wanted, manages)
    except (EngineUnavailableError, LibrarianError) as trouble:
        inside = _trouble(str(trouble))
    except Exception:  # whatever it is, the person gets a sentence and not a stack trace
        log.exception("the library could not be shown")
        inside = _trouble(LIBRARY_TROUBLE)
    intro = drop_zone() + _NEEDS_SCRIPT if manages else f'<p class="quiet">{esc(NO_LIBRARIAN)}</p>'
    return page(
        "Kho văn bản",
        f'{site_head("library")}<main class="library"><h1>Kho văn bản</h1>{intro}'
        f"{toolbar(_last_change(services)) if manages else ''}"
        '<div id="said"><p role="status"></p><p role="alert"></p></div>'
        f'<section id="held" aria-label="Các văn bản">{inside}</section></main>{dialogs() if manages else ""}',
        styles=("library.css",),
        scripts=_SCRIPTS if manages else _SCRIPTS[:1],
    )


def _inside(services: Services, wanted: Wanted, manages: bool) -> str:
    holdings = _holdings(services)
    if not holdings:
        return _BEGIN if manages else _NOTHING_YET
    documents = [held.document for held in holdings]
    return filter_form(documents, wanted) + holdings_html(holdings, wanted, manages=manages)


def _holdings(services: Services) -> list[Holding]:
    """Give what the library holds; without a librarian that is what the open index has."""
    librarian, engine = services.librarian, services.engine
    try:
        indexed, counts = engine.documents(), engine.passage_counts()
    except EngineUnavailableError:
        if librarian is None:
            raise
        indexed, counts = [], {}
    held = indexed if librarian is None else librarian.documents()
    return holdings_of(held, {document.doc_id: document for document in indexed}, counts)


def _last_change(services: Services) -> str:
    try:
        return services.librarian.work().last_change if services.librarian is not None else ""
    except LibrarianError:  # the page says what is wrong where the documents would be
        return ""


def _trouble(text: str) -> str:
    return f'<div class="notice trouble" role="alert"><p>{esc(text)}</p></div>'
