"""python -m ingest corpus [--data data] [--prune]: plans into the library, a line a document."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from ingest.console import fail, use_utf8
from ingest.errors import IngestError
from ingest.library import LIBRARY_FILE, Library
from ingest.sync import FileResult, files_to_read, sync_folder
from ingest.types import ReadingWarning, WarningCode

_WARNINGS: dict[WarningCode, str] = {
    "no_sections": "no numbered sections",
    "no_title": "no title",
    "no_number": "no number",
    "incomplete_number": "number left blank",
    "no_date": "no date",
    "incomplete_date": "date incomplete",
    "repeated_label": "section number repeats",
    "label_out_of_order": "section number out of order",
    "no_signature": "no signature",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit status: 0, or 1 where a file or the library failed."""
    use_utf8()
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Take a folder of plans into the library.")
    parser.add_argument("folder", type=Path, help="the folder that holds the plans and metadata.toml")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the library is kept (default: data)")
    parser.add_argument("--prune", action="store_true", help="remove documents whose file is gone from the folder")
    options = parser.parse_args(arguments)
    failed = 0
    try:
        total = len(files_to_read(options.folder))
        with Library(options.data / LIBRARY_FILE, create=True) as library:
            results = sync_folder(options.folder, library, prune=options.prune)
            for result in tqdm(results, total=total, unit="file", leave=False, disable=not sys.stderr.isatty()):
                tqdm.write(_line(result))
                failed += result.status == "failed"
            stored = len(library.digests())
    except IngestError as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename or options.data}: {error.strerror}; check the disk and the folder's permissions")
    print(f"{stored} documents in {options.data / LIBRARY_FILE}" + (f", {failed} files failed" if failed else ""))
    return 1 if failed else 0


def _line(result: FileResult) -> str:
    parts = [result.message] if result.message else []
    if result.document is not None and result.status in ("added", "replaced", "kept"):
        parts.append(f"{len(result.document.sections)} sections, {result.passages} passages")
        parts += [_warning(warning) for warning in result.document.warnings]
    return f"{result.status:<9} {result.source}: {'; '.join(parts)}".rstrip(": ")


def _warning(warning: ReadingWarning) -> str:
    return _WARNINGS[warning.code] + (f" ({warning.detail})" if warning.detail else "")


if __name__ == "__main__":
    sys.exit(main())
