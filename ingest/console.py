"""The terminal: UTF-8 always, also in pipes and under the C locale."""

import io
import sys


def use_utf8() -> None:
    """Make standard input and output UTF-8, so that diacritics survive every pipe."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def fail(message: str, status: int = 1) -> int:
    """Print an error for a person and give the exit status."""
    print(f"error: {message}", file=sys.stderr)
    return status
