"""python -m ingest edit | remove | undo | text | report: what is done to the library without a folder."""

import argparse
import json
import sys
import unicodedata
from pathlib import Path

from ingest.edits import EDITABLE
from ingest.errors import IngestError, printable
from ingest.history import Undone
from ingest.library import LIBRARY_FILE, Library
from ingest.report import entries, fields_of, table
from ingest.types import Document


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add the commands with their arguments to a parser; `run_command` runs what it reads."""
    commands = parser.add_subparsers(dest="command", required=True)
    edit = commands.add_parser(
        "edit", help="correct facts of a document by hand; they stay when its file is read again"
    )
    remove = commands.add_parser("remove", help="take a document out of the library")
    undo = commands.add_parser("undo", help="take back the last change: an addition, a replacement, a removal, an edit")
    text = commands.add_parser("text", help="print the stored text of a document, exactly")
    report = commands.add_parser("report", help="list the documents and what was found in them")
    for command in (edit, remove, text):
        command.add_argument("name", help="file name or id of the document")
    for fact in EDITABLE:
        edit.add_argument(f"--{fact.replace('_', '-')}", metavar="…", help=f"at most {EDITABLE[fact]} characters")
    edit.add_argument(
        "--clear",
        action="append",
        default=[],
        choices=list(EDITABLE),
        metavar="FACT",
        help=f"take again what the text says: {', '.join(EDITABLE)}",
    )
    undo.add_argument("name", nargs="?", help="file name or id: take back the last change of this document")
    text.add_argument("--version", type=int, help="a former version, see report (default: the present one)")
    report.add_argument("--json", action="store_true", help="print the report for programs")
    for command in (edit, remove, undo, text, report):
        command.add_argument("--data", type=Path, default=Path("data"), help="where the library is (default: data)")


def run_command(options: argparse.Namespace) -> None:
    """Run the command; raises IngestError."""
    with Library(options.data / LIBRARY_FILE) as library:
        COMMANDS[options.command](library, options)


def _edit(library: Library, options: argparse.Namespace) -> None:
    stated = {fact: getattr(options, fact) for fact in EDITABLE if getattr(options, fact) is not None}
    wanted = {**stated, **dict.fromkeys(options.clear, "")}
    if not wanted:
        raise IngestError(
            "nothing to edit; say what, for example: --place 'Sóc Trăng' --date 2025-03-05 --clear issuer"
        )
    document = _present(library, options)
    changed, name = library.edit(document.doc_id, wanted), printable(document.source)
    if not changed:
        print(f"unchanged {name}: says so already")
        return
    facts = {fact: getattr(_present(library, options).facts, fact) for fact in changed}
    said = "; ".join(f"{fact}: {value or '-'}{'' if changed[fact] else ' (its text)'}" for fact, value in facts.items())
    print(printable(f"edited    {name}: {said}"))
    print("the index has it after: python -m index build")


def _remove(library: Library, options: argparse.Namespace) -> None:
    document = _present(library, options)
    library.remove(document.doc_id)
    name = printable(document.source)
    print(f"removed   {name}: its file is left out until it changes; python -m ingest undo '{name}' brings it back")


def _undo(library: Library, options: argparse.Namespace) -> None:
    doc_id = None if options.name is None else _id(library, options)
    undone = library.undo(doc_id)
    if undone == Undone():
        raise IngestError(f"{options.name or options.data / LIBRARY_FILE}: no change is left to take back")
    for source, version in undone.withdrawn:
        print(f"withdrawn {printable(source)}: version {version}; its file is left out until it changes")
    for source, version in undone.restored:
        print(f"restored  {printable(source)}: version {version}")
    for source, facts in undone.unedited:
        print(f"unedited  {printable(source)}: {', '.join(facts)}")


def _text(library: Library, options: argparse.Namespace) -> None:
    document = _present(library, options) if options.version is None else _former(library, options)
    sys.stdout.flush()
    sys.stdout.buffer.write(document.text.encode())  # as it is stored: no line end is added or changed
    sys.stdout.buffer.flush()


def _report(library: Library, options: argparse.Namespace) -> None:
    listed = entries(library)
    if options.json:
        print(json.dumps([fields_of(entry) for entry in listed], ensure_ascii=False, indent=1))
    else:
        print(table(listed))


def _id(library: Library, options: argparse.Namespace) -> str:
    """Give the id of the document that is named, by itself or by the path of its file."""
    name = unicodedata.normalize("NFC", Path(options.name).name)
    doc_id = library.find(name)
    if doc_id is None:
        path = options.data / LIBRARY_FILE
        raise IngestError(f"{printable(name)}: no such document in {path}; its names: python -m ingest report")
    return doc_id


def _present(library: Library, options: argparse.Namespace) -> Document:
    doc_id = _id(library, options)
    document = library.document(doc_id)
    if document is None:
        versions = ", ".join(str(former.version) for former in library.former_versions(doc_id))
        raise IngestError(f"{printable(options.name)}: is not in the library any more; former versions: {versions}")
    return document


def _former(library: Library, options: argparse.Namespace) -> Document:
    doc_id = _id(library, options)
    if options.version == library.version_of(doc_id):
        return _present(library, options)
    known = {former.version: former.document for former in library.former_versions(doc_id)}
    if options.version not in known:
        versions = ", ".join(map(str, sorted({*known, library.version_of(doc_id) or 0} - {0})))
        raise IngestError(f"{printable(options.name)}: has no version {options.version}; there are: {versions}")
    return known[options.version]


COMMANDS = {"edit": _edit, "remove": _remove, "undo": _undo, "text": _text, "report": _report}
