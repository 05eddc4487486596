"""The web application: the chat page, the documents, and what guards both."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from ingest.types import Document
from ui.chat import Chat
from ui.conversations import Conversations
from ui.database import Database
from ui.document_version import Address, shown_version
from ui.engine import Engine, EngineUnavailableError
from ui.feedback import FeedbackBook
from ui.front_page import FrontPage
from ui.headers import SCRIPTED_POLICY, OnlyWhatThePageNeeds, SecurityHeaders
from ui.librarian import Librarian
from ui.names import PAGE_TROUBLE
from ui.pages import message_page
from ui.people import manager_check
from ui.reader import document_page
from ui.routes import conversations, feedback, library, programs, turns
from ui.same_origin import SameOriginChanges
from ui.services import Services
from ui.theme import calm_theme

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
INCOMING = "incoming"  # where files are while they are sent
STATIC = Path(__file__).parent / "static"
_PAGES = ("/van-ban/", "/phan-hoi")  # where a problem is told to a person; elsewhere a script reads it

log = logging.getLogger(__name__)


def create_app(
    engine: Engine,
    hosts: Sequence[str] = (),
    *,
    database: Path,
    librarian: Librarian | None = None,
    managers: Sequence[str] = (),
) -> FastAPI:
    """Give the application around an engine; `database` is the file that keeps conversations and feedback.

    `hosts` are names it answers to besides this machine's: what stands in the address bar, without
    the port. `managers` are addresses and networks besides this machine from which the library may
    be looked after; without a librarian nobody may.
    """
    kept = Database(database)
    services = Services(engine, Conversations(kept), FeedbackBook(kept), librarian, manager_check(managers))
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # The last one added sees a request first.
    app.add_middleware(FrontPage)
    app.add_middleware(OnlyWhatThePageNeeds)
    app.add_middleware(SameOriginChanges)
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *hosts], www_redirect=False)
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(HTTPException, _problem_page)
    app.mount("/tai-nguyen", StaticFiles(directory=STATIC))
    _add_document_routes(app, engine)
    for routes in (conversations, feedback, programs, turns):
        app.include_router(routes.router(services))
    app.include_router(library.router(services, database.parent / INCOMING))
    gr.mount_gradio_app(
        app,
        Chat(engine, services.conversations).blocks,
        path="/",
        theme=calm_theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
        show_error=False,
        allowed_paths=[],
        max_file_size="1kb",  # nothing is uploaded through Gradio
    )
    return app


def _add_document_routes(app: FastAPI, engine: Engine) -> None:
    @app.get("/van-ban/{doc_id}", response_class=HTMLResponse)
    def read(
        doc_id: str, tu: str | None = None, den: str | None = None, ban: str | None = None, khung: str | None = None
    ) -> HTMLResponse:
        address = Address(tu, den, ban, embedded=khung == "1")
        html = document_page(_found(engine, doc_id), address, partial(_former, engine))
        return HTMLResponse(html, headers={"Content-Security-Policy": SCRIPTED_POLICY})

    @app.get("/van-ban/{doc_id}/nguyen-van")
    def stored_text(doc_id: str, ban: str | None = None) -> Response:
        document = shown_version(_found(engine, doc_id), Address(digest=ban), partial(_former, engine)).document
        name = quote(f"{Path(document.source).stem}.txt", safe="")
        disposition = f"inline; filename*=UTF-8''{name}"
        return PlainTextResponse(document.text, headers={"Content-Disposition": disposition})


def _found(engine: Engine, doc_id: str) -> Document:
    """Give a document, or end the request with a page that says why there is none."""
    try:
        document = engine.document(doc_id)
    except EngineUnavailableError as unavailable:
        raise HTTPException(503, str(unavailable)) from unavailable
    except Exception as error:
        log.exception("a document could not be read")
        raise HTTPException(500, PAGE_TROUBLE) from error
    if document is None:
        raise HTTPException(404, "Kho không có văn bản này, hoặc văn bản đã được gỡ khỏi kho.")
    return document


def _former(engine: Engine, doc_id: str, digest: str) -> Document | None:
    """Give a former version of a document; where it cannot be read, the present one has to do."""
    try:
        return engine.former(doc_id, digest)
    except Exception:
        log.exception("a former version could not be read")
        return None


async def _problem_page(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    if not request.url.path.startswith(_PAGES):
        return JSONResponse({"message": problem.detail}, status_code=problem.status_code)
    titles = {403: "Không được phép", 404: "Không tìm thấy", 405: "Không dùng được", 503: "Chưa sẵn sàng"}
    title = titles.get(problem.status_code, "Có trục trặc")
    return HTMLResponse(message_page(title, problem.detail), status_code=problem.status_code)
