"""python -m tests.closed_network: the whole program on a machine without any network.

The program and a browser run in a network namespace of their own that has the loopback interface
and no route to anywhere (Linux, where a person may make one). A question is asked on the page and
by a program, and its source is opened. Prints what was done; exits 1 where something failed.
"""

import argparse
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
QUESTION = "ai ky ke hoach cua Phan Rang"
INSIDE = "INSIDE_CLOSED_NETWORK"
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1  # of network interfaces, see netdevice(7)
_OUTSIDE = ("192.0.2.1", 80)  # an address that is nobody's (RFC 5737)


def main() -> int:
    """Go inside a network namespace, or do the work where this already is inside."""
    parser = argparse.ArgumentParser(prog="python -m tests.closed_network", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="library and index folder")
    options = parser.parse_args()
    if INSIDE in os.environ:
        return _work(options.data)
    unshare = shutil.which("unshare")
    if unshare is None:
        print("unshare is missing; on Debian and Ubuntu: apt install util-linux", file=sys.stderr)
        return 1
    command = [unshare, "--map-root-user", "--net", sys.executable, "-m", "tests.closed_network"]
    inside = subprocess.run([*command, "--data", str(options.data)], check=False, env={**os.environ, INSIDE: "1"})
    return inside.returncode


def _work(data: Path) -> int:
    _raise_loopback()
    with suppress(OSError), socket.create_connection(_OUTSIDE, timeout=3):
        print("this network namespace has a route to elsewhere", file=sys.stderr)
        return 1
    print("no route to anywhere: yes")
    command = [sys.executable, "app.py", "--port", "0", "--data", str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://[\d.:]+", process.stdout.readline())
        if found is None:
            return 1
        _ask_as_a_program(found[0])
        _ask_as_a_person(found[0])
    finally:
        process.terminate()
        process.wait(20)
    return 0


def _raise_loopback() -> None:
    """Set the loopback interface up, which a new namespace has down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH14x", b"lo", 0)
        name, flags = struct.unpack("16sH14x", ioctl(control, _GET_FLAGS, request))
        ioctl(control, _SET_FLAGS, struct.pack("16sH14x", name, flags | _UP))


def _ask_as_a_program(address: str) -> None:
    answer = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=30).raise_for_status().json()
    print(f"asked by a program: {answer['answer']}")


def _ask_as_a_person(address: str) -> None:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        elsewhere: list[str] = []
        page.on("request", lambda request: None if request.url.startswith(address) else elsewhere.append(request.url))
        _read_an_answer(page, address)
        browser.close()
    if elsewhere:
        raise SystemExit(f"the page asked for {elsewhere[0]}")
    print("requests of the page to elsewhere: 0")


def _read_an_answer(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_label("Câu hỏi")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".turn .answer-line")).to_be_visible()
    print(f"asked on the page: {page.locator('.turn .answer-line').inner_text()}")
    page.locator("a.read").first.click()
    mark = page.frame_locator("iframe").locator("mark").first
    expect(mark).to_be_visible()
    print(f"opened beside it: {mark.inner_text()!r}")


if __name__ == "__main__":
    sys.exit(main())
