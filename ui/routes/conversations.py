"""A person's kept conversations: listed, searched, named, deleted and brought back."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field

from ui.conversations import MAX_NAME, ConversationEntry
from ui.services import Services

_GONE = "Cuộc hỏi đáp này không còn nữa."
_MAX_WANTED = 200  # characters of what is searched


class NewName(BaseModel):
    """What a conversation is to be called."""

    name: str = Field(min_length=1, max_length=MAX_NAME)


def router(services: Services) -> APIRouter:
    """Give the addresses below /hoi-thoai."""
    routes = APIRouter(prefix="/hoi-thoai")
    conversations = services.conversations

    @routes.get("")
    def entries(request: Request, tim: str = "") -> list[ConversationEntry]:
        return conversations.entries(services.user(request), tim[:_MAX_WANTED])

    @routes.patch("/{conversation_id}")
    def rename(request: Request, conversation_id: str, wanted: NewName) -> dict[str, Any]:
        return _done(conversations.rename(services.user(request), conversation_id, wanted.name))

    @routes.delete("/{conversation_id}")
    def delete(request: Request, conversation_id: str) -> dict[str, Any]:
        return _done(conversations.delete(services.user(request), conversation_id))

    @routes.post("/{conversation_id}/khoi-phuc")
    def restore(request: Request, conversation_id: str) -> dict[str, Any]:
        return _done(conversations.restore(services.user(request), conversation_id))

    return routes


def _done(was_there: bool) -> dict[str, Any]:
    if not was_there:
        raise HTTPException(404, _GONE)
    return {}
