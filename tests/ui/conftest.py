"""Fixtures: the application around a fake engine, a running server, and a real browser."""

import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.ui.fake_engine import FakeEngine
from ui.database import PAGE_FILE
from ui.server import create_app
from ui.serving import server_of

CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_foreign_connections: list[str] = []


def _notice_connection(event: str, arguments: tuple[Any, ...]) -> None:
    """Write down where this process connects to, other than to itself."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if host != "::1" and not host.startswith("127."):
            _foreign_connections.append(host)


sys.addaudithook(_notice_connection)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Run an application on a free port in a thread and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = server_of(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            deadline = time.monotonic() + 30
            while not server.started and time.monotonic() < deadline:
                time.sleep(0.02)
            assert server.started, "the server did not start"
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture
def engine() -> FakeEngine:
    """Give a fresh engine."""
    return FakeEngine()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give a client of the application, without a server."""
    database = tmp_path_factory.mktemp("page") / PAGE_FILE
    with TestClient(create_app(FakeEngine(), database=database), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def site(engine: FakeEngine, tmp_path: Path) -> Iterator[str]:
    """Give the address of a running server; the server itself may connect to no other host."""
    _foreign_connections.clear()
    with serving(create_app(engine, database=tmp_path / PAGE_FILE)) as address:
        yield address
    assert _foreign_connections == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium: run apt-get install chromium, or set CHROMIUM to its path"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """What pages must not do: ask other hosts, log errors, navigate to failures."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext, address: str) -> None:
        """Write down everything that the pages of a context do wrong."""

        def on_request(url: str) -> None:
            if not url.startswith((f"{address}/", "data:", "blob:")):
                self.foreign.append(url)

        context.on("request", lambda request: on_request(request.url))
        context.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )
        context.on("weberror", lambda error: self.errors.append(str(error.error)))


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Give a function that opens an address as a new visitor; every page has to behave."""
    watched = Watched()
    contexts: list[BrowserContext] = []

    def open_page(address: str, path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        watched.watch(context, address)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watched.foreign == []
    assert watched.errors == []
