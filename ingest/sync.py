"""A folder of plans into the library: adds, replaces what changed, keeps what did not."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import IngestError, ReadError
from ingest.identity import same_plan
from ingest.isolated import IsolatedReader
from ingest.library import Library
from ingest.metadata import METADATA_FILE, FileMetadata, load_metadata
from ingest.parse import document_id, parse_again, read_document, sha256_of, source_of
from ingest.passages import split_passages
from ingest.read import READERS
from ingest.readers.pages import Pages
from ingest.rows import digest_of
from ingest.types import Document, FormerReason, Passage

Status = Literal["added", "replaced", "kept", "duplicate", "conflict", "left out", "failed", "gone", "removed"]
Decision = Literal["replace", "keep both", "leave out"]
_HIDDEN = (".", "~$")  # the second is Word's mark of a document that is open
_LEFT_OUT: dict[FormerReason, str] = {
    "removed": "was removed",
    "undone": "was taken back with undo",
    "superseded": "another file was put in its place",
}


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; `document` is None where there is nothing of it in the library."""

    source: str
    status: Status
    document: Document | None = None
    passages: int = 0
    message: str = ""


def leave_out(new: Document, old: Document) -> Decision:  # noqa: ARG001 - the decision that needs no look
    """Decide for the document that the library has."""
    return "leave out"


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """How a folder is taken in.

    `prune` removes documents whose file is gone. `again` takes in also what was put aside by hand,
    and recognises scans again that have not changed. `decide` says what becomes of a new document
    that has number and issuer of another one, and another text.
    """

    prune: bool = False
    again: bool = False
    decide: Callable[[Document, Document], Decision] = leave_out


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
        intake = _Intake(library, files, options, reader.read)
        for name in files if names is None else [name for name in files if name in set(names)]:
            try:
                yield intake.take(files[name], metadata.get(name, FileMetadata()))
            except ReadError as error:
                yield FileResult(name, "failed", message=str(error))


def gone_from(folder: Path, library: Library, *, prune: bool) -> Iterator[FileResult]:
    """Give the documents whose file is not in the folder, removed from the library with `prune`."""
    names = {file_name(path) for path in files_to_read(folder)}
    for document in library.documents():
        if document.source not in names:
            if prune:
                library.remove(document.doc_id, "gone")
            message = "" if prune else "its file is gone from the folder; kept, --prune removes it"
            yield FileResult(document.source, "removed" if prune else "gone", document, message=message)


def file_name(path: Path) -> str:
    """Give the name by which a file is known in the library, in NFC."""
    return unicodedata.normalize("NFC", path.name)


@dataclass(frozen=True, slots=True)
class _Intake:
    """One pass over the files of a folder, by their names."""

    library: Library
    files: dict[str, Path]
    options: SyncOptions
    read: Callable[[Path], Pages]

    def take(self, path: Path, metadata: FileMetadata) -> FileResult:
        source = source_of(path)
        known = self.library.document(document_id(source))
        reason = self._left_out(path, document_id(source))
        if reason is not None:
            message = f"{_LEFT_OUT[reason]}; left out until it changes, --again takes it in"
            return FileResult(source, "left out", message=message)
        document = self._read(path, known, metadata)
        passages = split_passages(document)
        if self.library.digests().get(document.doc_id) == digest_of(document, passages):
            return FileResult(source, "kept", document, len(passages))
        twin_id = self.library.id_of_text(document.text)
        twin = self.library.document(twin_id) if twin_id and twin_id != document.doc_id else None
        if twin is not None and self._stands(twin):
            # What the library held under this name stands in no file any more.
            self.library.remove(document.doc_id, "gone")
            return FileResult(source, "duplicate", message=f"same text as {twin.source}; not added")
        # The same text under a name that is gone is the same file under a new name.
        renamed = twin.doc_id if twin is not None and twin.source not in self.files else None
        rival = self._rival(document, known) if renamed is None else None
        if rival is not None:
            return self._decided(document, passages, rival)
        self.library.put(document, passages, replaces=renamed)
        replaced = known is not None or renamed is not None
        return FileResult(source, "replaced" if replaced else "added", document, len(passages))

    def _left_out(self, path: Path, doc_id: str) -> FormerReason | None:
        put_aside = {} if self.options.again else self.library.put_aside_by_hand(doc_id)
        return put_aside.get(_sha256(path)) if put_aside else None

    def _read(self, path: Path, known: Document | None, metadata: FileMetadata) -> Document:
        """Read a file; the characters of a scan that is the one of the library are not recognised again."""
        if known is not None and known.confidences and not self.options.again and _sha256(path) == known.sha256:
            return parse_again(known, metadata)
        return read_document(path, metadata, self.read)

    def _stands(self, document: Document) -> bool:
        """Say whether a document of the library is what its file holds now."""
        path = self.files.get(document.source)
        return path is not None and _sha256(path) == document.sha256

    def _rival(self, document: Document, known: Document | None) -> Document | None:
        """Give the other document that a new one would be a version of, by what both say of themselves.

        What stands in no file any more because its file has changed is none.
        """
        if known is not None and same_plan(document.facts, known.facts):
            return None
        for doc_id, facts in self.library.facts().items():
            other = self.library.document(doc_id) if same_plan(document.facts, facts) else None
            if other is None or doc_id == document.doc_id:
                continue
            if other.source not in self.files or self._stands(other):
                return other
        return None

    def _decided(self, document: Document, passages: list[Passage], rival: Document) -> FileResult:
        decision = self.options.decide(document, rival)
        if decision == "leave out":
            message = (
                f"same number and issuer as {rival.source} ({rival.facts.number}, {rival.facts.issuer}), other text; "
                "not taken in, --replace puts it in its place, --keep-both keeps both"
            )
            return FileResult(document.source, "conflict", message=message)
        if decision == "keep both":
            self.library.put(document, passages)
            return FileResult(document.source, "added", document, len(passages), f"beside {rival.source}")
        self.library.put(document, passages, replaces=rival.doc_id, reason="superseded")
        return FileResult(document.source, "replaced", document, len(passages), f"in place of {rival.source}")


def _sha256(path: Path) -> str:
    """Give the digest of a file, "" where it is none or cannot be read: the attempt to read it says why."""
    try:
        return sha256_of(path) if path.is_file() else ""
    except OSError:
        return ""
