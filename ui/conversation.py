"""One person's conversation: questions, answers, and what went wrong, as values and as HTML."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from index.errors import FilterError
from index.types import Answer, SearchOptions
from ui.cards import answer_html
from ui.engine import Engine, EngineUnavailableError
from ui.markup import esc
from ui.names import FILTER_TROUBLE, SERVER_TROUBLE

MAX_TURNS = 20  # turns kept in a conversation; older ones leave the page
MAX_ECHO = 500  # characters of a question that are shown back

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with a problem in Vietnamese; with neither, it is waiting."""

    number: int  # from 1, over the whole conversation
    question: str
    answer: Answer | None = None
    problem: str | None = None

    @property
    def keeps_question(self) -> bool:
        """Say whether the question should go back into its box, to be mended or asked again."""
        return self.answer is None or self.answer.refusal == "invalid_question"


Turns = tuple[Turn, ...]


def waiting(turns: Turns, question: str) -> Turns:
    """Add a question that is being answered."""
    return (*turns, Turn(turns[-1].number + 1 if turns else 1, question))[-MAX_TURNS:]


def answered(turns: Turns, engine: Engine, options: SearchOptions) -> Turns:
    """Answer the last, waiting turn; a failing engine becomes a calm message and a logged error."""
    last = turns[-1]
    answer: Answer | None = None
    problem: str | None = None
    try:
        answer = engine.ask(last.question, options)
    except EngineUnavailableError as unavailable:
        problem = str(unavailable)
    except FilterError:
        problem = FILTER_TROUBLE
    except Exception:  # whatever it is, the person asking gets a sentence and not a stack trace
        log.exception("a question could not be answered")
        problem = SERVER_TROUBLE
    return (*turns[:-1], Turn(last.number, last.question, answer, problem))


def conversation_html(turns: Iterable[Turn]) -> str:
    """Give the HTML of a conversation, on one line and without a blank one."""
    return "".join(_turn_html(turn) for turn in turns)


def _turn_html(turn: Turn) -> str:
    question = turn.question.strip()
    echo = question if len(question) <= MAX_ECHO else question[:MAX_ECHO].rstrip() + "…"
    return (
        f'<section class="turn" id="luot-{turn.number}">'
        f'<h2 class="question">{esc(echo or "(câu hỏi trống)")}</h2>{_reply_html(turn)}</section>'
    )


def _reply_html(turn: Turn) -> str:
    if turn.answer is not None:
        return f'<div class="reply">{answer_html(turn.answer)}</div>'
    if turn.problem is not None:
        return f'<div class="reply"><div class="notice trouble"><p>{esc(turn.problem)}</p></div></div>'
    return '<div class="reply"><p class="busy" role="status">Đang tìm trong các văn bản…</p></div>'
