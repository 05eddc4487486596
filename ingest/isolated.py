"""Reads a file in a child process with limits: a hostile file can end its own reading and nothing else.

The child is `python -m ingest.worker`, started afresh (nothing of this process is in it) as the head
of a process group of its own, so that it is ended together with the programs that it runs.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ingest.errors import ReadError, printable
from ingest.read import SCANS, check_file
from ingest.readers.pages import Pages
from ingest.worker import MEMORY_STATUS

_ROOT = Path(__file__).parents[1]
_MAX_FILES = 50  # that one child reads; what a library loses of memory is then given back
_MAX_REASON = 500  # characters of a message
_CHUNK = 1 << 16
_SCAN_BYTES_A_SECOND = 1_000  # a scanned page has 10 kB at least and takes 10 s at most
_MAX_SECONDS = 7_200.0
_REMEDY = "open it in the program that made it and save it again, or split it into smaller files"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take.

    `seconds` on the clock; `memory_bytes` of address space for the child and each program that it
    runs; `text_bytes` of all that is read, in UTF-8 and JSON.
    """

    seconds: float = 120.0
    memory_bytes: int = 2_000_000_000
    text_bytes: int = 6_000_000


def limits_of(path: Path) -> Limits:
    """Give the limits for a file; scans have time by their size, since each page takes seconds."""
    if path.suffix.lower() not in SCANS:
        return Limits()
    return Limits(seconds=min(_MAX_SECONDS, Limits().seconds + path.stat().st_size / _SCAN_BYTES_A_SECOND))


def read_isolated(path: Path, limits: Limits | None = None) -> Pages:
    """Read one file in a child of its own, by default within `limits_of` it; raises ReadError."""
    with IsolatedReader() as reader:
        return reader.read(path, limits)


class IsolatedReader:
    """Reads files one after the other in one child; a child that failed is replaced.

    Use it as a context manager or close it, which ends the child.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, path: Path, limits: Limits | None = None) -> Pages:
        """Read a file like `read_pages`; raises ReadError also where a limit is passed and where the child crashes."""
        check_file(path)
        try:
            limits = limits or limits_of(path)
            reply = json.loads(self._ask(path, limits))
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise ReadError(f"{path.name}: cannot be read ({error.strerror}); try again") from error
            raise
        if reply.get("ends"):
            self.close()
        if "pages" in reply:
            return _pages(reply["pages"])
        if "memory" in reply:
            raise _memory_error(path, limits)
        raise ReadError(_one_line(reply["error"]))

    def close(self) -> None:
        """End the child and all that it started."""
        child, self._child = self._child, None
        if child is not None:
            _end(child)

    def _ask(self, path: Path, limits: Limits) -> bytes:
        """Give the child's reply; raises ReadError where there is none."""
        deadline = time.monotonic() + limits.seconds
        child = self._ready_child()
        request = {"path": str(path.absolute()), "seconds": limits.seconds, "memory_bytes": limits.memory_bytes}
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(BrokenPipeError):  # a child that is gone gives no reply either
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        raw = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while not raw.endswith(b"\n"):
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise ReadError(f"{path.name}: is not read after {limits.seconds:g} s, the limit; {_REMEDY}")
                chunk = os.read(child.stdout.fileno(), _CHUNK)
                if not chunk:
                    raise _crash_error(path, limits, child)
                raw += chunk
                if len(raw) > limits.text_bytes:
                    raise ReadError(
                        f"{path.name}: holds more than {limits.text_bytes / 1e6:g} MB of text, the limit; "
                        "split it into one file for each plan"
                    )
        return bytes(raw)

    def _ready_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._files >= _MAX_FILES or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "ingest.worker"],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._files = 0
        self._files += 1
        return self._child


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a child with its process group, which may have outlived it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _pages(reply: dict[str, Any]) -> Pages:
    return Pages(
        texts=tuple(reply["texts"]),
        is_paged=reply["is_paged"],
        provenance=reply["provenance"],
        confidences=tuple(reply["confidences"]),
        notes=tuple(reply["notes"]),
        is_workbook=reply["is_workbook"],
    )


def _crash_error(path: Path, limits: Limits, child: subprocess.Popen[bytes]) -> ReadError:
    """Say how a child ended that gave no reply."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=1.0)  # its pipe is closed a moment before it is gone
    status = child.returncode
    if status == MEMORY_STATUS:
        return _memory_error(path, limits)
    how = f"status {status}" if status is None or status >= 0 else signal.Signals(-status).name
    return ReadError(
        f"{path.name}: the program that reads {path.suffix} ended ({how}), as a damaged file or one that needs more "
        f"than {limits.memory_bytes / 1e6:,.0f} MB of memory makes it; {_REMEDY}"
    )


def _memory_error(path: Path, limits: Limits) -> ReadError:
    return ReadError(
        f"{path.name}: needs more than {limits.memory_bytes / 1e6:,.0f} MB of memory, the limit; {_REMEDY}"
    )


def _one_line(message: str) -> str:
    """Give a message that a file may have had a hand in on one line of bounded length."""
    line = printable(" ".join(message.split()))
    return line if len(line) <= _MAX_REASON else f"{line[: _MAX_REASON // 2]} … {line[-_MAX_REASON // 2 :]}"
