"""The library's addresses over HTTP: who may do what, what is checked, what is answered."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.edits import EDITABLE
from ingest.read import READERS
from tests.ui.fake_engine import CAN_THO, HOSTILE, PHAN_RANG, FakeEngine
from tests.ui.fake_librarian import FakeLibrarian, document, library_app
from ui.engine import EngineUnavailableError
from ui.librarian import FileOutcome, LibrarianError
from ui.library_page_forms import ACCEPTED
from ui.routes import library
from ui.services import NO_LIBRARIAN

HERE = ("127.0.0.1", 50_000)
CHANGES = (
    ("POST", "/kho/tep"),
    ("POST", "/kho/van-ban/can-tho/tep"),
    ("POST", "/kho/van-ban/can-tho/thong-tin"),
    ("DELETE", "/kho/van-ban/can-tho"),
    ("POST", "/kho/viec/quyet-dinh"),
    ("POST", "/kho/hoan-tac"),
    ("POST", "/kho/lap-chi-muc"),
)
READINGS = (("GET", "/kho/viec"), ("GET", "/kho/van-ban/can-tho/thong-tin"))


@pytest.fixture
def librarian() -> FakeLibrarian:
    """Give a librarian with two plans."""
    return FakeLibrarian()


@pytest.fixture
def client(librarian: FakeLibrarian, tmp_path: Path) -> Iterator[TestClient]:
    """Give a client on the machine itself, which may manage."""
    with TestClient(library_app(tmp_path, librarian), client=HERE) as client:
        yield client


def test_who_may_manage_gets_everything(client: TestClient) -> None:
    response = client.get("/kho")
    html = response.text
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-security-policy"] == library.PAGE_POLICY
    assert "script-src 'self'" in library.PAGE_POLICY
    assert "unsafe" not in library.PAGE_POLICY
    assert "form-action 'self'" in library.PAGE_POLICY
    assert "Kéo thả tệp vào đây hoặc" in html
    assert NO_LIBRARIAN not in html
    assert re.findall(r'<script src="(.*?)"', html) == [
        f"/tai-nguyen/{name}.js" for name in ("library", "library_work", "library_files", "library_documents")
    ]
    assert all(client.get(url).status_code == 200 for url in re.findall(r'(?:src|href)="(/tai-nguyen/.*?)"', html))
    assert set(re.findall(r'<div class="field" data-fact="(\w+)">', html)) == set(EDITABLE)


def test_who_may_not_manage_sees_the_table_and_why(librarian: FakeLibrarian, tmp_path: Path) -> None:
    other = TestClient(library_app(tmp_path, librarian), client=("10.0.0.9", 50_000))
    html = other.get("/kho").text
    assert NO_LIBRARIAN in html
    assert "347-KH/" in html
    assert not re.search(r'type="file"|<dialog|data-action|id="undo"', html)
    allowed = TestClient(library_app(tmp_path, librarian, managers=["10.0.0.0/24"]), client=("10.0.0.9", 50_000))
    assert 'type="file"' in allowed.get("/kho").text


@pytest.mark.parametrize(("method", "path"), [*CHANGES, *READINGS])
def test_handlers_turn_away_who_may_not_manage(
    librarian: FakeLibrarian, tmp_path: Path, method: str, path: str
) -> None:
    for app, host in ((library_app(tmp_path, librarian), "10.0.0.9"), (library_app(tmp_path, None), "127.0.0.1")):
        response = TestClient(app, client=(host, 50_000)).request(method, path, content=b"{}")
        assert (response.status_code, response.json()) == (403, {"message": NO_LIBRARIAN})
        assert response.headers["cache-control"] == "no-store"
    assert librarian.held == FakeLibrarian().held
    assert librarian.builds == 0


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_other_sites_can_make_a_browser_change_nothing(client: TestClient, method: str, path: str) -> None:
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.request(method, path, content=b"{}", headers=headers).status_code == 403


def test_without_a_librarian_the_page_shows_what_the_index_has(tmp_path: Path) -> None:
    html = TestClient(library_app(tmp_path, None), client=HERE).get("/kho").text
    assert NO_LIBRARIAN in html
    assert "2 văn bản, 1.281 đoạn được tìm." in html


def test_without_an_index_the_library_is_shown_all_the_same(
    librarian: FakeLibrarian, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: Any) -> None:
        raise EngineUnavailableError("chưa có <chỉ mục>")

    monkeypatch.setattr(FakeEngine, "documents", missing)
    monkeypatch.setattr(FakeEngine, "document", missing)
    librarian.tell(files=(FileOutcome("a.txt", "added", "A", "can-tho"),))
    client = TestClient(library_app(tmp_path, librarian), client=HERE)
    assert client.get("/kho").text.count("Đang chờ lập chỉ mục") == 2
    assert client.get("/kho/viec").json()["work"]["files"][0]["url"] == ""
    read_only = TestClient(library_app(tmp_path, None), client=HERE)
    assert "chưa có &lt;chỉ mục&gt;" in read_only.get("/kho").text


def test_troubles_are_sentences(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise LibrarianError("Kho <đang> bận.")

    def fail(*_: Any) -> None:
        raise RuntimeError("bí mật")

    monkeypatch.setattr(FakeLibrarian, "documents", refuse)
    monkeypatch.setattr(FakeLibrarian, "work", refuse)
    assert "Kho &lt;đang&gt; bận." in client.get("/kho").text
    assert (client.get("/kho/viec").status_code, client.get("/kho/viec").json()) == (
        400,
        {"message": "Kho <đang> bận."},
    )
    monkeypatch.setattr(FakeLibrarian, "documents", fail)
    monkeypatch.setattr(FakeLibrarian, "work", fail)
    for path in ("/kho", "/kho/viec", "/kho/van-ban/can-tho/thong-tin"):
        text = client.get(path).text
        assert "Máy chủ gặp trục trặc" in text
        assert "bí mật" not in text


def test_an_empty_library_says_how_to_begin(tmp_path: Path) -> None:
    app = library_app(tmp_path, FakeLibrarian([]))
    assert "Kéo thả các tệp kế hoạch vào khung ở trên" in TestClient(app, client=HERE).get("/kho").text
    other = TestClient(app, client=("10.0.0.9", 1)).get("/kho").text
    assert "Xin nhờ người quản lý kho thêm văn bản" in other


def test_the_filters_are_a_form_of_the_browser(client: TestClient) -> None:
    html = client.get("/kho", params={"tim": "ke hoach", "noi": "Cần Thơ", "xep": "-ngay"}).text
    assert '<form id="filters" action="/kho" method="get"' in html
    assert 'value="ke hoach"' in html
    assert '<option value="Cần Thơ" selected>Cần Thơ (1)</option>' in html
    assert '<option value="-ngay" selected>' in html
    assert "1 trong 2 văn bản khớp" in html
    assert '<a class="all" href="/kho">' in html
    assert '<a class="all" href="/kho" hidden>' in client.get("/kho?xep=so").text


def test_every_kind_of_file_that_can_be_read_is_offered(client: TestClient) -> None:
    named = [suffix for _, group in ACCEPTED for suffix in group]
    assert sorted(named) == sorted(READERS)
    assert f'accept="{",".join(named)}"' in client.get("/kho").text


def test_hostile_names_facts_and_addresses_are_text(tmp_path: Path) -> None:
    bad = document('"><script>x</script>', HOSTILE, number=HOSTILE, place=HOSTILE, issuer="'\" onfocus=alert(1)")
    librarian = FakeLibrarian([bad])
    librarian.tell(last_change=HOSTILE)
    client = TestClient(library_app(tmp_path, librarian), client=HERE)
    html = client.get("/kho", params={"tim": HOSTILE, "noi": HOSTILE, "xep": HOSTILE}).text
    html += client.get("/kho").text
    assert not re.search(r"<script>|<img", html)
    assert not re.search(r"<[^>]*\s(?!content=)on\w+=", re.sub(r'"[^"]*"', '""', html))


def test_the_work_is_told_with_names_and_addresses(client: TestClient, librarian: FakeLibrarian) -> None:
    librarian.tell(
        files=(
            FileOutcome("a.txt", "added", "A", "phan-rang"),
            FileOutcome("b.txt", "added", "B", "chưa có"),
            FileOutcome("c.txt", "conflict", "C", "phan-rang", "Cùng số."),
        ),
        reading=2,
        total=5,
        indexing="running",
        index_message="12/40",
        last_change="Thêm A",
    )
    url = "/van-ban/phan-rang"
    other = "Kế hoạch của Phan Rang - Tháp Chàm (347-KH/TU)"
    assert client.get("/kho/viec").json()["work"] == {
        "files": [
            {"name": "a.txt", "status": "added", "title": "A", "other": "", "url": url, "message": ""},
            {"name": "b.txt", "status": "added", "title": "B", "other": "", "url": "", "message": ""},
            {"name": "c.txt", "status": "conflict", "title": "C", "other": other, "url": url, "message": "Cùng số."},
        ],
        "reading": 2,
        "total": 5,
        "indexing": "running",
        "indexMessage": "12/40",
        "lastChange": "Thêm A",
    }


def test_a_conflict_is_decided_once(client: TestClient, librarian: FakeLibrarian) -> None:
    client.post("/kho/tep", files={"file": ("trùng số.txt", b"abc")})
    librarian.read()
    sent = {"name": "trùng số.txt", "decision": "keep both"}
    assert client.post("/kho/viec/quyet-dinh", json=sent).json()["work"]["files"][0]["status"] == "added"
    again = client.post("/kho/viec/quyet-dinh", json=sent)
    assert (again.status_code, again.json()["message"][:20]) == (400, "Tệp này không còn ch")
    assert librarian.decisions == [("trùng số.txt", "keep both")]


def test_facts_come_as_they_are_typed(client: TestClient, librarian: FakeLibrarian) -> None:
    librarian.by_hand["phan-rang"] = {"place": "Phan Rang"}
    answer = client.get("/kho/van-ban/phan-rang/thong-tin").json()
    assert answer["edited"] == ["place"]
    assert answer["facts"] == {
        "title": PHAN_RANG.facts.title,
        "short_title": PHAN_RANG.facts.short_title,
        "number": "347-KH/TU",
        "date": "17/12/2024",
        "issuer": "Thành ủy Phan Rang - Tháp Chàm",
        "place": "Phan Rang - Tháp Chàm",
        "signer": "Bùi Văn Phú",
        "signer_role": "Phó Bí thư",
    }
    assert client.get("/kho/van-ban/can-tho/thong-tin").json()["facts"]["date"] == "2024"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("17/12/2024", "2024-12-17"), ("5/3/2025", "2025-03-05"), ("12/2024", "2024-12"), ("2024", "2024"), ("", "")],
)
def test_dates_are_typed_as_in_vietnam(client: TestClient, librarian: FakeLibrarian, typed: str, stored: str) -> None:
    response = client.post("/kho/van-ban/can-tho/thong-tin", json={"changes": {"date": typed, "place": " Cần  Thơ "}})
    assert response.json()["message"] == "Đã sửa thông tin của “Kế hoạch của Cần Thơ”."
    assert librarian.edited("can-tho") == {"place": "Cần Thơ", **({"date": stored} if stored else {})}


def test_every_wrong_fact_is_named_and_nothing_is_changed(client: TestClient, librarian: FakeLibrarian) -> None:
    changes = {"date": "31/02/2024", "number": "1" * 61, "place": "Huế", "sha256": "x", "title": "a\u202eb"}
    response = client.post("/kho/van-ban/can-tho/thong-tin", json={"changes": changes})
    assert response.status_code == 400
    assert response.json()["message"] == "Chưa lưu: xin sửa những ô có ghi chú rồi lưu lại."
    assert set(response.json()["fields"]) == {"date", "number", "sha256", "title"}
    assert "60 ký tự" in response.json()["fields"]["number"]
    assert librarian.by_hand == {}
    refused = client.post("/kho/van-ban/can-tho/thong-tin", json={"changes": {"place": "Cấm"}})
    assert (refused.status_code, refused.json()) == (
        400,
        {"message": "Kho đang được chương trình khác dùng. Xin thử lại."},
    )


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"[" * 100_000, b'{"changes": 1}', b'{"changes": {"date": 1}}', b"\xff"]
)
def test_what_is_not_understood_is_refused(client: TestClient, body: bytes) -> None:
    for path in ("/kho/van-ban/can-tho/thong-tin", "/kho/viec/quyet-dinh"):
        response = client.post(path, content=body)
        assert (response.status_code, response.json()["message"][:22]) == (400, "Yêu cầu không đúng dạn")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "x/thong-tin"), ("POST", "x/thong-tin"), ("DELETE", "x"), ("POST", "x/tep")]
)
def test_a_document_that_is_gone_is_not_found(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, f"/kho/van-ban/{path}", json={"changes": {"place": "Huế"}})
    assert (response.status_code, "không còn trong kho" in response.json()["message"]) == (404, True)


def test_a_document_is_taken_out_and_brought_back(client: TestClient, librarian: FakeLibrarian) -> None:
    removed = client.delete("/kho/van-ban/can-tho").json()
    assert removed["message"] == "Đã gỡ “Kế hoạch của Cần Thơ” khỏi kho."
    assert removed["work"]["lastChange"] == "Gỡ “can-tho”"
    assert librarian.documents() == [PHAN_RANG]
    undone = client.post("/kho/hoan-tac", json={"change": "Gỡ “can-tho”"}).json()
    assert (undone["message"], undone["work"]["lastChange"]) == ("Đã hoàn tác việc: Gỡ “can-tho”.", "")
    assert librarian.documents() == [CAN_THO, PHAN_RANG]


def test_only_the_change_that_was_shown_is_undone(client: TestClient, librarian: FakeLibrarian) -> None:
    client.delete("/kho/van-ban/can-tho")
    for other in ("Thêm A", None, 5):
        response = client.post("/kho/hoan-tac", json={"change": other})
        assert (response.status_code, "thay đổi khác" in response.json()["message"]) == (409, True)
    assert librarian.documents() == [PHAN_RANG]
    assert client.post("/kho/hoan-tac", json={"change": "Gỡ “can-tho”"}).status_code == 200
    assert client.post("/kho/hoan-tac", json={"change": ""}).status_code == 400


def test_the_index_can_be_built_again(client: TestClient, librarian: FakeLibrarian) -> None:
    assert client.post("/kho/lap-chi-muc").json()["work"]["indexing"] == "waiting"
    assert librarian.builds == 1


def test_a_changed_fact_is_shown_before_the_index_has_it(client: TestClient, librarian: FakeLibrarian) -> None:
    librarian.held[0] = replace(CAN_THO, facts=replace(CAN_THO.facts, place="Tây Đô"))
    html = client.get("/kho").text
    assert "Tây Đô" in html
    assert html.count("Thay đổi đang chờ lập chỉ mục") == 1
