"""Files that were given to the page and wait to be read, in a folder that is this process's alone."""

from collections.abc import Container
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.library import LIBRARY_FILE
from ingest.uploads import drop_all, files_folder, free_name, hold, plain_name, safe_name
from ui.library_opening import opened

_LOCK_FILE = ".lock"  # held by the process whose files wait


class WaitingFiles:
    """Gives files their names and keeps them until they are read; what an earlier process left is deleted."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._own = FileLock(files_folder(data) / _LOCK_FILE, thread_local=False)
        if files_folder(data).is_dir():
            self._take_over()

    def accept(self, typed: str, path: Path, taken: Container[str]) -> tuple[str, Path | None]:
        """Move a file to where it waits; gives the name that it has from now on, not `taken`, and its place.

        A file that no reader knows is deleted, its place is None. Raises OSError and LibrarianError.
        """
        files_folder(self._data).mkdir(parents=True, exist_ok=True)
        self._take_over()
        name = safe_name(typed)
        if name is None:
            shown = free_name(plain_name(typed) or "?", taken, (), self._data, path)
            path.unlink()
            return shown, None
        name = free_name(name, taken, self._known_names(), self._data, path)
        return name, hold(self._data, name, path)

    def close(self) -> None:
        """Delete what still waits."""
        if self._own.is_locked:
            drop_all(self._data)
            self._own.release()

    def _take_over(self) -> None:
        """Delete what an earlier process left, where no other one is at work."""
        if not self._own.is_locked:
            try:
                self._own.acquire(timeout=0)
            except Timeout:
                return
            drop_all(self._data)

    def _known_names(self) -> set[str]:
        if not (self._data / LIBRARY_FILE).is_file():
            return set()
        with opened(self._data) as library:
            return library.sources()
