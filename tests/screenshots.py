"""python -m tests.screenshots: pictures of the page over the five plans, for the README and the guide.

Works on a copy of the data directory, so that nothing of the pictures stays in it.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
QUESTIONS = ("ai ky ke hoach cua Phan Rang", "còn Vũng Tàu thì sao?")
WHO = "ở Phan Rang ai lo chống thông tin xấu độc?"
REFUSED = "kinh phí tuyên truyền là bao nhiêu tiền?"
_PATIENCE = 60_000  # milliseconds


def main() -> int:
    """Take all pictures."""
    expect.set_options(timeout=_PATIENCE)
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="library and index folder")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="where the pictures go")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        shutil.copytree(options.data, data, ignore=shutil.ignore_patterns("page.db*", "eval", "other"))
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--headless", "--no-sandbox"]
        )
        with _served(data) as address:
            for name, (width, height, scheme, take) in PICTURES.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                    reduced_motion="reduce",
                )
                take(page, address)
                page.screenshot(path=options.out / f"{name}.png")
                print(options.out / f"{name}.png")
                page.close()
        browser.close()
    return 0


@contextmanager
def _served(data: Path) -> Iterator[str]:
    command = [sys.executable, "app.py", "--port", "0", "--data", str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://[\d.:]+", process.stdout.readline())
        assert found is not None, "the page did not come up"
        yield found[0]
    finally:
        process.terminate()
        process.wait(20)


def _asked(page: Page, *questions: str) -> None:
    for number, question in enumerate(questions, start=1):
        box = page.get_by_label("Câu hỏi")
        box.fill(question)
        box.press("Enter")
        expect(page.locator(".turn")).to_have_count(number)
        expect(page.locator(".busy")).to_have_count(0)


def _answer(page: Page, address: str) -> None:
    page.goto(address)
    _asked(page, *QUESTIONS)


def _beside(page: Page, address: str) -> None:
    page.goto(address)
    _asked(page, WHO)
    page.locator("#conversation a.read").first.click()
    expect(page.frame_locator("iframe").locator("#doan")).to_be_in_viewport()


def _refusal(page: Page, address: str) -> None:
    page.goto(address)
    _asked(page, REFUSED)


def _begin(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#examples button")).not_to_have_count(0)


def _library(page: Page, address: str) -> None:
    page.goto(f"{address}/kho")
    expect(page.locator("tbody tr").first).to_be_visible()


# Name: width and height in CSS pixels, colour scheme, how the page gets there.
PICTURES = {
    "bat-dau": (1280, 720, "light", _begin),
    "hoi-dap": (1280, 900, "light", _answer),
    "doc-ben-canh": (1440, 900, "light", _beside),
    "doc-ben-canh-toi": (1440, 900, "dark", _beside),
    "khong-co": (1280, 800, "light", _refusal),
    "kho-van-ban": (1280, 900, "light", _library),
    "dien-thoai": (390, 844, "light", _answer),
}


if __name__ == "__main__":
    sys.exit(main())
