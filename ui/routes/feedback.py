"""What people say of answers, and what was not found, for those who look after the library."""

import logging
from collections.abc import Iterable

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from ingest.types import Document
from ui.download import attachment
from ui.engine import EngineUnavailableError
from ui.feedback_page import MAX_LISTED, feedback_page
from ui.gold_candidates import Candidates, gold_candidates
from ui.names import LIBRARY_TROUBLE
from ui.services import Services
from ui.unanswered_table import unanswered_csv

_NOT_ALLOWED = (
    "Trang góp ý dành cho người quản lý kho văn bản, mở trên máy chủ hoặc trên máy được cho phép khi khởi động trang "
    "(--manage-from). Anh/chị vẫn góp ý được ngay dưới mỗi câu trả lời."
)

log = logging.getLogger(__name__)


def router(services: Services) -> APIRouter:
    """Give the addresses below /phan-hoi."""
    routes = APIRouter(prefix="/phan-hoi")
    book = services.feedback

    @routes.get("", response_class=HTMLResponse)
    def show(request: Request, loc: str = "", trang: str = "") -> str:
        _check(services, request)
        return feedback_page(book.all(MAX_LISTED), book.unanswered(MAX_LISTED), loc, trang)

    @routes.get("/ung-vien.jsonl")
    def ready(request: Request) -> Response:
        return _lines(_candidates(services, request).ready, "ung-vien.jsonl")

    @routes.get("/can-xem.jsonl")
    def waiting(request: Request) -> Response:
        return _lines(_candidates(services, request).waiting, "can-xem.jsonl")

    @routes.get("/chua-tra-loi.csv")
    def not_found(request: Request) -> Response:
        _check(services, request)
        content = unanswered_csv(book.unanswered())
        return Response(content, media_type="text/csv; charset=utf-8", headers=attachment("chua-tra-loi.csv"))

    return routes


def _check(services: Services, request: Request) -> None:
    if not services.may_manage(request):
        raise HTTPException(403, _NOT_ALLOWED)


def _candidates(services: Services, request: Request) -> Candidates:
    _check(services, request)
    return gold_candidates(services.feedback.all(), _documents(services))


def _documents(services: Services) -> list[Document]:
    try:
        return services.engine.documents()
    except EngineUnavailableError as unavailable:
        raise HTTPException(503, str(unavailable)) from unavailable
    except Exception as error:
        log.exception("the documents could not be read")
        raise HTTPException(500, LIBRARY_TROUBLE) from error


def _lines(lines: Iterable[str], name: str) -> Response:
    content = "".join(f"{line}\n" for line in lines)
    return Response(content, media_type="application/jsonl; charset=utf-8", headers=attachment(name))
