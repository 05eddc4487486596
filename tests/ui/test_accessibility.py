"""Every view under axe, in both colour schemes: nothing serious, nothing critical."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.conftest import OpenPage, serving
from tests.ui.fake_engine import FOLLOWING, HOPELESS, IN_8, SIGNED, WHERE, WHO, FakeEngine
from tests.ui.fake_librarian import FakeLibrarian
from tests.ui.test_browser import ask
from tests.ui.test_conversation_browser import open_list
from ui.database import PAGE_FILE
from ui.server import create_app

GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a running site with all its pages, looked after from this machine."""
    folder = tmp_path_factory.mktemp("page")
    librarian = FakeLibrarian()
    with serving(create_app(FakeEngine(), database=folder / PAGE_FILE, librarian=librarian)) as address:
        yield address


def grave_findings(page: Page) -> list[str]:
    """Give what axe finds serious or critical, with the first element concerned."""
    found = Axe().run(page).response["violations"]
    return [f"{f['id']}: {f['nodes'][0]['html'][:200]}" for f in found if f["impact"] in GRAVE]


def empty_chat(page: Page) -> None:
    expect(page.locator(".empty")).to_be_visible()


def answers(page: Page) -> None:
    ask(page, WHO)
    ask(page, FOLLOWING)
    ask(page, WHERE)
    ask(page, SIGNED)
    ask(page, HOPELESS)


def filters(page: Page) -> None:
    page.get_by_role("button", name="Phạm vi: toàn bộ kho").click()
    expect(page.get_by_label("Địa phương")).to_be_visible()


def kept_conversations(page: Page) -> None:
    ask(page, WHO)
    open_list(page)
    expect(page.locator("#conversations li")).not_to_have_count(0)


def reading_beside(page: Page) -> None:
    ask(page, WHO)
    page.locator("#conversation a.read").first.click()
    expect(page.frame_locator("iframe").locator("#doan")).to_be_visible()


def as_it_opens(page: Page) -> None:
    expect(page.locator("h1").first).to_be_attached()


VIEWS: list[tuple[str, Callable[[Page], None]]] = [
    ("/", empty_chat),
    ("/", answers),
    ("/", filters),
    ("/", kept_conversations),
    ("/", reading_beside),
    (f"/van-ban/can-tho?tu={IN_8.start}&den={IN_8.end}#doan", as_it_opens),
    ("/kho", as_it_opens),
    ("/phan-hoi", as_it_opens),
    ("/api", as_it_opens),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "prepare"), VIEWS, ids=[f"{path[:9]}-{view.__name__}" for path, view in VIEWS])
def test_nothing_grave_is_found(
    whole_site: str, open_page: OpenPage, path: str, prepare: Callable[[Page], None], scheme: str
) -> None:
    page = open_page(whole_site, path, color_scheme=scheme, reduced_motion="reduce")
    prepare(page)
    assert grave_findings(page) == []
