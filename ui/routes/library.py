"""The library: its page, and what its scripts ask for when somebody looks after it."""

import json
import logging
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from ingest.edits import EDITABLE, EditError, checked_edits
from ingest.types import Document
from ui.headers import SCRIPTED_POLICY
from ui.holdings_columns import document_name
from ui.holdings_filter import LIBRARY_URL, wanted_by
from ui.librarian import Librarian
from ui.library_messages import NO_DOCUMENT, refused_edit
from ui.library_page import library_page
from ui.library_page_upload import drop_leftovers, uploaded_file
from ui.library_page_work import files_json, work_json
from ui.library_types import Decision, LibrarianError
from ui.services import Services

# The filters are a form that the browser sends itself where no script runs.
PAGE_POLICY = SCRIPTED_POLICY.replace("form-action 'none'", "form-action 'self'")
NOT_UNDERSTOOD = "Yêu cầu không đúng dạng. Xin tải lại trang rồi thử lại."
TROUBLE = "Máy chủ gặp trục trặc nên chưa làm được việc này. Xin thử lại; nếu vẫn lỗi, xin báo người quản trị."
CHANGED = "Kho vừa có thay đổi khác nên chưa hoàn tác. Xin xem lại thay đổi gần nhất rồi bấm “Hoàn tác” lần nữa."
WRONG_FACTS = "Chưa lưu: xin sửa những ô có ghi chú rồi lưu lại."

log = logging.getLogger(__name__)


class _Told(APIRoute):
    """A route whose troubles are sentences in JSON, and whose answers nobody keeps."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler with what may go wrong translated."""
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                response = await handler(request)
            except HTTPException as problem:
                response = _problem(problem.status_code, problem.detail)
            except LibrarianError as refusal:
                response = _problem(400, str(refusal))
            except ClientDisconnect:  # nobody reads the answer
                response = _problem(400, NOT_UNDERSTOOD)
            except Exception:
                log.exception("the library could not be changed")
                response = _problem(500, TROUBLE)
            response.headers["Cache-Control"] = "no-store"
            return response

        return told


async def _sent(request: Request) -> dict[str, Any]:
    """Give the JSON object that a request brings."""
    try:
        sent = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, NOT_UNDERSTOOD) from error
    if not isinstance(sent, dict):
        raise HTTPException(400, NOT_UNDERSTOOD)
    return sent


Sent = Annotated[dict[str, Any], Depends(_sent)]


def router(services: Services, incoming: Path | None = None) -> APIRouter:
    """Give the addresses below /kho; `incoming` is where files are until the librarian has them.

    It is best a folder of the data directory, of which nobody else makes use; the system's folder for
    such files where there is none.
    """
    routes = APIRouter(prefix=LIBRARY_URL, route_class=_Told)
    _add_page(routes, services)
    _add_files(routes, services, incoming)
    _add_documents(routes, services)
    return routes


def _add_page(routes: APIRouter, services: Services) -> None:
    @routes.get("", response_class=HTMLResponse)
    def show(request: Request) -> HTMLResponse:
        manages = services.librarian is not None and services.may_manage(request)
        html = library_page(services, wanted_by(request.query_params), manages=manages)
        return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY})

    @routes.get("/viec")
    def work(request: Request) -> JSONResponse:
        return _done(services, services.managing(request))

    @routes.post("/hoan-tac")
    def undo(request: Request, sent: Sent) -> JSONResponse:
        librarian = services.managing(request)
        if sent.get("change") != librarian.work().last_change:
            raise HTTPException(409, CHANGED)
        return _done(services, librarian, librarian.undo())

    @routes.post("/lap-chi-muc")
    def reindex(request: Request) -> JSONResponse:
        librarian = services.managing(request)
        librarian.reindex()
        return _done(services, librarian)


def _add_files(routes: APIRouter, services: Services, incoming: Path | None) -> None:
    folder = incoming or Path(tempfile.gettempdir())
    if incoming is not None:
        drop_leftovers(incoming)

    def given(librarian: Librarian, give: Callable[..., None], *what: Any) -> JSONResponse:
        # A batch that ends just now is forgotten when the next one begins, before anybody has looked.
        earlier = files_json(librarian, services.engine)
        give(*what)
        return _done(services, librarian, earlier=earlier)

    @routes.post("/tep")
    async def add(request: Request) -> JSONResponse:
        librarian = services.managing(request)
        async with uploaded_file(request, folder) as (name, path):
            return await run_in_threadpool(given, librarian, librarian.add, [(name, path)])

    @routes.post("/van-ban/{doc_id}/tep")
    async def replace(request: Request, doc_id: str) -> JSONResponse:
        librarian = services.managing(request)
        await run_in_threadpool(_document, librarian, doc_id)
        async with uploaded_file(request, folder) as (name, path):
            return await run_in_threadpool(given, librarian, librarian.replace, doc_id, name, path)

    @routes.post("/viec/quyet-dinh")
    def decide(request: Request, sent: Sent) -> JSONResponse:
        librarian = services.managing(request)
        name = sent.get("name")
        decision: Decision | None = next((known for known in get_args(Decision) if known == sent.get("decision")), None)
        if not isinstance(name, str) or decision is None:
            raise HTTPException(400, NOT_UNDERSTOOD)
        librarian.decide(name, decision)
        return _done(services, librarian)


def _add_documents(routes: APIRouter, services: Services) -> None:
    @routes.get("/van-ban/{doc_id}/thong-tin")
    def facts(request: Request, doc_id: str) -> JSONResponse:
        librarian = services.managing(request)
        document, edited = _document(librarian, doc_id), librarian.edited(doc_id)
        values = {fact: getattr(document.facts, fact) or "" for fact in EDITABLE}
        values["date"] = _typed_date(values["date"])
        return JSONResponse({"name": document_name(document), "facts": values, "edited": sorted(edited)})

    @routes.post("/van-ban/{doc_id}/thong-tin")
    def edit(request: Request, doc_id: str, sent: Sent) -> JSONResponse:
        librarian = services.managing(request)
        document = _document(librarian, doc_id)
        changes, refused = _checked(sent.get("changes"))
        if refused:
            return JSONResponse({"message": WRONG_FACTS, "fields": refused}, status_code=400)
        librarian.edit(doc_id, changes)
        return _done(services, librarian, f"Đã sửa thông tin của “{document_name(document)}”.")

    @routes.delete("/van-ban/{doc_id}")
    def remove(request: Request, doc_id: str) -> JSONResponse:
        librarian = services.managing(request)
        document = _document(librarian, doc_id)
        librarian.remove(doc_id)
        return _done(services, librarian, f"Đã gỡ “{document_name(document)}” khỏi kho.")


def _document(librarian: Librarian, doc_id: str) -> Document:
    """Give a document of the library; ends the request with 404 where there is none."""
    document = next((document for document in librarian.documents() if document.doc_id == doc_id), None)
    if document is None:
        raise HTTPException(404, NO_DOCUMENT)
    return document


def _checked(changes: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Give the corrections as they are stored, and what is wrong with those that cannot be, by fact."""
    if not isinstance(changes, dict) or not changes or not all(isinstance(value, str) for value in changes.values()):
        raise HTTPException(400, NOT_UNDERSTOOD)
    checked: dict[str, str] = {}
    refused: dict[str, str] = {}
    for fact, value in changes.items():
        try:
            checked |= checked_edits({fact: value})
        except EditError as error:
            refused[fact] = refused_edit(error)
    return checked, refused


def _typed_date(date: str) -> str:
    """Give an ISO 8601 date as it is typed in Vietnam: 17/12/2024, 12/2024, 2024."""
    return "/".join(reversed(date.split("-")))


def _done(services: Services, librarian: Librarian, message: str = "", **more: Any) -> JSONResponse:
    return JSONResponse({"message": message, "work": work_json(librarian, services.engine), **more})


def _problem(status: int, message: str) -> JSONResponse:
    return JSONResponse({"message": message}, status_code=status)
