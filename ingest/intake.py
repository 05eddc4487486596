"""What becomes of one file: new, changed, moved, known under another name, or another version of a document."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ingest.edits import edited_facts
from ingest.errors import ReadError
from ingest.identity import same_plan
from ingest.library import Library
from ingest.metadata import FileMetadata
from ingest.parse import document_id, parse_again, read_document, sha256_of, source_of
from ingest.passages import split_passages
from ingest.readers.pages import Pages
from ingest.rows import digest_of
from ingest.types import Document, FormerReason, Passage
from ingest.uploads import files_folder

Status = Literal["added", "replaced", "kept", "duplicate", "conflict", "left out", "failed", "gone", "removed"]
Decision = Literal["replace", "keep both", "leave out"]
_LEFT_OUT: dict[FormerReason, str] = {
    "removed": "was removed",
    "undone": "was taken back with undo",
    "superseded": "another file was put in its place",
}


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file.

    `document` is None where there is nothing of it in the library; `other` is the document that it
    is a duplicate of, in conflict with, beside or in the place of.
    """

    source: str
    status: Status
    document: Document | None = None
    passages: int = 0
    message: str = ""
    other: Document | None = None


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


def nothing() -> None:
    """Do nothing before a document is stored."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes files of one folder into the library, each on its own.

    `files` are all that the folder holds, by their names in NFC. `before_storing` is called when
    nothing but the library itself can go wrong any more.
    """

    library: Library
    folder: Path
    files: dict[str, Path]
    options: SyncOptions
    read: Callable[[Path], Pages]
    before_storing: Callable[[], None] = nothing

    def take(self, path: Path, metadata: FileMetadata) -> FileResult:
        """Read a file and settle what it is; raises ReadError."""
        source = source_of(path)
        known = self.library.document(document_id(source))
        reason = self._left_out(path, document_id(source))
        if reason is not None:
            message = f"{_LEFT_OUT[reason]}; left out until it changes, --again takes it in"
            return FileResult(source, "left out", message=message)
        return self.settle(self._read(path, known, metadata))

    def settle(self, document: Document) -> FileResult:
        """Store a document that was read from a file of the folder, or say why not.

        Raises ReadError where its name is that of a document that was given as a single file.
        """
        passages = split_passages(document)
        known = self.library.document(document.doc_id)
        if known is not None and self._is_upload(known):
            return self._beside_upload(document, known)
        if self.library.digests().get(document.doc_id) == digest_of(document, passages):
            self._adopt(document.doc_id)
            return FileResult(document.source, "kept", known, len(passages))
        twin = self._twin(document)
        if twin is not None and self._stands(twin):
            # What the library held under this name stands in no file any more.
            self.library.remove(document.doc_id, "gone")
            return self._duplicate(document, twin)
        # The same text under a name that is gone is the same file under a new name.
        renamed = twin if twin is not None and self._path_of(twin) is None else None
        rival = self._rival(document, known) if renamed is None else None
        if rival is not None:
            return self._decided(document, passages, rival)
        is_new = known is None and renamed is None
        return self._store(document, passages, "added" if is_new else "replaced", replaces=renamed)

    def put_in_place(self, document: Document, old: Document) -> FileResult:
        """Store a document in the place of another, whatever both say of themselves."""
        known = self.library.document(document.doc_id)
        twin = known if known is not None and known.text == document.text else self._twin(document)
        if twin is not None:
            return self._duplicate(document, twin)
        return self._in_place(document, split_passages(document), old)

    def _left_out(self, path: Path, doc_id: str) -> FormerReason | None:
        put_aside = {} if self.options.again else self.library.put_aside_by_hand(doc_id)
        return put_aside.get(_sha256(path)) if put_aside else None

    def _read(self, path: Path, known: Document | None, metadata: FileMetadata) -> Document:
        """Read a file; the characters of a scan that is the one of the library are not recognised again."""
        if known is not None and known.confidences and not self.options.again and _sha256(path) == known.sha256:
            return parse_again(known, metadata)
        return read_document(path, metadata, self.read)

    def _twin(self, document: Document) -> Document | None:
        """Give the other document of the library that has the same text."""
        twin_id = self.library.id_of_text(document.text)
        return self.library.document(twin_id) if twin_id and twin_id != document.doc_id else None

    def _path_of(self, document: Document) -> Path | None:
        """Give the file of a document of the library, None where it is gone."""
        folder = self.library.folders().get(document.doc_id)
        if folder is None or folder == self.folder.resolve():
            return self.files.get(document.source)
        spelt = (folder / unicodedata.normalize(form, document.source) for form in ("NFC", "NFD"))
        return next((path for path in spelt if path.is_file()), None)

    def _stands(self, document: Document) -> bool:
        """Say whether a document of the library is what its file holds now."""
        path = self._path_of(document)
        return path is not None and _sha256(path) == document.sha256

    def _is_upload(self, document: Document) -> bool:
        """Say whether a document was given as a single file, and not to this folder."""
        folder = self.library.folders().get(document.doc_id)
        is_here = folder == self.folder.resolve()
        return not is_here and folder == files_folder(self.library.folder) and self._stands(document)

    def _adopt(self, doc_id: str) -> None:
        if self.library.folders().get(doc_id) != self.folder.resolve():
            self.library.set_folder(doc_id, self.folder)

    def _beside_upload(self, document: Document, known: Document) -> FileResult:
        folder = files_folder(self.library.folder)
        if known.text == document.text:
            return FileResult(document.source, "duplicate", message=f"same file as in {folder}; not added", other=known)
        raise ReadError(f"{document.source}: another file of this name was taken in from {folder}; rename the file")

    def _rival(self, document: Document, known: Document | None) -> Document | None:
        """Give the other document that a new one would be a version of, by what both say of themselves.

        What stands in no file any more because its file has changed is none.
        """
        facts = edited_facts(document.facts, self.library.edits(document.doc_id))
        if known is not None and same_plan(facts, known.facts):
            return None
        as_read = self.library.facts(as_read=True)
        for doc_id, of_other in self.library.facts().items():
            # A new version says place and date as the old one did before they were corrected.
            said = as_read.get(doc_id, of_other)  # another process may be changing the library
            before = replace(of_other, place=said.place, date=said.date)
            is_same = same_plan(facts, of_other) or same_plan(facts, before)
            other = self.library.document(doc_id) if is_same else None
            if other is None or doc_id == document.doc_id:
                continue
            if self._path_of(other) is None or self._stands(other):
                return other
        return None

    def _decided(self, document: Document, passages: list[Passage], rival: Document) -> FileResult:
        decision = self.options.decide(document, rival)
        if decision == "leave out":
            message = (
                f"same number and issuer as {rival.source} ({rival.facts.number}, {rival.facts.issuer}), other text; "
                "not taken in, --replace puts it in its place, --keep-both keeps both"
            )
            return FileResult(document.source, "conflict", message=message, other=rival)
        if decision == "keep both":
            return self._store(document, passages, "added", f"beside {rival.source}", other=rival)
        return self._in_place(document, passages, rival)

    def _duplicate(self, document: Document, twin: Document) -> FileResult:
        return FileResult(document.source, "duplicate", message=f"same text as {twin.source}; not added", other=twin)

    def _in_place(self, document: Document, passages: list[Passage], old: Document) -> FileResult:
        message = f"in place of {old.source}"
        return self._store(document, passages, "replaced", message, other=old, replaces=old, reason="superseded")

    def _store(
        self,
        document: Document,
        passages: list[Passage],
        status: Status,
        message: str = "",
        *,
        other: Document | None = None,
        replaces: Document | None = None,
        reason: FormerReason = "renamed",
    ) -> FileResult:
        self.before_storing()
        replaced = None if replaces is None else replaces.doc_id
        self.library.put(document, passages, replaces=replaced, reason=reason, folder=self.folder)
        stored = self.library.document(document.doc_id)
        return FileResult(document.source, status, stored, len(passages), message, other)


def _sha256(path: Path) -> str:
    """Give the digest of a file, "" where it is none or cannot be read: the attempt to read it says why."""
    try:
        return sha256_of(path) if path.is_file() else ""
    except OSError:
        return ""
