"""Gradio's own page, cleaned: no other hosts, Vietnamese, our head, and scripts only with a nonce."""

import re
from secrets import token_urlsafe

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.conversation_list import CHAT_FRAME_HTML
from ui.markup import esc
from ui.names import PRODUCT, TAGLINE
from ui.people import new_cookie, user_of

# Cards for social networks, a web app manifest that does not exist, and anything of another host.
_UNWANTED = re.compile(
    r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>'
    r'|<link\s+rel="manifest"[^>]*>'
    r'|<(?:link|script)\s[^>]*?\b(?:href|src)="(?:https?:)?//[^>]*>(?:\s*</script>)?'
)
_INLINE = re.compile(r"<(script|style)(?=[\s>])")
_BODY = re.compile(r"<body\b[^>]*>")
_STYLES = ("chat", "conversations", "turn_tools", "panel")
_SCRIPTS = (*_STYLES, "waiting")
_HEAD = (
    f"<title>{esc(PRODUCT)}</title>"
    f'<meta name="description" content="{esc(TAGLINE)}">'
    '<meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/tai-nguyen/icon.svg">'
    '<link rel="stylesheet" href="/tai-nguyen/base.css">'
    + "".join(f'<link rel="stylesheet" href="/tai-nguyen/{name}.css">' for name in _STYLES)
    + "".join(f'<script src="/tai-nguyen/{name}.js" defer></script>' for name in _SCRIPTS)
    + "<noscript><p>Trang hỏi đáp cần JavaScript. Xin bật JavaScript rồi tải lại trang.</p></noscript>"
    "</head>"
)


def cleaned(html: str, nonce: str) -> str:
    """Give Gradio's page with everything unwanted removed and ours added."""
    html = _UNWANTED.sub("", html).replace('lang="en"', 'lang="vi"', 1)
    html = html.replace("</head>", _HEAD, 1)
    html = _BODY.sub(lambda body: body.group() + CHAT_FRAME_HTML, html, count=1)
    return _INLINE.sub(rf'<\1 nonce="{nonce}"', html)


def policy(nonce: str) -> str:
    """Give the content security policy of the chat page: this host only, no eval.

    Gradio's components set style attributes, which a nonce cannot cover.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; "
        f"style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
        "base-uri 'self'; form-action 'none'; frame-ancestors 'self'"
    )


class FrontPage:
    """Cleans the page that Gradio serves at "/" and gives it its policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold a page at "/" back until it is whole and cleaned."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # Gradio would compress the page before we see it.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.app({**scope, "headers": plain}, receive, hold)
        nonce = token_urlsafe(16)
        start = next(m for m in held if m["type"] == "http.response.start")
        html = b"".join(m["body"] for m in held if m["type"] == "http.response.body").decode()
        body = cleaned(html, nonce).encode()
        headers = MutableHeaders(scope=start)
        headers["Content-Length"] = str(len(body))
        headers["Content-Security-Policy"] = policy(nonce)
        if user_of(HTTPConnection(scope)) is None:
            headers.append("Set-Cookie", new_cookie())
        await send(start)
        await send({"type": "http.response.body", "body": body})
