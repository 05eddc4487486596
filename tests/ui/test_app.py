"""The front door: one clear line where the address cannot be had, and a page without an index."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import app

ROOT = Path(app.__file__).parent


def test_a_port_in_use_is_one_vietnamese_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert app.main(["--port", str(port)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"127.0.0.1:{port}" in said.err
    assert f"python app.py --port {port + 1}" in said.err


@pytest.mark.parametrize("port", ["-1", "65536", "web"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SystemExit) as exit_info:
        app.main(["--port", port])
    assert exit_info.value.code == 2


def test_an_address_of_another_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--host", "192.0.2.1", "--port", "0"]) == 1
    assert "192.0.2.1:0" in capsys.readouterr().err


def test_the_page_comes_up_without_an_index_and_stops_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "app.py", "--port", "0", "--data", str(tmp_path / "none")]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": ""}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        found = re.search(r"Mở trình duyệt tại (http://127\.0\.0\.1:\d+)", line)
        assert found, process.communicate(timeout=30)
        assert httpx.get(found[1]).status_code == 200
        document = httpx.get(f"{found[1]}/van-ban/x")
        assert document.status_code == 503
        assert "python -m index build" in document.text
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "python -m index build" in errors.decode()
    assert "Traceback" not in errors.decode()
