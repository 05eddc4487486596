"""A conversation becomes HTML: its questions with their replies, in order."""

from collections.abc import Iterable
from functools import lru_cache

from ui.cards import answer_html
from ui.markup import esc
from ui.turn import Turn
from ui.turn_tools import turn_tools_html

MAX_ECHO = 500  # characters of a question that are shown back


def conversation_html(turns: Iterable[Turn], conversation_id: str = "") -> str:
    """Give the HTML of a conversation, on one line and without a blank one; "" where it has no turn.

    Its id is in the page ("hoi-…"), so that the page's address can name it.
    """
    html = "".join(map(_turn_html, turns))
    return f'<div class="turns" id="hoi-{esc(conversation_id)}">{html}</div>' if html else ""


@lru_cache(maxsize=2000)  # the whole conversation is shown again with each question
def _turn_html(turn: Turn) -> str:
    question = turn.question.strip()
    echo = question if len(question) <= MAX_ECHO else question[:MAX_ECHO].rstrip() + "…"
    return (
        f'<section class="turn{" unanswered" if turn.keeps_question else ""}" id="luot-{turn.number}">'
        f'<h2 class="question">{esc(echo or "(câu hỏi trống)")}</h2>{_reply_html(turn)}</section>'
    )


def _reply_html(turn: Turn) -> str:
    if turn.record is not None:
        about = f'<p class="about">Hỏi tiếp câu: {esc(turn.about)}</p>' if turn.about else ""
        tools = turn_tools_html(turn) if turn.turn_id else ""
        return f'<div class="reply">{about}{answer_html(turn.record)}{tools}</div>'
    return f'<div class="reply"><div class="notice trouble"><p>{esc(turn.problem or "")}</p></div></div>'
