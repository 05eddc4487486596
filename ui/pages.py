"""The frame of the pages: the head that all of them share, and the pages that only say something."""

from typing import Literal

from ui.markup import esc
from ui.names import PRODUCT

Place = Literal["ask", "library", "feedback"]

_PLACES: tuple[tuple[Place, str, str], ...] = (
    ("ask", "/", "Hỏi đáp"),
    ("library", "/kho", "Kho văn bản"),
    ("feedback", "/phan-hoi", "Góp ý"),
)


def site_head(current: Place | None = None, tools: str = "") -> str:
    """Give the head of a page: the product's name and the way to the other pages; `tools` is HTML."""
    links = "".join(
        f'<a href="{url}"{" aria-current=page" if place == current else ""}>{name}</a>' for place, url, name in _PLACES
    )
    return (
        f'<header class="site-head"><a class="product" href="/">{esc(PRODUCT)}</a>'
        f'<nav aria-label="Các trang">{links}</nav>{tools}</header>'
    )


def page(title: str, body: str, *, styles: tuple[str, ...] = ("reader.css",), scripts: tuple[str, ...] = ()) -> str:
    """Give a whole page around a body of HTML; styles and scripts are file names of ui/static."""
    links = "".join(f'<link rel="stylesheet" href="/tai-nguyen/{name}">' for name in ("base.css", *styles))
    deferred = "".join(f'<script src="/tai-nguyen/{name}" defer></script>' for name in scripts)
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{esc(title)} · {esc(PRODUCT)}</title>"
        f'<link rel="icon" href="/tai-nguyen/icon.svg">{links}{deferred}'
        f"</head><body>{body}</body></html>\n"
    )


def message_page(title: str, message: str) -> str:
    """Give a page that says one thing and leads back to the questions."""
    return page(
        title,
        f'{site_head()}<main class="message"><h1>{esc(title)}</h1><p>{esc(message)}</p>'
        '<p><a href="/">Về trang hỏi đáp</a></p></main>',
    )
