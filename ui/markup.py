"""Text becomes HTML here and nowhere else, so that nothing reaches a page unescaped."""

from collections.abc import Iterable
from html import escape

from ingest.reading import Readable

Span = tuple[int, int]


def esc(text: str) -> str:
    """Escape text for an element or a quoted attribute, on one line.

    Line breaks become character references: the chat's HTML travels through a Markdown component,
    which leaves HTML alone only up to the next blank line.
    """
    return escape(text, quote=True).replace("\r", "&#13;").replace("\n", "&#10;")


def merged(spans: Iterable[Span]) -> list[Span]:
    """Give the same positions as disjoint, ordered, non-empty spans."""
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def marked(view: Readable, stored_spans: Iterable[Span]) -> str:
    """Give the shown text with <mark> around what comes from the given spans of the stored text."""
    html: list[str] = []
    done = 0
    for start, end in merged(view.shown_span(*span) for span in stored_spans):
        html.append(f"{esc(view.text[done:start])}<mark>{esc(view.text[start:end])}</mark>")
        done = end
    return "".join(html) + esc(view.text[done:])
