"""The application over HTTP: hosts, headers, routes, and what cannot be reached."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.report import text_sha256
from tests.ui.fake_engine import CAN_THO, IN_8, FakeEngine
from ui.database import PAGE_FILE
from ui.engine import Engine, EngineUnavailableError, LateEngine
from ui.front_page import cleaned
from ui.headers import MAX_BODY, SCRIPTED_POLICY, STRICT_POLICY
from ui.server import create_app


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7860", "[::1]:7860", "may-chu.noi-bo"])
def test_known_hosts_are_answered(engine: FakeEngine, tmp_path: Path, host: str) -> None:
    client = TestClient(create_app(engine, ["may-chu.noi-bo"], database=tmp_path / PAGE_FILE))
    assert client.get("/van-ban/can-tho", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", ""])
def test_other_hosts_are_turned_away(client: TestClient, host: str) -> None:
    for path in ("/", "/van-ban/can-tho", "/gradio_api/run/predict", "/tai-nguyen/base.css"):
        assert client.get(path, headers={"host": host}).status_code == 400


def test_no_other_origin_may_read(client: TestClient) -> None:
    for origin in ("https://evil.example", "null", "http://localhost:1234"):
        for path in ("/", "/van-ban/can-tho", "/theme.css"):
            response = client.get(path, headers={"origin": origin})
            assert not [name for name in response.headers if name.startswith("access-control-allow")]


@pytest.mark.parametrize(
    "path", ["/", "/van-ban/can-tho", "/van-ban/can-tho/nguyen-van", "/van-ban/x", "/tai-nguyen/base.css", "/no"]
)
def test_every_response_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    if path != "/":
        assert headers["content-security-policy"] == (SCRIPTED_POLICY if path == "/van-ban/can-tho" else STRICT_POLICY)


def test_the_chat_page_names_no_other_host_and_runs_only_its_own_scripts(client: TestClient) -> None:
    response = client.get("/", headers={"accept-encoding": "br, gzip"})
    html, policy = response.text, response.headers["content-security-policy"]
    nonce = re.search(r"script-src 'self' 'nonce-([\w-]+)';", policy)
    assert nonce is not None
    assert "eval" not in policy
    assert "http" not in policy
    assert policy.count("unsafe") == policy.count("style-src-attr 'unsafe-inline'") == 1
    tags = re.findall(r"<(?:script|style)[\s>][^>]*", html)
    assert len(tags) > 4
    assert all(f'nonce="{nonce[1]}"' in tag for tag in tags)
    assert 'lang="vi"' in html
    assert "<title>Hỏi đáp kế hoạch</title>" in html
    assert not re.findall(r'(?:src|href|content)="(?:https?:)?//', html)
    assert client.get("/").headers["content-security-policy"] != policy


def test_links_to_other_hosts_are_removed_whatever_they_are() -> None:
    html = (
        '<html lang="en"><head><link rel="preconnect" href="https://fonts.googleapis.com">'
        '<link rel="stylesheet" href="//cdn.example/x.css"><link rel="manifest" href="/manifest.json" />'
        '<script src="https://cdnjs.example/iframe.js" async></script><meta property="og:image"\n'
        'content="https://x.example/y.jpg" /><link rel="stylesheet" href="./assets/a.css"></head>'
    )
    page = cleaned(html, "n")
    assert "example" not in page
    assert "googleapis" not in page
    assert "manifest" not in page
    assert '<link rel="stylesheet" href="./assets/a.css">' in page


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=https://example.org",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/runs",
        "/gradio_api/vibe-edit",
        "/gradio_api/api/predict",
        "/gradio_api/call/ask",
        "/monitoring",
        "/monitoring/summary",
        "/config",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/static/fonts/Lora/Lora-Regular.woff2",
        "/van-ban/",
        "/van-ban/../config",
        "/tai-nguyen/../server.py",
        "/tai-nguyen/%2e%2e/server.py",
        "/tai-nguyen/%2e%2e%2fserver.py",
    ],
)
def test_nothing_else_can_be_reached(client: TestClient, path: str) -> None:
    for method in ("GET", "POST"):
        response = client.request(method, path, content=b"{}")
        assert response.status_code in (404, 405), method
        assert "def create_app" not in response.text


def test_large_requests_are_refused(client: TestClient) -> None:
    path = "/gradio_api/run/predict"
    assert client.post(path, content=b"x" * (MAX_BODY + 1)).status_code == 413
    assert client.post(path, content=iter([b"x" * 10])).status_code == 413
    assert client.post(path, content=b"{}").status_code == 422


def test_a_document_is_served_with_its_passage(client: TestClient) -> None:
    response = client.get(f"/van-ban/can-tho?tu={IN_8.start}&den={IN_8.end}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<mark id="doan">8. Ban Chỉ đạo 35' in response.text


def test_the_stored_text_is_plain_text(client: TestClient) -> None:
    response = client.get("/van-ban/can-tho/nguyen-van")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == CAN_THO.text
    assert response.headers["content-disposition"] == (
        "inline; filename*=UTF-8''can-tho-tuyen-truyen-hoi-nghi-trung-uong-25-11-2024.txt"
    )


@pytest.mark.parametrize(
    "path",
    ["/van-ban/khong-co", "/van-ban/..%2F..%2Fetc%2Fpasswd", "/van-ban/%3Cscript%3E", "/van-ban/x/nguyen-van"],
)
def test_an_unknown_document_is_a_vietnamese_404(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Không" in response.text
    assert "<script" not in response.text
    assert "Traceback" not in response.text


def test_a_link_to_a_replaced_text_shows_the_text_that_it_was_made_for(tmp_path: Path) -> None:
    engine = FakeEngine()
    former = replace(CAN_THO, text=f"Bản cũ. {CAN_THO.text}")
    digest = text_sha256(former.text)[:12]
    engine.former_versions["can-tho", digest] = former
    client = TestClient(create_app(engine, database=tmp_path / PAGE_FILE), base_url="http://localhost")
    page = client.get(f"/van-ban/can-tho?tu=0&den=7&ban={digest}").text
    assert re.search(r'<mark id="doan"[^>]*>(?:<[^>]+>)*Bản cũ\.<', page)
    assert "Đây là bản cũ của văn bản" in page
    assert client.get(f"/van-ban/can-tho/nguyen-van?ban={digest}").text == former.text
    assert client.get("/van-ban/can-tho/nguyen-van").text == CAN_THO.text


def test_odd_spans_are_a_page_and_not_an_error(client: TestClient) -> None:
    for query in ("tu=a&den=b", "tu=9&den=1", "tu=" + "1" * 6_000, "tu=1&tu=2&den=&den=x"):
        response = client.get(f"/van-ban/can-tho?{query}")
        assert response.status_code == 200
        assert "không có đoạn nào được đánh dấu" in response.text


def test_a_failing_or_missing_engine_gives_a_vietnamese_page(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = tmp_path / PAGE_FILE

    def missing() -> Engine:
        raise EngineUnavailableError("Chưa có chỉ mục: chạy python -m index build")

    client = TestClient(create_app(LateEngine(missing), database=database), base_url="http://localhost")
    response = client.get("/van-ban/can-tho")
    assert response.status_code == 503
    assert "chạy python -m index build" in response.text
    assert client.get("/").status_code == 200

    def fail(*_: object) -> None:
        raise RuntimeError("bí mật")

    monkeypatch.setattr(FakeEngine, "document", fail)
    client = TestClient(create_app(engine, database=database), base_url="http://localhost")
    response = client.get("/van-ban/can-tho")
    assert response.status_code == 500
    assert "Máy chủ gặp trục trặc" in response.text
    assert "bí mật" not in response.text
