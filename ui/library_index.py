"""Has the index built by another process, one build at a time, while the old index goes on answering."""

import logging
import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread

from index.build import is_building, is_stale
from index.errors import IndexUnavailableError
from index.models import DEFAULT_MODEL
from index.versions import current_folder, read_manifest
from ingest.errors import LibraryError
from ingest.library import LIBRARY_FILE, Library
from ui.library_types import IndexState

WAITING = "Đang chờ để cập nhật chỉ mục…"
RUNNING = "Đang cập nhật chỉ mục; trong lúc này trang vẫn trả lời theo chỉ mục cũ."
RUNNING_SO_FAR = (
    "Đang cập nhật chỉ mục ({percent}\N{NO-BREAK SPACE}%); trong lúc này trang vẫn trả lời theo chỉ mục cũ."
)
FAILED = (
    "Chưa cập nhật được chỉ mục nên trang vẫn trả lời theo chỉ mục cũ. Kiểm tra máy chủ còn chỗ trống trên đĩa, "
    "rồi bấm “Lập lại chỉ mục”; nếu vẫn lỗi, xin báo người quản trị máy chủ."
)
_ROOT = Path(__file__).parents[1]
_NICENESS = 10  # who asks comes first
_LOOK_S = 1.0  # while another process is building
_PROGRESS = re.compile(rb"(\d+)/(\d+) \[")  # the last bar of progress in what was printed
_COLUMNS = 100  # of the terminal that the build prints on; without any it would show no bar
_KEPT = 4_000  # bytes of what was printed last

log = logging.getLogger(__name__)


def build_command(data: Path) -> list[str]:
    """Give the command that builds the index of a data folder, with the model that it was built with."""
    try:
        model = read_manifest(current_folder(data)).model
    except IndexUnavailableError:
        model = DEFAULT_MODEL
    return [sys.executable, "-m", "index", "build", "--data", str(data.absolute()), "--model", model]


def needs_build(data: Path) -> bool:
    """Say whether there is a library that the index does not fit; one of an earlier program is brought up to date."""
    if not (data / LIBRARY_FILE).is_file():
        return False
    try:
        with Library(data / LIBRARY_FILE, create=True) as library:
            return is_stale(data, library)
    except LibraryError:
        log.exception("the library cannot be used")
        return False


class IndexBuilder:
    """Builds when it is told to; what is asked for during a build is built once, afterwards.

    `command` gives what is run, by default `build_command`.
    """

    def __init__(self, data: Path, command: Callable[[Path], list[str]] = build_command) -> None:
        self._data = data
        self._command = command
        self._state: IndexState = "idle"
        self._printed = b""
        self._is_wanted = self._is_closed = False
        self._child: subprocess.Popen[bytes] | None = None
        self._changed = Condition()
        self._thread: Thread | None = None

    def request(self) -> None:
        """Have the index built, now or after the build that is running; returns at once."""
        with self._changed:
            if self._is_closed:
                return
            self._is_wanted = True
            if self._state != "running":
                self._state = "waiting"
            if self._thread is None:
                self._thread = Thread(target=self._work, name="index-builder", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def state(self) -> tuple[IndexState, str]:
        """Give where the build stands, with a Vietnamese sentence, "" where nothing is to be said."""
        with self._changed:
            if self._state == "running":
                return "running", _running(self._printed)
            return self._state, {"waiting": WAITING, "failed": FAILED}.get(self._state, "")

    def close(self) -> None:
        """Kill a build that is running and wait for its end; the index stays as it was."""
        with self._changed:
            self._is_closed = True
            if self._child is not None:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._child.pid, signal.SIGKILL)
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while self._is_due():
            with self._changed:
                self._is_wanted = False
            try:
                status = self._run()
            except OSError:
                log.exception("the build of the index cannot be started")
                status = 1
            is_overtaken = status != 0 and is_building(self._data)
            with self._changed:
                self._child = None
                self._is_wanted = self._is_wanted or is_overtaken
                self._state = "waiting" if self._is_wanted else "failed" if status else "idle"
                if status and not self._is_closed:
                    log.error("the build of the index ended with status %d: %s", status, _last_lines(self._printed))

    def _is_due(self) -> bool:
        """Wait until a build is wanted and no other process is building; False when all ends."""
        with self._changed:
            while not self._is_closed:
                if not self._is_wanted:
                    self._changed.wait()
                elif is_building(self._data):
                    self._changed.wait(_LOOK_S)
                else:
                    return True
        return False

    def _run(self) -> int:
        """Build in a child and read what it prints; gives its exit status."""
        # A program shows how far it is on a terminal alone.
        terminal, inside = os.openpty()
        termios.tcsetwinsize(inside, (24, _COLUMNS))
        try:
            with self._changed:
                if self._is_closed:
                    return 0
                child = subprocess.Popen(
                    self._command(self._data),
                    cwd=_ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=inside,
                    start_new_session=True,  # it is ended with all that it started
                )
                self._child, self._state, self._printed = child, "running", b""
            with suppress(ProcessLookupError, PermissionError):
                own = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, child.pid, own + _NICENESS)
            os.close(inside)
            inside = -1
            while printed := _read(terminal):
                with self._changed:
                    self._printed = (self._printed + printed)[-_KEPT:]
            return child.wait()
        finally:
            os.close(terminal)
            if inside >= 0:
                os.close(inside)


def _running(printed: bytes) -> str:
    found = _PROGRESS.findall(printed)
    done, total = map(int, found[-1]) if found else (0, 0)
    return RUNNING_SO_FAR.format(percent=100 * done // total) if total else RUNNING


def _read(terminal: int) -> bytes:
    """Read what is printed on a terminal, nothing once no process has it open."""
    try:
        return os.read(terminal, _KEPT)
    except OSError:
        return b""


def _last_lines(printed: bytes) -> str:
    lines = [line.strip() for line in re.split(r"[\r\n]+", printed.decode("utf-8", "replace"))]
    return " / ".join([line for line in lines if line][-3:])
