"""The chat as a browser uses it: Gradio's events, for one tab of one person."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import uuid4

import httpx

from ui.chat import CONVERSATION

_CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)
_CONVERSATION = re.compile(r'<div class="turns" id="hoi-([^"]*)">')
_TURN = '<section class="turn'
_QUESTION = re.compile(r'<h2 class="question">(.*?)</h2>(.*)</section>', re.DOTALL)
_ATTRIBUTES = re.compile(r"<(/?\w+)[^>]*>")


class ChatError(Exception):
    """The chat did not answer as it answers a browser; the message says what came instead."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a tab shows: the id of the conversation, its questions, and the reply to each without attributes."""

    conversation_id: str
    questions: tuple[str, ...]
    replies: tuple[str, ...]


def shown(html: str) -> Shown:
    """Read the HTML of a conversation; one without a turn has no id either."""
    conversation = _CONVERSATION.search(html)
    turns = [_QUESTION.search(turn) for turn in html.split(_TURN)[1:]]
    found = [turn.groups() for turn in turns if turn]
    return Shown(
        conversation_id=conversation[1] if conversation else "",
        questions=tuple(unescape(question) for question, _ in found),
        replies=tuple(_ATTRIBUTES.sub(r"<\1>", reply) for _, reply in found),
    )


class Tab:
    """One tab of a browser, `client` with its cookies; raises ChatError and httpx.HTTPError."""

    def __init__(self, client: httpx.AsyncClient, config: Mapping[str, Any], conversation_id: str) -> None:
        self._client = client
        self._parameters = {CONVERSATION: conversation_id} if conversation_id else {}
        self._session = uuid4().hex
        self._ids = {c["props"].get("elem_id"): c["id"] for c in config["components"]}
        self._events: list[dict[str, Any]] = config["dependencies"]

    @classmethod
    async def opened(cls, client: httpx.AsyncClient, conversation_id: str = "") -> tuple["Tab", Shown]:
        """Open the page, at a kept conversation if one is named; gives also what it shows then."""
        page = await client.get("/", params={CONVERSATION: conversation_id} if conversation_id else {})
        config = _CONFIG.search(page.text)
        if page.status_code != 200 or config is None:
            raise ChatError(f"the page: {page.status_code} {page.text[:200]}")
        tab = cls(client, json.loads(config[1]), conversation_id)
        first = ""
        for event in tab._events_of("load"):
            first += tab._conversation(event, await tab._done(event, []))
        return tab, shown(first)

    async def ask(self, question: str) -> Shown:
        """Ask a question in the conversation of this tab and wait for its answer."""
        (event,) = self._events_of("submit")
        filters: list[list[str]] = [[] for _ in event["inputs"][2:]]
        data = await self._done(event, [question, None, *filters])  # the server itself holds the second one
        seen = shown(self._conversation(event, data))
        if seen.conversation_id:
            self._parameters = {CONVERSATION: seen.conversation_id}
        return seen

    def _events_of(self, trigger: str) -> list[dict[str, Any]]:
        """Give what the page does when it is opened ("load"), or when the question is entered ("submit")."""
        return [event for event in self._events if any(name == trigger for _, name in event["targets"])]

    async def _done(self, event: dict[str, Any], data: list[Any]) -> list[Any]:
        """Send an event with the values of its inputs, give those of its outputs."""
        body = {"data": data, "fn_index": event["id"], "session_hash": self._session, "event_data": None}
        response = await self._client.post("/gradio_api/run/predict", params=self._parameters, json=body)
        if response.status_code != 200:
            raise ChatError(f"an event of the page: {response.status_code} {response.text[:200]}")
        found: list[Any] = response.json()["data"]
        return found

    def _conversation(self, event: dict[str, Any], data: list[Any]) -> str:
        """Give the HTML of the conversation among an event's outputs, "" where it is none of them."""
        outputs = dict(zip(event["outputs"], data, strict=True))
        html = outputs.get(self._ids["conversation"], "")
        return html if isinstance(html, str) else str(html.get("value", ""))
