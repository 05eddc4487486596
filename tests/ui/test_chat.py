"""How the chat's handlers are connected, and who gets a place; what they do is tested in a browser."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.chat_client import Tab
from tests.ui.conftest import serving
from tests.ui.fake_engine import WHO, FakeEngine, HeldEngine
from ui import chat
from ui.chat import Chat
from ui.conversations import Conversations
from ui.database import PAGE_FILE, Database
from ui.names import TOO_MANY_ASK
from ui.server import create_app


def test_no_event_goes_through_the_queue_or_can_be_called_by_name(engine: FakeEngine, tmp_path: Path) -> None:
    chat = Chat(engine, Conversations(Database(tmp_path / PAGE_FILE)))
    functions = list(chat.blocks.fns.values())
    assert {(function.queue, function.api_visibility) for function in functions} == {(False, "private")}
    asking = [function for function in functions if str(function.api_name).startswith("ask")]
    assert {function.name for function in asking} == {"ask", "ask_as_typed"}  # so static/waiting.js knows a question
    assert {function.trigger_mode for function in asking} == {"always_last"}


def test_a_question_is_turned_away_where_too_many_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "CONCURRENCY", 1)
    monkeypatch.setattr(chat, "MAX_WAITING", 1)
    engine = HeldEngine()
    # The browser of other tests has its own loop in this thread.
    with serving(create_app(engine, database=tmp_path / PAGE_FILE)) as address, ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _three_ask(address, engine)).result()


async def _three_ask(address: str, engine: HeldEngine) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=20) as client:
        tabs = [(await Tab.opened(client))[0] for _ in range(3)]
        first = asyncio.create_task(tabs[0].ask(WHO))
        assert await asyncio.to_thread(engine.is_asked.wait, 20)
        others = [asyncio.create_task(tab.ask(WHO)) for tab in tabs[1:]]
        (turned_away,), (waiting,) = await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
        assert TOO_MANY_ASK in turned_away.result().replies[0]
        engine.may_answer.set()
        assert [seen.questions for seen in await asyncio.gather(first, waiting)] == [(WHO,), (WHO,)]
        assert (await tabs[others.index(turned_away) + 1].ask(WHO)).questions == (WHO,)
