"""The frame of the pages that the server renders itself, and the pages that only say something."""

from ui.markup import esc
from ui.names import PRODUCT


def page(title: str, body: str) -> str:
    """Give a whole page around a body of HTML; it needs no script."""
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{esc(title)} · {esc(PRODUCT)}</title>"
        '<link rel="icon" href="/tai-nguyen/icon.svg">'
        '<link rel="stylesheet" href="/tai-nguyen/base.css">'
        '<link rel="stylesheet" href="/tai-nguyen/reader.css">'
        f"</head><body>{body}</body></html>\n"
    )


def message_page(title: str, message: str) -> str:
    """Give a page that says one thing and leads back to the questions."""
    return page(
        title,
        f'<main class="message"><h1>{esc(title)}</h1><p>{esc(message)}</p>'
        '<p><a href="/">Về trang hỏi đáp</a></p></main>',
    )
