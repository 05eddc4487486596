"""What tests of the kept answers share: turns of the fake engine's answers, people, and the parts behind the page."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi import Request

from tests.ui.fake_engine import ANSWERS, WHO, FakeEngine
from ui.conversations import Conversations
from ui.database import PAGE_FILE, Database
from ui.feedback import FeedbackBook
from ui.people import COOKIE
from ui.record import AnswerRecord, CitationRecord, record_of
from ui.services import Services
from ui.turn import Turn

LAN, HOA = "a" * 43, "b" * 43  # the cookies of two people


def record(question: str, /, **changes: Any) -> AnswerRecord:
    """Give the record of one of the fake engine's answers, with fields changed."""
    return replace(record_of(ANSWERS[question]), **changes)


def citation(question: str = WHO, place: int = 0, /, **changes: Any) -> CitationRecord:
    """Give a citation of one of the fake engine's answers, with fields changed."""
    answer = record(question)
    return replace((*answer.citations, *answer.nearest)[place], **changes)


def turn(question: str, /, **changes: Any) -> Turn:
    """Give an answered turn that is not kept yet, with fields changed."""
    return replace(Turn(1, question, record(question), index_version="v1"), **changes)


def services(folder: Path, may_manage: Callable[[Request], bool] = lambda _: True) -> Services:
    """Give the parts behind the page over an empty database."""
    database = Database(folder / PAGE_FILE)
    return Services(FakeEngine(), Conversations(database), FeedbackBook(database), None, may_manage)


def user_name(cookie: str) -> str:
    """Give the name under which a person's conversations are kept."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def as_person(cookie: str) -> dict[str, str]:
    """Give the headers of a request of a person."""
    return {"Cookie": f"{COOKIE}={cookie}"}
