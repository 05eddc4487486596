"""python -m ingest corpus [--data data] [--prune] [--watch]: plans into the library, a line a document."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tqdm import tqdm

from ingest.commands import COMMANDS, add_commands, run_command
from ingest.console import fail, use_utf8
from ingest.errors import IngestError, printable
from ingest.library import LIBRARY_FILE, Library
from ingest.report import file_line
from ingest.sync import Decision, SyncOptions, files_to_read, leave_out, sync_folder
from ingest.types import Document
from ingest.watch import watch_folder

_EPILOG = (
    "also: python -m ingest edit NAME --place …, remove NAME, undo [NAME], text NAME, report [--json]; each with --help"
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit status: 0, or 1 where a file, the library or a decision is amiss."""
    use_utf8()
    given = sys.argv[1:] if arguments is None else arguments
    is_command = bool(given) and given[0] in COMMANDS
    options = (_command_parser() if is_command else _folder_parser()).parse_args(given)
    try:
        if not is_command:
            return _watch(options) if options.watch else _take_in(options)
        run_command(options)
    except IngestError as error:
        return fail(str(error))
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - flushed when Python ends
    except OSError as error:
        return fail(f"{error.filename or options.data}: {error.strerror}; check the disk and the folder's permissions")
    return 0


def _folder_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Take a folder of plans into the library.", epilog=_EPILOG
    )
    parser.add_argument("folder", type=Path, help="the folder that holds the plans and metadata.toml")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the library is kept (default: data)")
    parser.add_argument(
        "--prune", action="store_true", help="remove documents whose file was in the folder and is gone"
    )
    parser.add_argument(
        "--again", action="store_true", help="take in what was removed or undone; recognise scans again"
    )
    parser.add_argument("--watch", action="store_true", help="go on, and take in what is dropped into the folder")
    same_number = parser.add_mutually_exclusive_group()
    same_number.add_argument(
        "--replace", action="store_true", help="a new file of the same number and issuer replaces the old document"
    )
    same_number.add_argument("--keep-both", action="store_true", help="… is kept beside the old document")
    return parser


def _command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest")
    add_commands(parser)
    return parser


def _take_in(options: argparse.Namespace) -> int:
    failed = conflicts = 0
    total = len(files_to_read(options.folder))
    with Library(options.data / LIBRARY_FILE, create=True) as library:
        is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        results = sync_folder(options.folder, library, _sync_options(options, is_terminal=is_terminal))
        for result in tqdm(results, total=total, unit="file", leave=False, disable=not sys.stderr.isatty()):
            tqdm.write(file_line(result))
            failed += result.status == "failed"
            conflicts += result.status == "conflict"
        stored = len(library.digests())
    amiss = (f", {failed} files failed" if failed else "") + (f", {conflicts} conflicts" if conflicts else "")
    print(f"{stored} documents in {options.data / LIBRARY_FILE}{amiss}")
    return 1 if amiss else 0


def _watch(options: argparse.Namespace) -> int:
    files_to_read(options.folder)
    with Library(options.data / LIBRARY_FILE, create=True) as library, _stop_on_signal() as stop:
        print(f"watching {options.folder}; Ctrl-C stops", flush=True)
        for result in watch_folder(options.folder, library, _sync_options(options, is_terminal=False), stop):
            print(file_line(result), flush=True)
        print(f"stopped; {len(library.digests())} documents in {options.data / LIBRARY_FILE}", flush=True)
    return 0


def _sync_options(options: argparse.Namespace, *, is_terminal: bool) -> SyncOptions:
    decide = _ask if is_terminal else leave_out
    decided: Decision | None = "replace" if options.replace else "keep both" if options.keep_both else None
    return SyncOptions(options.prune, options.again, decide if decided is None else lambda _new, _old: decided)


def _ask(new: Document, old: Document) -> Decision:
    answers: dict[str, Decision] = {"r": "replace", "k": "keep both", "l": "leave out", "": "leave out"}
    with tqdm.external_write_mode():
        print(f"{printable(new.source)}: same number and issuer as {printable(old.source)}, other text")
        while True:
            print("[r]eplace the old document, [k]eep both, or [l]eave the new file out? ", end="", flush=True)
            answer = sys.stdin.readline().lower()[:1]  # "" where the terminal is closed
            if answer in answers:
                return answers[answer]


@contextmanager
def _stop_on_signal() -> Iterator[Event]:
    """Give what the first Ctrl-C or SIGTERM sets; the second one ends the program at once."""
    stop = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ask_to_stop(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, ask_to_stop)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(main())
