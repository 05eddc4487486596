"""Files that are sent to the library: whole, within limits, never under the name that somebody typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.ui.fake_engine import HOSTILE
from tests.ui.fake_librarian import FakeLibrarian, library_app
from ui.headers import MAX_BODY, MAX_UPLOAD
from ui.library_page_upload import PREFIX

HERE = ("127.0.0.1", 50_000)


@pytest.fixture
def librarian() -> FakeLibrarian:
    """Give a librarian with two plans."""
    return FakeLibrarian()


@pytest.fixture
def client(librarian: FakeLibrarian, tmp_path: Path) -> Iterator[TestClient]:
    """Give a client on the machine itself, which may manage."""
    with TestClient(library_app(tmp_path, librarian), client=HERE) as client:
        yield client


def send(client: TestClient, name: str, content: bytes = b"abc", path: str = "/kho/tep") -> Response:
    """Send one file as a browser does."""
    return client.post(path, files={"file": (name, content)})  # type: ignore[return-value]


def sent(client: TestClient, body: bytes, boundary: str = "b") -> Response:
    """Send a body as it is."""
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/kho/tep", content=body, headers={"content-type": kind})  # type: ignore[return-value]


def test_a_file_reaches_the_librarian_whole(client: TestClient, librarian: FakeLibrarian, tmp_path: Path) -> None:
    content = b"\r\n--b\r\n" + bytes(range(256)) * 9_000  # 2.3 MB, with what looks like a boundary
    response = send(client, "Kế hoạch số 5.docx", content)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert librarian.given == [("Kế hoạch số 5.docx", content, None)]
    assert [f["status"] for f in response.json()["work"]["files"]] == ["waiting"]
    assert list((tmp_path / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("../../etc/passwd.txt", "../../etc/passwd.txt"),
        (f"{HOSTILE}.txt", f"{HOSTILE}.txt"),
        ("a\r\nX: y.txt", "a  X: y.txt"),
        ("x" * 900 + ".txt", "x" * 496 + ".txt"),
    ],
)
def test_hostile_names_are_handed_on_and_never_used(
    client: TestClient, librarian: FakeLibrarian, tmp_path: Path, name: str, given: str
) -> None:
    before = set(tmp_path.rglob("*"))
    assert send(client, name).status_code == 200
    assert [typed for typed, *_ in librarian.given] == [given]
    assert set(tmp_path.rglob("*")) - before <= {tmp_path / "incoming"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b--\r\n",
        b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nabc\r\n--b--\r\n',
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nabc',
        b'--b\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\nabc\r\n--b--\r\n',
        2 * b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nabc\r\n' + b"--b--\r\n",
        b"nothing of the kind",
    ],
)
def test_what_is_not_one_whole_file_is_refused(
    client: TestClient, librarian: FakeLibrarian, tmp_path: Path, body: bytes
) -> None:
    response = sent(client, body)
    assert (response.status_code, response.json()["message"][:22]) == (400, "Tệp chưa gửi trọn vẹn ")
    assert librarian.given == []
    assert list((tmp_path / "incoming").iterdir()) == []


def test_other_kinds_of_bodies_are_refused(client: TestClient) -> None:
    assert client.post("/kho/tep", json={"file": "x"}).status_code == 400
    assert sent(client, b"--\r\n", boundary="").status_code == 400


def test_too_much_is_refused(client: TestClient, librarian: FakeLibrarian, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = client.post("/kho/tep", content=b"x", headers={"content-length": str(MAX_UPLOAD + 1)})
    assert huge.status_code == 413
    assert client.post("/kho/hoan-tac", content=b" " * (MAX_BODY + 1)).status_code == 413
    monkeypatch.setattr("ui.library_page_upload.MAX_UPLOAD", 1_000)
    response = send(client, "a.txt", b"x" * 1_000)
    assert (response.status_code, "200 MB" in response.json()["message"]) == (413, True)
    assert librarian.given == []


def test_what_the_librarian_does_not_take_is_gone(client: TestClient, tmp_path: Path) -> None:
    response = send(client, "đĩa đầy.txt")
    assert (response.status_code, response.json()["message"][:22]) == (400, "Đĩa của máy chủ đã đầy")
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_disk_that_takes_nothing_is_said(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "incoming").write_text("no folder", encoding="utf-8")
    response = send(client, "a.txt")
    assert (response.status_code, response.json()["message"][:25]) == (400, "Máy chủ chưa lưu được tệp")


def test_what_a_killed_server_left_is_deleted(librarian: FakeLibrarian, tmp_path: Path) -> None:
    left, other = tmp_path / "incoming" / f"{PREFIX}x", tmp_path / "incoming" / "other"
    left.parent.mkdir()
    for path in (left, other):
        path.write_bytes(b"x")
    library_app(tmp_path, librarian)
    assert (left.exists(), other.exists()) == (False, True)


def test_a_file_for_the_place_of_a_document(client: TestClient, librarian: FakeLibrarian) -> None:
    assert send(client, "mới.txt", path="/kho/van-ban/can-tho/tep").status_code == 200
    assert librarian.given == [("mới.txt", b"abc", "can-tho")]
    assert send(client, "mới.txt", path="/kho/van-ban/x/tep").status_code == 404


def test_the_outcomes_of_a_batch_that_has_just_ended_come_once_more(
    client: TestClient, librarian: FakeLibrarian
) -> None:
    send(client, "a.txt")
    librarian.read()
    answer = send(client, "b.txt").json()
    assert [(f["name"], f["status"]) for f in answer["earlier"]] == [("a.txt", "added")]
    assert [(f["name"], f["status"]) for f in answer["work"]["files"]] == [("b.txt", "waiting")]
