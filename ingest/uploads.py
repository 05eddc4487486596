"""Files that are given one by one, from anywhere: they get a safe name and live in `files` beside the library.

Each waits in a folder of its own that nobody lists until it is stored, so that `files` holds what
the library has taken in and nothing else.
"""

import filecmp
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Container
from pathlib import Path

from ingest.read import READERS

FILES_FOLDER = "files"
MAX_NAME = 120  # characters, with the suffix
_MAX_NAME_BYTES = 240  # in UTF-8; file systems take 255
_WAITING = ".waiting"
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')  # Windows takes none of them, and the files may be copied there
_HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # categories of Unicode


def files_folder(data: Path) -> Path:
    """Give the folder of the files that were given one by one, under the data directory."""
    return data / FILES_FOLDER


def plain_name(typed: str) -> str:
    """Give what was typed or sent as a file name, NFC: no path, nothing that hides what it is, no leading dot."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", typed))[-1]
    seen = "".join(char for char in last if unicodedata.category(char) not in _HIDING)
    plain = " ".join(_NOT_IN_NAMES.sub("_", seen).split()).lstrip(".~ ")
    stem, dot, suffix = plain.rpartition(".")
    return _joined(stem.rstrip(". "), f".{suffix}") if dot and len(suffix) < MAX_NAME else _joined(plain, "")


def safe_name(typed: str) -> str | None:
    """Give the name under which a file is kept, at most 120 characters; None where no reader knows its suffix."""
    name = plain_name(typed)
    return name if Path(name).suffix.lower() in READERS and not name.startswith(".") else None


def free_name(name: str, waiting: Container[str], known: Container[str], data: Path, path: Path) -> str:
    """Give the name, or with the first number that is free: "kế hoạch (2).docx".

    Not free is what is `waiting`, the name of another file of the folder, and what the library has
    `known`, from here or from another folder; the same bytes may come back to their old name.
    """
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while True:
        tried = name if number == 1 else _joined(stem, f" ({number}){dot}{suffix}")
        stored = files_folder(data) / tried
        is_same = stored.is_file() and filecmp.cmp(stored, path, shallow=False)
        is_free = tried not in known and not os.path.lexists(stored)
        if tried not in waiting and (is_same or is_free):
            return tried
        number += 1


def hold(data: Path, name: str, path: Path) -> Path:
    """Move a file to where it waits under its safe name; gives its place there. Raises OSError."""
    folder = files_folder(data) / _WAITING / secrets.token_hex(8)
    folder.mkdir(parents=True)
    return Path(shutil.move(path, folder / name))


def store(data: Path, waiting: Path) -> None:
    """Move a file that waits among those that the library has; it is always in one of both places. Raises OSError."""
    os.replace(waiting, files_folder(data) / waiting.name)
    drop(waiting)


def take_back(data: Path, waiting: Path, *, keep: bool) -> None:
    """Have a file wait again whose document could not be stored; `keep` leaves one in `files` too. Raises OSError."""
    stored = files_folder(data) / waiting.name
    if not waiting.exists() and stored.is_file():
        waiting.parent.mkdir(exist_ok=True)
        (shutil.copy if keep else os.replace)(stored, waiting)


def drop(waiting: Path) -> None:
    """Delete a file that waits, with its folder."""
    shutil.rmtree(waiting.parent, ignore_errors=True)


def drop_all(data: Path) -> None:
    """Delete what an earlier process left waiting."""
    shutil.rmtree(files_folder(data) / _WAITING, ignore_errors=True)


def _joined(stem: str, end: str) -> str:
    """Give a name whose stem is cut so that the whole is short enough."""
    stem = stem[: MAX_NAME - len(end)]
    while len((stem + end).encode()) > _MAX_NAME_BYTES:
        stem = stem[:-1]
    return stem.rstrip() + end
