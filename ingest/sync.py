"""A folder of plans into the library: adds, replaces what changed, keeps what did not."""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.errors import IngestError, ReadError
from ingest.intake import Decision, FileResult, Intake, SyncOptions, leave_out
from ingest.isolated import IsolatedReader
from ingest.library import Library
from ingest.metadata import METADATA_FILE, FileMetadata, load_metadata
from ingest.read import READERS
from ingest.uploads import files_folder

__all__ = [
    "Decision",
    "FileResult",
    "SyncOptions",
    "file_name",
    "files_to_read",
    "gone_from",
    "leave_out",
    "sync_folder",
    "take_in",
]

_HIDDEN = (".", "~$")  # the second is Word's mark of a document that is open


def files_to_read(folder: Path) -> list[Path]:
    """Give the plans of a folder by name; hidden files, folders and the metadata are left out.

    What is named like a document and is none (a folder, a pipe, a link that leads nowhere) is among
    them, so that it fails with a reason. Raises IngestError where the folder is missing.
    """
    if not folder.is_dir():
        raise IngestError(f"{folder}: is not a folder; give the folder that holds the plans")
    paths = (path for path in folder.iterdir() if not path.name.startswith(_HIDDEN) and path.name != METADATA_FILE)
    files = (path for path in paths if not path.is_dir() or path.suffix.lower() in READERS)
    return sorted(files, key=lambda path: path.name)


def sync_folder(folder: Path, library: Library, options: SyncOptions | None = None) -> Iterator[FileResult]:
    """Take in every file of a folder, one result a file, then those whose file is gone.

    A file that fails changes nothing. A document whose file is gone is kept, and removed only with
    `prune`.
    """
    options = options or SyncOptions()
    yield from take_in(folder, library, options)
    yield from gone_from(folder, library, prune=options.prune)


def take_in(
    folder: Path, library: Library, options: SyncOptions, names: Iterable[str] | None = None
) -> Iterator[FileResult]:
    """Take in the files of a folder with these names (NFC), or all of them, one result a file."""
    metadata = load_metadata(folder)
    files = {file_name(path): path for path in files_to_read(folder)}
    with IsolatedReader() as reader:
        intake = Intake(library, folder, files, options, reader.read)
        for name in files if names is None else [name for name in files if name in set(names)]:
            try:
                yield intake.take(files[name], metadata.get(name, FileMetadata()))
            except ReadError as error:
                yield FileResult(name, "failed", message=str(error))


def gone_from(folder: Path, library: Library, *, prune: bool) -> Iterator[FileResult]:
    """Give the documents whose file was in the folder and is not, removed from the library with `prune`.

    What came from another folder is no matter of this one, as long as there is that folder; where a
    library does not know it (it was made by an earlier program), this folder is taken for it.
    """
    names = {file_name(path) for path in files_to_read(folder)}
    folders, here, uploads = library.folders(), folder.resolve(), files_folder(library.folder)
    for document in library.documents():
        came_from = folders.get(document.doc_id)
        is_ours = came_from in (None, here) or (came_from != uploads and not came_from.is_dir())
        if document.source not in names and is_ours:
            if prune:
                library.remove(document.doc_id, "gone")
            message = "" if prune else "its file is gone from the folder; kept, --prune removes it"
            yield FileResult(document.source, "removed" if prune else "gone", document, message=message)


def file_name(path: Path) -> str:
    """Give the name by which a file is known in the library, in NFC."""
    return unicodedata.normalize("NFC", path.name)
