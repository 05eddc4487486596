"""The page "Góp ý" and its files over HTTP: for those who look after the library."""

import json
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from eval.gold import load_gold
from ingest.types import Document
from tests.ui.fake_engine import DOCUMENTS, HOPELESS, SIGNED, WHO, FakeEngine
from tests.ui.kept import services, turn
from ui.engine import EngineUnavailableError
from ui.routes import feedback
from ui.services import Services

PATHS = ("/phan-hoi", "/phan-hoi/ung-vien.jsonl", "/phan-hoi/can-xem.jsonl", "/phan-hoi/chua-tra-loi.csv")


def client_of(parts: Services) -> TestClient:
    """Give a client of the page."""
    app = FastAPI()
    app.include_router(feedback.router(parts))
    return TestClient(app)


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    """Give the parts behind the page, with two judgements and a question that found nothing."""
    parts = services(tmp_path)
    for question, verdict in ((WHO, "right"), (SIGNED, "wrong"), (HOPELESS, None)):
        conversation_id = parts.conversations.keep("lan", "", turn(question), None)
        (kept,) = parts.conversations.turns("lan", conversation_id)
        if verdict is not None:
            parts.feedback.give("lan", kept, verdict, "thiếu chức vụ" if verdict == "wrong" else "")
    return parts


def test_the_page_shows_both_lists(parts: Services) -> None:
    response = client_of(parts).get("/phan-hoi")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    for part in (WHO, SIGNED, "thiếu chức vụ", HOPELESS):
        assert part in response.text
    wrong = client_of(parts).get("/phan-hoi?loc=chua-dung").text
    assert f"<h3>{SIGNED}</h3>" in wrong
    assert f"<h3>{WHO}</h3>" not in wrong


def test_the_candidates_are_read_by_the_evaluation(parts: Services, tmp_path: Path) -> None:
    response = client_of(parts).get("/phan-hoi/ung-vien.jsonl")
    path = tmp_path / "ung-vien.jsonl"
    path.write_bytes(response.content)
    assert [question.text for question in load_gold(path, DOCUMENTS)] == [WHO]
    assert 'filename="ung-vien.jsonl"' in response.headers["content-disposition"]


def test_what_needs_a_person_is_another_file(parts: Services) -> None:
    response = client_of(parts).get("/phan-hoi/can-xem.jsonl")
    (entry,) = map(json.loads, response.text.splitlines())
    assert (entry["question"], entry["comment"]) == (SIGNED, "thiếu chức vụ")


def test_the_questions_that_found_nothing_are_a_table(parts: Services) -> None:
    response = client_of(parts).get("/phan-hoi/chua-tra-loi.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content.startswith("\ufeffCâu hỏi,Hỏi tiếp câu,Số lần hỏi,Lần cuối\r\n".encode())
    assert f"{HOPELESS},,1," in response.text


def test_before_anything_was_said_the_page_and_the_files_are_empty(tmp_path: Path) -> None:
    client = client_of(services(tmp_path))
    assert "Chưa có góp ý nào." in client.get("/phan-hoi").text
    assert client.get("/phan-hoi/ung-vien.jsonl").content == b""
    assert client.get("/phan-hoi/can-xem.jsonl").content == b""
    assert client.get("/phan-hoi/chua-tra-loi.csv").text.count("\n") == 1


@pytest.mark.parametrize("path", PATHS)
def test_others_are_turned_away_and_told_why(tmp_path: Path, path: str) -> None:
    seen: list[Request] = []

    def nobody(request: Request) -> bool:
        seen.append(request)
        return False

    response = client_of(services(tmp_path, nobody)).get(path)
    assert response.status_code == 403
    assert response.json()["detail"].startswith("Trang góp ý dành cho người quản lý kho văn bản")
    assert len(seen) == 1


class Late(FakeEngine):
    """An engine that cannot give its documents."""

    def __init__(self, trouble: Exception) -> None:
        super().__init__()
        self.trouble = trouble

    def documents(self) -> list[Document]:
        """Raise."""
        raise self.trouble


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (EngineUnavailableError("Chưa có chỉ mục."), 503, "Chưa có chỉ mục."),
        (OSError("bí mật"), 500, "Máy chủ gặp trục trặc"),
    ],
)
def test_without_an_index_the_page_is_there_and_the_candidates_say_why_not(
    parts: Services, trouble: Exception, status: int, said: str
) -> None:
    late = Services(Late(trouble), parts.conversations, parts.feedback, None, parts.may_manage)
    client = client_of(late)
    assert client.get("/phan-hoi").status_code == 200
    response = client.get("/phan-hoi/ung-vien.jsonl")
    assert response.status_code == status
    assert response.json()["detail"].startswith(said)
