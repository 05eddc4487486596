"""Questions to begin with, made of what the library's own documents state, each tried before it is offered."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from index.types import Answer
from ingest.folding import fold
from ingest.types import Document

COUNT = 5  # examples on the page
_MAX_TRIED = 15  # questions asked of the engine to find them
_TYPE = re.compile(r"(?:báo cáo|chỉ thị|công văn|hướng dẫn|kế hoạch|nghị định|nghị quyết|quyết định|thông tư)\b", re.I)
_MAX_NAME = 60  # characters of a unit, an office or a place in a question


def examples(documents: Iterable[Document], ask: Callable[[str], Answer]) -> list[str]:
    """Give up to COUNT questions that the engine answers, of different documents and different kinds.

    The last one is written without diacritics, to show that this is possible.
    """
    answered: list[str] = []
    for question in islice(_turn_about(list(documents)), _MAX_TRIED):
        unmarked = len(answered) == COUNT - 1
        asked = fold(question) if unmarked else question
        if ask(asked).refusal is None:
            answered.append(asked)
        if len(answered) == COUNT:
            break
    return answered


def _turn_about(documents: list[Document]) -> Iterator[str]:
    """Give questions, each of another document and another kind than the one before, as far as there are any."""
    for shift in range(len(_TEMPLATES)):
        for row, document in enumerate(documents):
            name = _name(document)
            question = _TEMPLATES[(row + shift) % len(_TEMPLATES)](document, name) if name else None
            if question is not None:
                yield question


def _name(document: Document) -> str:
    """Give what a person calls a document: by its place, else by its number, "" where it has neither."""
    found = _TYPE.match(document.facts.title)
    kind = found.group().lower() if found else "văn bản"
    place, number = (document.facts.place or "").split(",")[0], document.facts.number
    if place and len(place) <= _MAX_NAME:
        return f"{kind} của {place}"
    return f"{kind} số {number}" if number else ""


def _duties(document: Document, _: str) -> str | None:
    units = [section.unit for section in document.sections if section.unit and len(section.unit) <= _MAX_NAME]
    return f"{units[len(units) // 2]} có nhiệm vụ gì?" if units else None


def _signer(document: Document, name: str) -> str | None:
    return f"ai ký {name}?" if document.facts.signer else None


def _forms(document: Document, name: str) -> str | None:
    has_forms = any(section.kind == "forms" for section in document.sections)
    return f"{name} tuyên truyền bằng những hình thức nào?" if has_forms else None


def _basis(document: Document, name: str) -> str | None:
    return f"{name} thực hiện theo văn bản nào?" if document.facts.implements else None


def _purpose(document: Document, name: str) -> str | None:
    has_purpose = any(section.kind == "purpose" for section in document.sections)
    return f"mục đích của {name} là gì?" if has_purpose else None


_TEMPLATES: tuple[Callable[[Document, str], str | None], ...] = (_duties, _signer, _forms, _basis, _purpose)
