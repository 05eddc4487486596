"""The assistant for programs: questions, documents and passages as JSON below /api, with their description."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match
from starlette.staticfiles import StaticFiles

from index.errors import FilterError
from index.report import text_sha256
from ingest.types import Document
from ui.engine import Engine
from ui.programs_forms import (
    AskRequest,
    DocumentDetails,
    DocumentEntry,
    Health,
    PassageInContext,
    TextSpan,
    document_details,
    document_entry,
    passage_in_context,
    text_span,
)
from ui.programs_openapi import TEXTS, openapi_document, problem_responses
from ui.programs_page import POLICY, VIEWER_FILES, programs_page
from ui.programs_problems import ProblemError, ProblemRoute, WrongValue, busy, invalid_request, wrong_value
from ui.record import AnswerRecord, record_of
from ui.services import Services
from ui.waiting_line import LineFullError, WaitingLine

AT_ONCE = 2  # answers for programs worked on at once, so that they leave the processor to the people on the page
MAX_WAITING = 20  # questions of programs that wait for a place; more are turned away at once
WAIT_S = 5.0  # seconds that one waits at most
RETRY_AFTER_S = 5  # seconds after which a question that was turned away may be sent again

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

Offset = Annotated[int, Query(ge=0)]
TextHash = Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")]


def router(services: Services) -> APIRouter:
    """Give the addresses below /api; what fails there is answered with problem details."""
    routes = APIRouter(prefix="/api", route_class=ProblemRoute)
    _add_questions(routes, services.engine)
    _add_documents(routes, services.engine)
    _add_health(routes, services.engine)
    _add_description(routes)
    _add_everything_else(routes)
    return routes


def _add_questions(routes: APIRouter, engine: Engine) -> None:
    line = WaitingLine(AT_ONCE, MAX_WAITING, WAIT_S)

    @routes.post("/ask", **TEXTS["ask"], responses=problem_responses("invalid-request", "not-ready", "busy"))
    async def ask(wanted: AskRequest) -> AnswerRecord:
        try:
            async with line.place():
                return await run_in_threadpool(_answer, engine, wanted)
        except LineFullError:
            raise busy(RETRY_AFTER_S) from None


def _add_documents(routes: APIRouter, engine: Engine) -> None:
    @routes.get("/documents", **TEXTS["documents"], responses=problem_responses("not-ready"))
    def documents() -> list[DocumentEntry]:
        counts = engine.passage_counts()
        return [document_entry(document, counts.get(document.doc_id, 0)) for document in engine.documents()]

    of_document = problem_responses("unknown-document", "not-ready")

    @routes.get("/documents/{doc_id}", **TEXTS["document"], responses=of_document)
    def document(doc_id: str) -> DocumentDetails:
        return document_details(_found(engine, doc_id), engine.passage_counts().get(doc_id, 0))

    of_span = problem_responses("unknown-document", "text-changed", "invalid-request", "not-ready")

    @routes.get("/documents/{doc_id}/text", **TEXTS["text"], responses=of_span)
    def text(
        doc_id: str, start: Offset = 0, end: Annotated[int | None, Query(ge=0)] = None, text_sha256: TextHash = None
    ) -> TextSpan:
        found = _found(engine, doc_id, text_sha256)
        return text_span(found, *_checked_span(found, start, len(found.text) if end is None else end))

    @routes.get("/passages/{doc_id}/{start}-{end}", **TEXTS["passage"], responses=of_span)
    def passage(doc_id: str, start: int, end: int, text_sha256: TextHash = None) -> PassageInContext:
        found = _found(engine, doc_id, text_sha256)
        return passage_in_context(found, *_checked_span(found, start, end, least=1))


def _add_health(routes: APIRouter, engine: Engine) -> None:
    @routes.get("/health", **TEXTS["health"], responses=problem_responses("not-ready"))
    def health() -> Health:
        counts = engine.passage_counts()
        return Health(engine.version(), len(engine.documents()), sum(counts.values()), engine.stale())


def _add_description(routes: APIRouter) -> None:
    viewer = StaticFiles(packages=[("fastapi_offline", "static")])
    described: dict[str, Any] = {}

    @routes.get("/openapi.json", include_in_schema=False)
    def description() -> JSONResponse:
        described.update(described or openapi_document(routes.routes))
        return JSONResponse(described)

    @routes.get("", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        html = programs_page(str(request.base_url).rstrip("/"))
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    @routes.get("/viewer/{name}", include_in_schema=False)
    async def viewer_file(request: Request, name: str) -> Response:
        if name not in VIEWER_FILES:
            raise _unknown_address(request)
        return await viewer.get_response(name, request.scope)


def _add_everything_else(routes: APIRouter) -> None:
    known = [route for route in routes.routes if isinstance(route, APIRoute)]

    @routes.api_route("/{rest:path}", methods=_METHODS, include_in_schema=False)
    def nothing(request: Request) -> None:
        meant = [route for route in known if route.matches(request.scope)[0] == Match.PARTIAL]
        allowed = {method for route in meant for method in route.methods or ()}
        if not allowed:
            raise _unknown_address(request)
        methods = ", ".join(sorted(allowed))
        detail = f"{request.url.path} không nhận {request.method}; hãy dùng {methods}."
        raise ProblemError("wrong-method", detail, headers={"Allow": methods})


def _answer(engine: Engine, wanted: AskRequest) -> AnswerRecord:
    try:
        return record_of(engine.ask(wanted.question, wanted.options()))
    except FilterError as error:
        unknown = [
            WrongValue(f"documents.{row}", f"kho không có văn bản mã “{doc_id}”; xem các mã tại GET /api/documents")
            for row, doc_id in enumerate(wanted.documents)
            if engine.document(doc_id) is None
        ]
        raise invalid_request(unknown) from error


def _found(engine: Engine, doc_id: str, wanted_text: str | None = None) -> Document:
    """Give a document; raises ProblemError where there is none, or its text is not the one that is meant."""
    document = engine.document(doc_id)
    if document is None:
        detail = f"Kho không có văn bản mã “{doc_id}”, hoặc văn bản đã được gỡ. Xem các mã tại GET /api/documents."
        raise ProblemError("unknown-document", detail)
    stored = text_sha256(document.text)
    if wanted_text not in (None, stored):
        detail = (
            f"Nguyên văn của “{doc_id}” đã thay đổi: yêu cầu dùng bản {wanted_text}, kho đang lưu bản {stored}. "
            "Hãy hỏi lại để có vị trí mới, hoặc tìm lại câu trích trong nguyên văn mới."
        )
        raise ProblemError("text-changed", detail)
    return document


def _checked_span(document: Document, start: int, end: int, least: int = 0) -> tuple[int, int]:
    """Give the span if it lies in the text and has at least so many characters; raises ProblemError."""
    length = len(document.text)
    if end > length:
        raise wrong_value("end", f"là {end}, nhưng nguyên văn chỉ dài {length} ký tự")
    if start < 0 or start + least > end:
        order = "0 ≤ start < end" if least else "0 ≤ start ≤ end"
        raise wrong_value("start", f"là {start}, end là {end}; cần {order}")
    return start, end


def _unknown_address(request: Request) -> ProblemError:
    return ProblemError("unknown-address", f"Không có địa chỉ {request.url.path}. Xem các địa chỉ tại /api.")
