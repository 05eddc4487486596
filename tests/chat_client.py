"""The chat as a browser uses it: Gradio's queue and its event stream, for one tab of one person."""

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
            response = await client.post("/gradio_api/run/predict", params=tab._parameters, json=tab._body(event, []))
            if response.status_code != 200:
                raise ChatError(f"the page's own events: {response.status_code} {response.text[:200]}")
            first += tab._conversation(event, response.json()["data"])
        return tab, shown(first)

    async def ask(self, question: str) -> Shown:
        """Ask a question in the conversation of this tab and wait for its answer."""
        (event,) = self._events_of("submit")
        filters: list[list[str]] = [[] for _ in event["inputs"][2:]]
        body = self._body(event, [question, None, *filters])  # the server itself holds the second one
        joined = await self._client.post("/gradio_api/queue/join", params=self._parameters, json=body)
        if joined.status_code != 200:
            raise ChatError(f"the queue: {joined.status_code} {joined.text[:200]}")
        seen = shown(self._conversation(event, await self._completed(joined.json()["event_id"])))
        if seen.conversation_id:
            self._parameters = {CONVERSATION: seen.conversation_id}
        return seen

    async def _completed(self, event_id: str) -> list[Any]:
        """Give the last data of an event from the stream of this tab."""
        session = {"session_hash": self._session}
        data: list[Any] | None = None
        async with self._client.stream("GET", "/gradio_api/queue/data", params=self._parameters | session) as stream:
            async for line in stream.aiter_lines():
                message: dict[str, Any] = json.loads(line.removeprefix("data: ")) if line else {"msg": ""}
                if message["msg"] == "process_completed":
                    if message["event_id"] != event_id or not message["success"]:
                        raise ChatError(f"the answer to another event, or none: {line[:300]}")
                    data = message["output"]["data"]
                elif message["msg"] == "close_stream":
                    break
        if data is None:
            raise ChatError("the stream ended without an answer")
        return data

    def _events_of(self, trigger: str) -> list[dict[str, Any]]:
        """Give what the page does when it is opened ("load"), or when the question is entered ("submit")."""
        return [event for event in self._events if any(name == trigger for _, name in event["targets"])]

    def _body(self, event: dict[str, Any], data: list[Any]) -> dict[str, Any]:
        return {"data": data, "fn_index": event["id"], "session_hash": self._session, "event_data": None}

    def _conversation(self, event: dict[str, Any], data: list[Any]) -> str:
        """Give the HTML of the conversation among an event's outputs, "" where it is none of them."""
        outputs = dict(zip(event["outputs"], data, strict=True))
        html = outputs.get(self._ids["conversation"], "")
        return html if isinstance(html, str) else str(html.get("value", ""))
