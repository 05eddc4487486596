"""A folder that is watched: what is dropped into it is taken in once it is whole."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from ingest.errors import IngestError
from ingest.library import Library
from ingest.metadata import METADATA_FILE
from ingest.sync import FileResult, SyncOptions, file_name, files_to_read, gone_from, take_in

_Look = dict[str, tuple[int, int]]  # size and time of change of each file by its name


def watch_folder(
    folder: Path, library: Library, options: SyncOptions, stop: Event, *, seconds: float = 2.0
) -> Iterator[FileResult]:
    """Look at a folder every few seconds until `stop` is set, one result for each file that has changed.

    A file is taken in when two looks in a row find it the same: what is still being copied waits. An
    error of the whole folder or library is told once, as a result of the folder's name, and the
    files are tried again at every look.
    """
    watched = _Watched(folder, library, options)
    trouble = ""
    while not stop.is_set():
        try:
            for result in watched.look():
                yield result
                if stop.is_set():
                    return
            trouble = ""
        except (IngestError, OSError) as error:
            if str(error) != trouble:
                trouble = str(error)
                yield FileResult(folder.name, "failed", message=trouble)
        stop.wait(seconds)


class _Watched:
    def __init__(self, folder: Path, library: Library, options: SyncOptions) -> None:
        self._folder = folder
        self._library = library
        self._options = options
        self._before: _Look = {}
        self._done: _Look = {}
        self._gone: set[str] = set()
        self._names: set[str] | None = None

    def look(self) -> Iterator[FileResult]:
        """Take in what is new and whole; then, where nothing is moving, tell whose file is gone."""
        seen = _look(self._folder)
        still = {name for name, found in seen.items() if self._before.get(name) == found}
        is_at_rest = self._before == seen
        self._before = seen
        due = {name for name in still if self._done.get(name) != seen[name]}
        if METADATA_FILE in due or (METADATA_FILE in self._done and METADATA_FILE not in seen):
            due = still
        for result in take_in(self._folder, self._library, self._options, due - {METADATA_FILE}) if due else ():
            self._done[result.source] = seen[result.source]
            yield result
        done = self._done | {name: seen[name] for name in due}
        self._done = {name: found for name, found in done.items() if name in seen}
        if is_at_rest and self._names != seen.keys():
            yield from self._newly_gone(seen)
            self._names = set(seen)

    def _newly_gone(self, seen: _Look) -> Iterator[FileResult]:
        self._gone -= seen.keys()
        for result in gone_from(self._folder, self._library, prune=self._options.prune):
            if result.source not in self._gone:
                self._gone.add(result.source)
                yield result


def _look(folder: Path) -> _Look:
    found = {}
    metadata = folder / METADATA_FILE
    for path in [*files_to_read(folder), *([metadata] if metadata.is_file() else [])]:
        try:
            status = path.stat()
        except FileNotFoundError:  # moved away since the folder was listed
            continue
        found[file_name(path)] = (status.st_size, status.st_mtime_ns)
    return found
