"""The addresses for programs: what they answer, and what they say where they cannot."""

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event, Lock
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from index.report import answer_fields
from index.types import Answer, SearchOptions
from ingest.types import Document
from tests.plans import PHAN_RANG
from tests.ui.conftest import serving
from tests.ui.fake_engine import ANSWERS, CAN_THO, HOPELESS, SIGNED, TROUBLE, WHO, FakeEngine
from tests.ui.plans_engine import PlansEngine
from ui.database import PAGE_FILE
from ui.engine import Engine, EngineUnavailableError, LateEngine
from ui.routes.programs import AT_ONCE, MAX_WAITING
from ui.server import create_app

ClientOf = Callable[[Engine], TestClient]


@pytest.fixture
def client_of(tmp_path: Path) -> ClientOf:
    """Give a function that gives a client of the application around an engine."""
    return lambda engine: TestClient(create_app(engine, database=tmp_path / PAGE_FILE), base_url="http://localhost")


@pytest.fixture
def asking(client_of: ClientOf, engine: FakeEngine) -> TestClient:
    """Give a client of the application around the fake engine."""
    return client_of(engine)


@pytest.fixture
def plans(client_of: ClientOf, corpus_documents: list[Document]) -> TestClient:
    """Give a client of the application around the five plans."""
    return client_of(PlansEngine(corpus_documents))


def problem(response: Any) -> dict[str, Any]:
    """Give the problem that a response tells, which states its own status."""
    assert response.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert list(told) == ["type", "title", "status", "detail", "errors"]
    assert told["status"] == response.status_code
    return told


@pytest.mark.parametrize("question", [WHO, SIGNED, HOPELESS])
def test_an_answer_has_the_documented_form(asking: TestClient, question: str) -> None:
    response = asking.post("/api/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json() == answer_fields(ANSWERS[question])


def test_a_question_is_asked_with_its_options(asking: TestClient, engine: FakeEngine) -> None:
    asking.post("/api/ask", json={"question": WHO})
    filters = {"documents": ["can-tho"], "places": ["Cần Thơ"], "kinds": ["tasks", "forms"]}
    asking.post("/api/ask", json={"question": WHO, "top": 20, "as_typed": True, **filters})
    narrow = SearchOptions(20, ("can-tho",), ("Cần Thơ",), ("tasks", "forms"), as_typed=True)
    assert engine.asked == [(WHO, SearchOptions()), (WHO, narrow)]


def test_a_question_that_is_none_is_refused_in_the_answer(asking: TestClient) -> None:
    response = asking.post("/api/ask", json={"question": "a" * 1_001})
    assert response.status_code == 200
    assert response.json()["refusal"] == "invalid_question"


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"question": "còn thiếu"}),
        ({"question": 3}, {"question": "phải là chuỗi ký tự; đã nhận 3"}),
        ({"question": "a", "top": 0}, {"top": "nhỏ nhất là 1; đã nhận 0"}),
        ({"question": "a", "top": 21}, {"top": "lớn nhất là 20; đã nhận 21"}),
        ({"question": "a", "top": "ba"}, {"top": "phải là số nguyên; đã nhận ba"}),
        ({"question": "a", "top": 1.5}, {"top": "phải là số nguyên; đã nhận 1.5"}),
        ({"question": "a", "as_typed": "có"}, {"as_typed": "phải là true hoặc false; đã nhận có"}),
        ({"question": "a", "places": "Cần Thơ"}, {"places": "phải là danh sách; đã nhận Cần Thơ"}),
        (
            {"question": "a" * 20_001, "document": "can-tho"},
            {
                "question": "dài nhất 20000 ký tự; đã nhận 20001",
                "document": "không có trường này; các trường dùng được xem tại /api",
            },
        ),
        ({"question": "a", "places": ["b"] * 501}, {"places": "dài nhất 500 giá trị; đã nhận 501"}),
        (
            {"question": "a", "kinds": ["tasks", "x" * 100]},
            {
                "kinds.1": "phải là một trong: header, basis, purpose, content, forms, slogans, audience, tasks, "
                f"schedule, budget, closing, recipients, signature, table, other; đã nhận {'x' * 60}…"
            },
        ),
        (["a"], {"body": "phải là một đối tượng JSON, gửi với Content-Type: application/json"}),
    ],
)
def test_a_wrong_request_is_told_what_to_mend(asking: TestClient, body: object, errors: dict[str, str]) -> None:
    told = problem(asking.post("/api/ask", json=body))
    assert (told["status"], told["type"], told["title"]) == (422, "/api#invalid-request", "Invalid request")
    assert told["errors"] == [{"field": field, "detail": detail} for field, detail in errors.items()]
    assert told["detail"] == " ".join(f"{field}: {detail}." for field, detail in errors.items())


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b'{"question": ai}', "body: không phải JSON hợp lệ, sai từ ký tự thứ 13."),
        (b"[" * 100_000, "body: không đọc được, phải là JSON viết bằng UTF-8."),
        (b'{"question": "\\ud800"}', "question: có ký tự không hợp lệ; đã nhận ?."),
        (b'{"question": "a", "\\ud800": 1}', "body: có ký tự không hợp lệ; đã nhận ?."),
    ],
)
def test_what_is_no_json_is_a_problem_as_well(asking: TestClient, content: bytes, detail: str) -> None:
    headers = {"Content-Type": "application/json"}
    told = problem(asking.post("/api/ask", content=content, headers=headers))
    assert (told["status"], told["detail"]) == (422, detail)


def test_a_filter_of_unknown_documents_names_them(plans: TestClient) -> None:
    asked = {"question": "ai ký?", "documents": [PHAN_RANG, "hà-nội"]}
    told = problem(plans.post("/api/ask", json=asked))
    assert told["status"] == 422
    detail = "kho không có văn bản mã “hà-nội”; xem các mã tại GET /api/documents"
    assert told["errors"] == [{"field": "documents.1", "detail": detail}]


def test_documents_are_listed_without_their_text(asking: TestClient) -> None:
    can_tho, phan_rang = asking.get("/api/documents").json()
    assert can_tho == {
        "doc_id": "can-tho",
        "source": "can-tho-tuyen-truyen-hoi-nghi-trung-uong-25-11-2024.txt",
        "title": CAN_THO.facts.title,
        "short_title": "Kế hoạch của Cần Thơ",
        "number": None,
        "issuer": "Thành ủy Cần Thơ",
        "place": "Cần Thơ",
        "date": "2024",
        "implements": ["Hướng dẫn số 173-HD/BTGTW ngày 28/11/2024"],
        "signer": None,
        "signer_role": None,
        "recipients": [],
        "provenance": "text",
        "pages": None,
        "sections": 4,
        "passages": 1_234,
        "length": len(CAN_THO.text),
        "text_sha256": hashlib.sha256(CAN_THO.text.encode()).hexdigest(),
    }
    assert (phan_rang["doc_id"], phan_rang["signer"], phan_rang["passages"]) == ("phan-rang", "Bùi Văn Phú", 47)


def test_a_document_has_its_outline(asking: TestClient) -> None:
    details = asking.get("/api/documents/can-tho").json()
    outline = details.pop("outline")
    assert details.pop("notes") == []
    assert details == asking.get("/api/documents").json()[0]
    assert [(s["locator"], s["title"], s["level"], s["parent"]) for s in outline] == [
        ("Mục I", "MỤC ĐÍCH, YÊU CẦU", 1, None),
        ("Mục II", "NỘI DUNG TUYÊN TRUYỀN", 1, None),
        ("Mục V", "TỔ CHỨC THỰC HIỆN", 1, None),
        ("Mục V.3", "Ban Tuyên giáo Thành ủy", 2, 2),
    ]
    assert CAN_THO.text[outline[0]["start"] :].startswith("I- MỤC ĐÍCH, YÊU CẦU")


def test_the_text_is_given_exactly(asking: TestClient) -> None:
    start = CAN_THO.text.index("đấu tranh, ngăn chặn")
    span = asking.get(f"/api/documents/can-tho/text?start={start}&end={start + 8}").json()
    assert (span["start"], span["end"], span["text"]) == (start, start + 8, "đấu tran")
    whole = asking.get("/api/documents/can-tho/text", params={"text_sha256": span["text_sha256"]}).json()
    assert (whole["start"], whole["end"], whole["text"]) == (0, len(CAN_THO.text), CAN_THO.text)
    assert whole["length"] == len(CAN_THO.text)
    assert asking.get("/api/documents/can-tho/text?start=9&end=9").json()["text"] == ""


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("documents/can-tho/text?start=-1", "start: nhỏ nhất là 0; đã nhận -1."),
        ("documents/can-tho/text?start=5&end=4", "start: là 5, end là 4; cần 0 ≤ start ≤ end."),
        ("documents/can-tho/text?end=99999", f"end: là 99999, nhưng nguyên văn chỉ dài {len(CAN_THO.text)} ký tự."),
        ("documents/can-tho/text?start=a", "start: phải là số nguyên; đã nhận a."),
        (f"documents/can-tho/text?end={'9' * 5_000}", f"end: là số quá lớn; đã nhận {'9' * 60}…."),
        (
            "documents/can-tho/text?text_sha256=ABC",
            "text_sha256: phải là 64 chữ số thập lục phân viết thường; đã nhận ABC.",
        ),
        ("passages/can-tho/5-5", "start: là 5, end là 5; cần 0 ≤ start < end."),
        ("passages/can-tho/5-b", "end: phải là số nguyên; đã nhận b."),
    ],
)
def test_what_is_no_span_of_the_text_is_told(asking: TestClient, path: str, detail: str) -> None:
    told = problem(asking.get(f"/api/{path}"))
    assert (told["type"], told["detail"]) == ("/api#invalid-request", detail)


@pytest.mark.parametrize("path", ["documents/can-tho/text", "passages/can-tho/0-9"])
def test_offsets_of_another_text_are_refused(asking: TestClient, path: str) -> None:
    stored, other = hashlib.sha256(CAN_THO.text.encode()).hexdigest(), "0" * 64
    assert asking.get(f"/api/{path}?text_sha256={stored}").status_code == 200
    told = problem(asking.get(f"/api/{path}?text_sha256={other}"))
    assert (told["status"], told["type"]) == (409, "/api#text-changed")
    assert stored in told["detail"]
    assert other in told["detail"]


def test_a_passage_comes_with_its_sections_and_neighbours(plans: TestClient) -> None:
    found = plans.get(f"/api/passages/{PHAN_RANG}/12012-12229").json()
    assert found["passage"]["text"].startswith("Tuyên truyền, cổ động trên các phương tiện trực quan")
    assert found["passage"]["text"].endswith("các hoạt động văn hóa - văn nghệ.")
    heading = "III- CÁC HÌNH THỨC, BIỆN PHÁP TUYÊN TRUYỀN CHỦ YẾU"
    assert (found["passage"]["locator"], found["passage"]["heading_path"]) == ("Mục III.3", [heading])
    assert [section["locator"] for section in found["sections"]] == ["Mục III", "Mục III.3"]
    assert (found["before"]["locator"], found["after"]["locator"]) == ("Mục III.2", "Mục III.4")
    assert found["number"] == "347-KH/TU"


def test_a_quote_stands_where_its_passage_stands(plans: TestClient) -> None:
    whole = plans.get(f"/api/passages/{PHAN_RANG}/12012-12229").json()
    start = 12012 + whole["passage"]["text"].index("pano, áp phích")
    quote = plans.get(f"/api/passages/{PHAN_RANG}/{start}-{start + 14}").json()
    words = {"start": start, "end": start + 14, "text": "pano, áp phích"}
    assert quote == whole | {"passage": whole["passage"] | words}


def test_the_ends_of_a_document_have_one_neighbour(plans: TestClient) -> None:
    signature = plans.get(f"/api/passages/{PHAN_RANG}/17666-17709").json()
    assert signature["passage"]["kind"] == "signature"
    assert (signature["before"]["locator"], signature["after"]) == ("Nơi nhận", None)
    top = plans.get(f"/api/passages/{PHAN_RANG}/4-9").json()
    assert (top["passage"]["kind"], top["before"], top["after"]["locator"]) == ("header", None, "Căn cứ")


def test_words_outside_every_passage_stand_in_their_section(plans: TestClient) -> None:
    heading = plans.get(f"/api/passages/{PHAN_RANG}/11552-11556").json()
    assert heading["passage"] == {
        "start": 11552,
        "end": 11556,
        "text": "III-",
        "locator": "Mục III",
        "heading_path": ["III- CÁC HÌNH THỨC, BIỆN PHÁP TUYÊN TRUYỀN CHỦ YẾU"],
        "kind": "forms",
        "unit": None,
        "page": None,
    }


def test_health_tells_which_index_answers(asking: TestClient, engine: FakeEngine) -> None:
    healthy = {"index_version": "v1", "documents": 2, "passages": 1_281}
    assert asking.get("/api/health").json() == healthy | {"stale": False}
    engine.is_stale = True
    assert asking.get("/api/health").json() == healthy | {"stale": True}


@pytest.mark.parametrize("path", ["documents/ha-noi", "documents/ha-noi/text", "passages/ha-noi/0-9"])
def test_an_unknown_document_is_told_with_the_remedy(asking: TestClient, path: str) -> None:
    told = problem(asking.get(f"/api/{path}"))
    assert (told["status"], told["type"]) == (404, "/api#unknown-document")
    assert told["detail"].startswith("Kho không có văn bản mã “ha-noi”")
    assert told["detail"].endswith("Xem các mã tại GET /api/documents.")


def test_other_addresses_and_methods_are_problems(asking: TestClient) -> None:
    for path in ("/api/", "/api/x", "/api/passages/can-tho/5", "/api/viewer/redoc.standalone.js"):
        told = problem(asking.get(path))
        assert (told["status"], told["type"]) == (404, "/api#unknown-address")
        assert path in told["detail"]
    response = asking.get("/api/ask")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert problem(response)["detail"] == "/api/ask không nhận GET; hãy dùng POST."
    assert asking.delete("/api/documents/can-tho").headers["allow"] == "GET"


def test_an_engine_that_is_not_there_yet_is_worth_waiting_for(client_of: ClientOf) -> None:
    def missing() -> Engine:
        raise EngineUnavailableError("Chưa có chỉ mục: chạy python -m index build")

    client = client_of(LateEngine(missing))
    for path in ("health", "documents", "documents/x", "documents/x/text", "passages/x/0-9"):
        response = client.get(f"/api/{path}")
        assert (response.status_code, response.headers["retry-after"]) == (503, "30")
        assert problem(response)["detail"] == "Chưa có chỉ mục: chạy python -m index build"
    assert problem(client.post("/api/ask", json={"question": WHO}))["type"] == "/api#not-ready"


def test_a_failure_is_logged_and_not_told(asking: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        response = asking.post("/api/ask", json={"question": TROUBLE})
    assert problem(response)["type"] == "/api#internal"
    assert "bí mật" not in response.text
    assert "bí mật của máy chủ" in caplog.text


class SlowEngine(FakeEngine):
    """Answers when it is let go on, and counts how many answers it works on at once."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = Event()
        self.most = 0
        self._working = 0
        self._lock = Lock()

    def ask(self, question: str, options: SearchOptions) -> Answer:
        with self._lock:
            self._working += 1
            self.most = max(self.most, self._working)
        self.go_on.wait(30)
        with self._lock:
            self._working -= 1
        return super().ask(question, options)


def test_programs_take_turns_and_leave_the_threads_to_others(tmp_path: Path) -> None:
    engine = SlowEngine()
    many = MAX_WAITING + AT_ONCE + 1  # the last one finds no place to wait
    with (
        serving(create_app(engine, database=tmp_path / PAGE_FILE)) as site,
        httpx.Client(base_url=site, timeout=30) as client,
        ThreadPoolExecutor(many) as pool,
    ):
        asked = [pool.submit(client.post, "/api/ask", json={"question": WHO}) for _ in range(many)]
        (turned_away,), others = wait(asked, return_when=FIRST_COMPLETED)
        assert client.get("/api/documents").status_code == 200
        assert client.get("/van-ban/can-tho").status_code == 200
        engine.go_on.set()
        assert [future.result().status_code for future in others] == [200] * (many - 1)
    response = turned_away.result()
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert problem(response)["type"] == "/api#busy"
    assert engine.most == AT_ONCE
