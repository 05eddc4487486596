"""A folder of plans into the library: adds, replaces what changed, keeps what did not."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import IngestError, ReadError
from ingest.library import Library, digest_of
from ingest.metadata import METADATA_FILE, FileMetadata, load_metadata
from ingest.parse import read_document, sha256_of
from ingest.passages import split_passages
from ingest.types import Document

Status = Literal["added", "replaced", "kept", "duplicate", "failed", "gone", "removed"]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; `document` is None where there is nothing of it in the library."""

    source: str
    status: Status
    document: Document | None = None
    passages: int = 0
    message: str = ""


def files_to_read(folder: Path) -> list[Path]:
    """Give the plans of a folder by name; hidden files, folders and the metadata are left out.

    Raises IngestError where the folder is missing.
    """
    if not folder.is_dir():
        raise IngestError(f"{folder}: is not a folder; give the folder that holds the plans")
    files = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted((path for path in files if path.name != METADATA_FILE), key=lambda path: path.name)


def sync_folder(folder: Path, library: Library, *, prune: bool = False) -> Iterator[FileResult]:
    """Take in every file of a folder, one result a file, then those whose file is gone.

    A file that fails changes nothing. A document whose file is gone is kept, and removed only with
    `prune`.
    """
    metadata = load_metadata(folder)
    files = {_name(path): path for path in files_to_read(folder)}
    for name, path in files.items():
        try:
            yield _take_in(path, metadata.get(name, FileMetadata()), library, files)
        except ReadError as error:
            yield FileResult(name, "failed", message=str(error))
    for document in library.documents():
        if document.source not in files:
            if prune:
                library.remove(document.doc_id)
            message = "" if prune else "its file is gone from the folder; kept, --prune removes it"
            yield FileResult(document.source, "removed" if prune else "gone", document, message=message)


def _name(path: Path) -> str:
    return unicodedata.normalize("NFC", path.name)


def _take_in(path: Path, metadata: FileMetadata, library: Library, files: dict[str, Path]) -> FileResult:
    document = read_document(path, metadata)
    passages = split_passages(document)
    known = library.digests()
    if known.get(document.doc_id) == digest_of(document, passages):
        return FileResult(document.source, "kept", document, len(passages))
    twin_id = library.id_of_text(document.text)
    twin = library.document(twin_id) if twin_id and twin_id != document.doc_id else None
    twin_file = files.get(twin.source) if twin else None
    if twin is not None and twin_file is not None and sha256_of(twin_file) == twin.sha256:
        # What the library held under this name stands in no file any more.
        library.remove(document.doc_id)
        return FileResult(document.source, "duplicate", message=f"same text as {twin.source}; not added")
    # The same text under a name that is gone is the same file under a new name.
    renamed = twin.doc_id if twin is not None and twin_file is None else None
    library.put(document, passages, replaces=renamed)
    replaced = document.doc_id in known or renamed is not None
    return FileResult(document.source, "replaced" if replaced else "added", document, len(passages))
