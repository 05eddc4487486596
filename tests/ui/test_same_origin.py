"""Changes come from our own pages only."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ui.same_origin import SameOriginChanges


@pytest.fixture
def guarded() -> TestClient:
    """Give a client of an application that counts as changed whenever it is reached."""
    app = FastAPI()
    app.add_middleware(SameOriginChanges)

    @app.api_route("/", methods=["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"])
    def reached() -> str:
        return "done"

    return TestClient(app, base_url="http://may-chu:7860")


OWN = [
    {},
    {"origin": "http://may-chu:7860"},
    {"origin": "https://may-chu:7860"},
    {"origin": "http://may-chu:7860", "sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
]
FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "http://may-chu"},
    {"origin": "http://may-chu:8000"},
    {"origin": "http://may-chu:7860.evil.example"},
    {"origin": "http://evil.example@may-chu:7860"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://[::1"},
    {"origin": "file://may-chu:7860"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": ""},
    {"origin": "http://may-chu:7860", "sec-fetch-site": "cross-site"},
    {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("headers", OWN)
def test_our_own_pages_and_programs_may_change(guarded: TestClient, method: str, headers: dict[str, str]) -> None:
    assert guarded.request(method, "/", headers=headers).json() == "done"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_other_sites_may_not(guarded: TestClient, method: str, headers: dict[str, str]) -> None:
    response = guarded.request(method, "/", headers=headers)
    assert response.status_code == 403
    assert response.text == "Yêu cầu đến từ một trang khác nên không được thực hiện."


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_reading_changes_nothing_and_is_left_to_others(
    guarded: TestClient, method: str, headers: dict[str, str]
) -> None:
    assert guarded.request(method, "/", headers=headers).status_code == 200
