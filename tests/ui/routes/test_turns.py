"""Answers taken away and judged over HTTP: each person their own."""

import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.fake_engine import HOPELESS, HOSTILE, SIGNED, WHERE, WHO
from tests.ui.kept import HOA, LAN, as_person, record, services, turn, user_name
from ui.citation_text import answer_text, citation_text
from ui.people import COOKIE
from ui.routes import turns
from ui.services import Services
from ui.turn import Turn
from ui.word_file import WORD_TYPE

BOTH = "Trả lời: Ban Chỉ đạo 35 các cấp thành phố [1]"


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    """Give the parts behind the page."""
    return services(tmp_path)


@pytest.fixture
def lan(parts: Services) -> TestClient:
    """Give the browser of a person."""
    app = FastAPI()
    app.include_router(turns.router(parts))
    return TestClient(app, cookies={COOKIE: LAN})


def kept(parts: Services, *asked: Turn) -> tuple[str, list[Turn]]:
    """Keep turns of that person in one conversation; give its id and the turns."""
    user = user_name(LAN)
    conversation_id = ""
    for one in asked:
        conversation_id = parts.conversations.keep(user, conversation_id, one, None)
    return conversation_id, list(parts.conversations.turns(user, conversation_id))


def words(content: bytes) -> str:
    """Give the text of a Word file."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_whole_answer_and_each_citation_can_be_copied(parts: Services, lan: TestClient) -> None:
    _, (asked,) = kept(parts, turn(WHERE, about="pano"))
    whole = lan.get(f"/luot/{asked.turn_id}/chep")
    assert whole.headers["content-type"] == "text/plain; charset=utf-8"
    assert whole.headers["cache-control"] == "no-store"
    assert whole.text == answer_text(record(WHERE), "pano")
    for cited in record(WHERE).citations:
        response = lan.get(f"/luot/{asked.turn_id}/chep", params={"nhan": cited.label})
        assert response.text == citation_text(cited)


def test_what_lies_nearest_to_a_refusal_can_be_cited(parts: Services, lan: TestClient) -> None:
    _, (asked,) = kept(parts, turn(HOPELESS))
    response = lan.get(f"/luot/{asked.turn_id}/chep?nhan=1")
    assert response.text == citation_text(record(HOPELESS).nearest[0])


@pytest.mark.parametrize("label", ["", "3", "1a", "<script>", "9" * 5_000])
def test_a_citation_that_is_not_there_is_said(parts: Services, lan: TestClient, label: str) -> None:
    _, (asked,) = kept(parts, turn(WHO))
    response = lan.get(f"/luot/{asked.turn_id}/chep", params={"nhan": label})
    assert response.status_code == 404
    assert response.json()["detail"] == "Câu trả lời này không có trích dẫn mang số đó."


def test_an_answer_is_a_word_file_named_by_its_question(parts: Services, lan: TestClient) -> None:
    _, (asked,) = kept(parts, turn(WHO))
    response = lan.get(f"/luot/{asked.turn_id}.docx")
    assert response.headers["content-type"] == WORD_TYPE
    assert response.headers["content-disposition"] == (
        "attachment; filename=\"ai chiu trach nhiem dau tranh thong tin xau doc.docx\"; filename*=UTF-8''"
        + quote("ai chịu trách nhiệm đấu tranh thông tin xấu độc.docx")
    )
    assert BOTH in words(response.content)


def test_a_conversation_is_a_word_file_named_as_it_is(parts: Services, lan: TestClient) -> None:
    conversation_id, _ = kept(parts, turn(WHO), turn(SIGNED), Turn(1, "hỏng", problem="Máy chủ gặp trục trặc."))
    parts.conversations.rename(user_name(LAN), conversation_id, "Thông tin xấu độc: ai lo?")
    response = lan.get(f"/hoi-thoai/{conversation_id}.docx")
    assert quote("Thông tin xấu độc ai lo.docx") in response.headers["content-disposition"]
    found = words(response.content)
    assert found.startswith("HỎI ĐÁP: Thông tin xấu độc: ai lo?\n")
    assert [found.count(f"Câu hỏi {n}:") for n in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert "Máy chủ gặp trục trặc." in found


def test_a_long_conversation_is_cut_at_its_beginning_and_says_so(
    parts: Services, lan: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MAX_IN_FILE", 2)
    conversation_id, _ = kept(parts, *(Turn(1, f"câu {n}", problem="hỏng") for n in range(3)))
    found = words(lan.get(f"/hoi-thoai/{conversation_id}.docx").content)
    assert "Tệp này có các câu hỏi từ số 2; các câu trước đó không có ở đây." in found
    assert [f"câu {n}" in found for n in (1, 2)] == [True, True]


def test_a_judgement_is_given_changed_and_taken_back(parts: Services, lan: TestClient) -> None:
    _, (asked,) = kept(parts, turn(WHO))
    address = f"/luot/{asked.turn_id}/gop-y"
    assert lan.put(address, json={"verdict": "wrong", "comment": "thiếu đơn vị"}).status_code == 204
    assert [(g.verdict, g.comment) for g in parts.feedback.all()] == [("wrong", "thiếu đơn vị")]
    assert lan.put(address, json={"verdict": "right"}).status_code == 204
    assert [(g.verdict, g.comment) for g in parts.feedback.all()] == [("right", "")]
    assert lan.delete(address).status_code == 204
    assert parts.feedback.all() == []
    assert lan.delete(address).status_code == 204


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Góp ý phải là đúng hoặc chưa đúng."),
        ({"verdict": "great"}, "Góp ý phải là đúng hoặc chưa đúng."),
        ({"verdict": ["right"]}, "Góp ý phải là đúng hoặc chưa đúng."),
        ({"verdict": "right", "comment": 7}, "Góp ý phải là đúng hoặc chưa đúng."),
        ({"verdict": "right", "comment": None}, "Góp ý phải là đúng hoặc chưa đúng."),
        (["right"], "Góp ý phải là đúng hoặc chưa đúng."),
        ("right", "Góp ý phải là đúng hoặc chưa đúng."),
        (None, "Góp ý phải là đúng hoặc chưa đúng."),
        ({"verdict": "right", "comment": "đ" * 2_001}, "Góp ý dài quá 2.000 ký tự. Xin viết ngắn hơn."),
    ],
)
def test_what_is_no_judgement_is_refused(parts: Services, lan: TestClient, body: Any, said: str) -> None:
    _, (asked,) = kept(parts, turn(WHO))
    response = lan.put(f"/luot/{asked.turn_id}/gop-y", json=body)
    assert (response.status_code, response.json()["detail"]) == (422, said)
    assert parts.feedback.all() == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"verdict": "right"', b"verdict=right"])
def test_what_is_no_json_is_refused(parts: Services, lan: TestClient, content: bytes) -> None:
    _, (asked,) = kept(parts, turn(WHO))
    response = lan.put(f"/luot/{asked.turn_id}/gop-y", content=content, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert parts.feedback.all() == []


def test_half_a_character_in_a_comment_is_dropped(parts: Services, lan: TestClient) -> None:
    _, (asked,) = kept(parts, turn(WHO))
    body = b'{"verdict": "wrong", "comment": "a\\ud800b\\u0000c"}'
    headers = {"content-type": "application/json"}
    assert lan.put(f"/luot/{asked.turn_id}/gop-y", content=body, headers=headers).status_code == 204
    assert [given.comment for given in parts.feedback.all()] == ["abc"]


def requests_for(conversation_id: str, turn_id: str) -> list[tuple[str, str]]:
    """Give method and address of everything that can be asked of a turn."""
    return [
        ("GET", f"/luot/{turn_id}/chep"),
        ("GET", f"/luot/{turn_id}/chep?nhan=1"),
        ("GET", f"/luot/{turn_id}.docx"),
        ("GET", f"/hoi-thoai/{conversation_id}.docx"),
        ("PUT", f"/luot/{turn_id}/gop-y"),
        ("DELETE", f"/luot/{turn_id}/gop-y"),
    ]


def test_another_person_finds_nothing(parts: Services, lan: TestClient) -> None:
    conversation_id, (asked,) = kept(parts, turn(WHO))
    lan.put(f"/luot/{asked.turn_id}/gop-y", json={"verdict": "right"})
    lan.cookies.clear()
    for method, address in requests_for(conversation_id, asked.turn_id):
        response = lan.request(method, address, headers=as_person(HOA), json={"verdict": "wrong"})
        assert (method, address, response.status_code) == (method, address, 404)
        assert "không còn nữa" in response.json()["detail"]
    assert [given.verdict for given in parts.feedback.all()] == ["right"]


def test_nobody_gets_nothing(parts: Services, lan: TestClient) -> None:
    conversation_id, (asked,) = kept(parts, turn(WHO))
    lan.cookies.clear()
    for method, address in requests_for(conversation_id, asked.turn_id):
        assert lan.request(method, address, json={"verdict": "wrong"}).status_code == 403


@pytest.mark.parametrize("turn_id", ["khong-co", "%00", "..%2f..%2fetc", "a" * 5_000, "'--"])
def test_what_is_not_there_is_said(parts: Services, lan: TestClient, turn_id: str) -> None:
    kept(parts, turn(WHO))
    for method, address in requests_for(turn_id, turn_id):
        assert lan.request(method, address, json={"verdict": "right"}).status_code in (404, 405)


def test_a_turn_that_failed_cannot_be_judged_or_taken_away(parts: Services, lan: TestClient) -> None:
    _, (failed,) = kept(parts, Turn(1, WHO, problem="trục trặc"))
    for method, address in requests_for("", failed.turn_id):
        assert lan.request(method, address, json={"verdict": "right"}).status_code == 404


def test_a_deleted_conversation_gives_nothing_away(parts: Services, lan: TestClient) -> None:
    conversation_id, (asked,) = kept(parts, turn(WHO))
    parts.conversations.delete(user_name(LAN), conversation_id)
    for method, address in requests_for(conversation_id, asked.turn_id):
        assert lan.request(method, address, json={"verdict": "right"}).status_code == 404


def test_a_hostile_question_is_text_in_file_and_name(parts: Services, lan: TestClient) -> None:
    question = f'{HOSTILE}\r\nSet-Cookie: a=b; filename="x.exe"'
    _, (asked,) = kept(parts, turn(WHO, question=question, record=record(WHO, question=question)))
    response = lan.get(f"/luot/{asked.turn_id}.docx")
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert response.headers["content-disposition"].count("filename=") == 1
    assert "<script>window.hacked = 1</script>" in words(response.content)
    assert lan.get(f"/luot/{asked.turn_id}/chep").headers["content-type"].startswith("text/plain")
