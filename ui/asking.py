"""A question of a conversation is answered: what it takes over is found, and nothing that fails reaches the person."""

import logging
from dataclasses import replace

from index.conversation_subject import Subject
from index.errors import FilterError
from index.types import SearchOptions
from ui.engine import Engine, EngineUnavailableError
from ui.names import FILTER_TROUBLE, SERVER_TROUBLE
from ui.record import record_of
from ui.turn import Turn

log = logging.getLogger(__name__)


def answered(
    turn: Turn, subject: Subject | None, engine: Engine, options: SearchOptions
) -> tuple[Turn, Subject | None]:
    """Answer a waiting turn of a conversation about `subject`; gives also what it is about from now on.

    A failing engine becomes a calm message and a logged error, and the subject stays.
    """
    try:
        followed = engine.follow(turn.question, None if options.as_typed else subject)
        answer = engine.ask(followed.question, options)
        record = replace(record_of(answer), question=turn.question)
        about = followed.subject.question if followed.subject else ""
        done = replace(turn, record=record, about=about, index_version=engine.version())
        return done, engine.subject(answer) or subject
    except EngineUnavailableError as unavailable:
        problem = str(unavailable)
    except FilterError:
        problem = FILTER_TROUBLE
    except Exception:  # whatever it is, the person asking gets a sentence and not a stack trace
        log.exception("a question could not be answered")
        problem = SERVER_TROUBLE
    return replace(turn, problem=problem), subject
