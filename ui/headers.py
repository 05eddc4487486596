"""What every response carries, and which addresses of Gradio can be reached at all."""

import re

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.pages import message_page

MAX_BODY = 256 * 1024  # bytes of a request; a question is far smaller
MAX_UPLOAD = 200 * 1024 * 1024  # bytes of a request that brings files for the library
UPLOAD_PATH = re.compile(r"/kho/(?:tep|van-ban/[^/]+/tep)")

# Everything but the chat page, which brings its own policy: own styles and images, no script.
STRICT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Pages of our own with scripts, which come from files of this server alone.
SCRIPTED_POLICY = STRICT_POLICY.replace(
    "default-src 'none';", "default-src 'none'; script-src 'self'; connect-src 'self';"
)
_HEADERS = {
    "Content-Security-Policy": STRICT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}

# Gradio also answers uploads, proxying, API descriptions, recordings and editing; nothing here
# needs them, so they are not there.
_NEEDED = re.compile(
    r"/(?:van-ban/[^/]+(?:/nguyen-van)?|(?:kho|phan-hoi|hoi-thoai|luot|api)(?:/.*)?|tai-nguyen/.+|favicon\.ico|theme\.css"
    r"|assets/.+|static/js/.+|gradio_api/(?:heartbeat/\w+|run/predict|app_id))?"
)


class SecurityHeaders:
    """Adds the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the head of its response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OnlyWhatThePageNeeds:
    """Answers 404 outside the addresses that the page uses, 413 to a request that is too large."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        app = self.app
        if scope["type"] == "http":
            if not _NEEDED.fullmatch(scope["path"]):
                text = message_page("Không có trang này", "Đường dẫn không đúng hoặc đã cũ.")
                app = HTMLResponse(text, status_code=404)
            elif scope["method"] not in ("GET", "HEAD") and not _small(scope):
                app = PlainTextResponse("Nội dung gửi lên quá dài.", status_code=413)
        await app(scope, receive, send)


def _small(scope: Scope) -> bool:
    """Say whether a request states a length that is allowed; one that states none is refused unless it has no body."""
    headers = dict(scope["headers"])
    brings_nothing = scope["method"] != "POST" and b"transfer-encoding" not in headers
    length = headers.get(b"content-length", b"0" if brings_nothing else b"")
    limit = MAX_UPLOAD if UPLOAD_PATH.fullmatch(scope["path"]) else MAX_BODY
    return length.isdigit() and len(length) < 10 and int(length) <= limit
