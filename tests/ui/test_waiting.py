"""What a person sees from Enter to the answer, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.ui.conftest import OpenPage, serving
from tests.ui.fake_engine import HOSTILE, WHERE, WHO, HeldEngine
from ui import chat
from ui.database import PAGE_FILE
from ui.names import TOO_MANY_ASK
from ui.server import create_app


@pytest.fixture
def slow() -> HeldEngine:
    """Give an engine that waits."""
    return HeldEngine()


@pytest.fixture
def slow_site(slow: HeldEngine, tmp_path: Path) -> Iterator[str]:
    """Give the address of a server around it."""
    with serving(create_app(slow, database=tmp_path / PAGE_FILE)) as address:
        yield address
        slow.may_answer.set()


def test_a_question_is_shown_at_once_and_what_is_typed_meanwhile_stays(
    slow_site: str, slow: HeldEngine, open_page: OpenPage
) -> None:
    page = open_page(slow_site)
    box = page.get_by_label("Câu hỏi")
    box.fill(WHO)
    box.press("Enter")
    expect(page.locator(".turn .question")).to_have_text([WHO])
    expect(page.get_by_role("status").filter(has_text="Đang")).to_have_text("Đang tìm trong các văn bản…")
    expect(page.locator(".empty")).to_be_hidden()
    expect(page.locator("#examples")).to_be_hidden()
    expect(box).to_have_value("")
    box.fill("câu sau")
    slow.may_answer.set()
    expect(page.locator(".turn .card")).to_have_count(2)
    expect(page.locator(".busy")).to_have_count(0)
    expect(page.locator(".turn .question")).to_have_text([WHO])
    expect(box).to_have_value("câu sau")


def test_a_waiting_question_stands_at_the_top_of_the_window_and_its_answer_in_its_place(
    slow_site: str, slow: HeldEngine, open_page: OpenPage
) -> None:
    page = open_page(slow_site, reduced_motion="reduce")
    box = page.get_by_label("Câu hỏi")
    slow.may_answer.set()
    box.fill(WHO)
    box.press("Enter")
    expect(page.locator(".turn .card")).to_have_count(2)
    slow.may_answer.clear()
    box.fill(WHERE)
    box.press("Enter")
    expect(page.locator(".turn .question")).to_have_text([WHO, WHERE])
    top = page.locator(".turn .question").last.evaluate("element => element.getBoundingClientRect().top")
    assert 0 <= top <= 60
    slow.may_answer.set()
    expect(page.locator(".busy")).to_have_count(0)
    expect(page.locator(".turn .question")).to_have_text([WHO, WHERE])
    later = page.locator(".turn .question").last.evaluate("element => element.getBoundingClientRect().top")
    assert later == pytest.approx(top, abs=2)


def test_a_waiting_question_is_text(slow_site: str, open_page: OpenPage) -> None:
    page = open_page(slow_site)
    box = page.get_by_label("Câu hỏi")
    box.fill(HOSTILE)
    box.press("Enter")
    expect(page.locator("#waiting .question")).to_have_text(HOSTILE)
    assert page.locator("#waiting :is(script, img)").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("status", [503, 0])
def test_a_question_that_is_turned_away_goes_back_into_the_box(site: str, browser: Browser, status: int) -> None:
    page = browser.new_page()  # the browser itself logs the failure
    page.goto(site)

    def turn_away(route: Route) -> None:
        if status:
            route.fulfill(status=status, json={"detail": "Queue is full."})
        else:
            route.abort()

    page.route("**/gradio_api/run/predict*", turn_away)
    box = page.get_by_label("Câu hỏi")
    box.fill(WHO)
    box.press("Enter")
    expect(page.locator(".busy")).to_have_count(0)
    expect(box).to_have_value(WHO)
    expect(page.locator(".turn")).to_have_count(0)
    page.context.close()


def test_a_question_that_finds_no_place_goes_back_into_the_box_with_the_reason(
    slow: HeldEngine, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "CONCURRENCY", 1)
    monkeypatch.setattr(chat, "MAX_WAITING", 0)
    with serving(create_app(slow, database=tmp_path / PAGE_FILE)) as address:
        first, second = open_page(address), open_page(address)
        for page, question in ((first, WHERE), (second, WHO)):
            page.get_by_label("Câu hỏi").fill(question)
        first.get_by_label("Câu hỏi").press("Enter")
        assert slow.is_asked.wait(20)
        box = second.get_by_label("Câu hỏi")
        box.press("Enter")
        expect(second.locator(".turn .trouble")).to_have_text(TOO_MANY_ASK)
        expect(box).to_have_value(WHO)
        slow.may_answer.set()
        expect(first.locator(".turn .card")).to_have_count(1)
        box.press("Enter")
        expect(second.locator(".turn .card")).to_have_count(2)
        expect(second.locator(".turn .trouble")).to_have_count(0)
        expect(box).to_have_value("")


def test_an_answer_stays_where_the_page_itself_is_done_later(site: str, browser: Browser) -> None:
    page = browser.new_page()
    late: list[Route] = []

    def hold_back(route: Route) -> None:
        if route.request.post_data_json["data"]:
            route.continue_()
        else:  # what the page asks for when it is opened
            late.append(route)

    page.route("**/gradio_api/run/predict*", hold_back)
    page.goto(site)
    box = page.get_by_label("Câu hỏi")
    box.fill(WHO)
    box.press("Enter")
    expect(page.locator(".turn .card")).to_have_count(2)
    assert len(late) == 2
    for route in late:
        with page.expect_response("**/gradio_api/run/predict*"):
            route.continue_()
    page.wait_for_timeout(300)  # what came is shown
    expect(page.locator(".turn .card")).to_have_count(2)
    page.context.close()
