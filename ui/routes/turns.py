"""An answer taken away, as text and as a Word file, and what a person says of it."""

from datetime import UTC, datetime
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Body, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response

from ui.citation_text import answer_text, citation_text
from ui.download import attachment, file_name
from ui.feedback import MAX_COMMENT
from ui.record import AnswerRecord, CitationRecord
from ui.services import Services
from ui.turn import Turn, Verdict
from ui.word_file import WORD_TYPE, answer_file, conversation_file

MAX_IN_FILE = 200  # turns of a conversation in its Word file, the last ones
_GONE = "Câu trả lời này không còn nữa. Xin tải lại trang, rồi hỏi lại nếu cần."
_NO_CONVERSATION = "Cuộc hỏi đáp này không còn nữa."
_NO_CITATION = "Câu trả lời này không có trích dẫn mang số đó."
_NO_VERDICT = "Góp ý phải là đúng hoặc chưa đúng."
_LONG_COMMENT = f"Góp ý dài quá {MAX_COMMENT:,} ký tự. Xin viết ngắn hơn.".replace(",", ".", 1)


def router(services: Services) -> APIRouter:
    """Give the addresses below /luot, and a conversation as a Word file."""
    routes = APIRouter()

    @routes.get("/luot/{turn_id}/chep")
    def copy(request: Request, turn_id: str, nhan: str | None = None) -> Response:
        turn, record = _answered(services, request, turn_id)
        text = answer_text(record, turn.about) if nhan is None else citation_text(_citation(record, nhan))
        return PlainTextResponse(text, headers={"Cache-Control": "no-store"})

    @routes.get("/luot/{turn_id}.docx")
    def answer_as_word_file(request: Request, turn_id: str) -> Response:
        turn, _ = _answered(services, request, turn_id)
        return _word_file(answer_file(turn, datetime.now(UTC)), turn.question)

    @routes.get("/hoi-thoai/{conversation_id}.docx")
    def conversation_as_word_file(request: Request, conversation_id: str) -> Response:
        user = services.user(request)
        name = services.conversations.name(user, conversation_id)
        turns = services.conversations.turns(user, conversation_id, MAX_IN_FILE)
        if name is None or not turns:
            raise HTTPException(404, _NO_CONVERSATION)
        return _word_file(conversation_file(name, turns, datetime.now(UTC)), name)

    @routes.put("/luot/{turn_id}/gop-y", status_code=204)
    def judge(request: Request, turn_id: str, given: Annotated[Any, Body()] = None) -> None:
        turn, _ = _answered(services, request, turn_id)
        services.feedback.give(services.user(request), turn, *_judgement(given))

    @routes.delete("/luot/{turn_id}/gop-y", status_code=204)
    def take_back(request: Request, turn_id: str) -> None:
        _answered(services, request, turn_id)
        services.feedback.take_back(services.user(request), turn_id)

    return routes


def _answered(services: Services, request: Request, turn_id: str) -> tuple[Turn, AnswerRecord]:
    """Give an answered turn of the person who asks; ends the request with 404 where there is none."""
    turn = services.conversations.turn(services.user(request), turn_id)
    if turn is None or turn.record is None:
        raise HTTPException(404, _GONE)
    return turn, turn.record


def _citation(record: AnswerRecord, label: str) -> CitationRecord:
    for citation in (*record.citations, *record.nearest):
        if citation.label == label:
            return citation
    raise HTTPException(404, _NO_CITATION)


def _judgement(given: Any) -> tuple[Verdict, str]:
    """Give verdict and comment of a request's body; ends the request with 422 where it is something else."""
    fields: dict[str, Any] = given if isinstance(given, dict) else {}
    verdict: Any = fields.get("verdict")
    comment = fields.get("comment", "")
    if verdict not in get_args(Verdict) or not isinstance(comment, str):
        raise HTTPException(422, _NO_VERDICT)
    if len(comment) > MAX_COMMENT:
        raise HTTPException(422, _LONG_COMMENT)
    return verdict, comment


def _word_file(content: bytes, subject: str) -> Response:
    name = file_name(subject, ".docx", "Câu trả lời")
    return Response(content, media_type=WORD_TYPE, headers=attachment(name))
