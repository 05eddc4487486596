"""How the chat's handlers are connected; what they do is tested in a browser."""

from pathlib import Path

from tests.ui.fake_engine import FakeEngine
from ui.chat import CONCURRENCY, Chat
from ui.conversations import Conversations
from ui.database import PAGE_FILE, Database


def test_only_questions_are_queued_and_they_share_one_limit(engine: FakeEngine, tmp_path: Path) -> None:
    chat = Chat(engine, Conversations(Database(tmp_path / PAGE_FILE)))
    functions = list(chat.blocks.fns.values())
    assert {function.name for function in functions if function.queue} == {"ask", "ask_as_typed"}
    asking = [function for function in functions if function.queue]
    assert {(f.concurrency_id, f.concurrency_limit) for f in asking} == {("ask", CONCURRENCY)}
    assert {function.api_visibility for function in functions} == {"private"}
