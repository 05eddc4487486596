"""Turns away what another site's page makes a browser send: changes come from our own pages only."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_READING = ("GET", "HEAD", "OPTIONS")


class SameOriginChanges:
    """Answers 403 to a request that changes something and says that it comes from elsewhere.

    Browsers say so by Sec-Fetch-Site or Origin; programs that are no browsers send neither.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        app = self.app
        if scope["type"] == "http" and scope["method"] not in _READING and not _is_own(Headers(scope=scope)):
            app = PlainTextResponse("Yêu cầu đến từ một trang khác nên không được thực hiện.", status_code=403)
        await app(scope, receive, send)


def _is_own(headers: Headers) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    host = headers.get("host", "")
    return origin is None or origin in (f"http://{host}", f"https://{host}")
