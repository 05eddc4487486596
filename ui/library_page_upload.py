"""The one file that a request brings: from the network to the disk piece by piece, never in memory as a whole."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from ui.headers import MAX_UPLOAD
from ui.library_messages import NOT_KEPT
from ui.library_types import LibrarianError

MAX_TYPED_NAME = 500  # characters of a file's name that are looked at
PREFIX = "tep-"
NO_FILE = "Tệp chưa gửi trọn vẹn tới máy chủ. Xin chọn lại tệp rồi gửi lại."
TOO_LARGE = f"Tệp quá lớn: mỗi lần gửi nhiều nhất {MAX_UPLOAD // 1024**2} MB. Xin chia nhỏ tệp rồi gửi lại."
_QUOTED = {"%22": '"', "%0D": " ", "%0A": " "}  # how browsers write what would end a name


@asynccontextmanager
async def uploaded_file(request: Request, folder: Path) -> AsyncIterator[tuple[str, Path]]:
    """Give the name that was sent, unchecked, and where the bytes are now, a new file of the folder.

    The file is gone afterwards unless somebody has moved it away. Ends the request with 400 where it
    brings no whole file or several, with 413 where it is too large; raises LibrarianError where the
    disk takes no more.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, place = tempfile.mkstemp(prefix=PREFIX, dir=folder)
    except OSError as error:
        raise LibrarianError(NOT_KEPT) from error
    path = Path(place)
    try:
        with open(descriptor, "wb") as file:
            name = await _received(request, file)
        yield name, path
    finally:
        path.unlink(missing_ok=True)


def drop_leftovers(folder: Path) -> None:
    """Delete what a server that was killed has left in a folder of uploads."""
    for path in folder.glob(f"{PREFIX}*"):
        path.unlink(missing_ok=True)


class _OneFile:
    """What the parser finds: the name of the one file and the pieces of it that are not written yet."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.pieces: list[bytes] = []
        self.is_complete = False
        self._field = self._value = b""
        self._is_file = False

    def on_part_begin(self) -> None:
        self._is_file = False

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            if (name := options.get(b"filename")) is not None:
                self._is_file = True
                self.names.append(_plain(name))
        self._field = self._value = b""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file and len(self.names) == 1:
            self.pieces.append(data[start:end])

    def on_end(self) -> None:
        self.is_complete = True


async def _received(request: Request, file: IO[bytes]) -> str:
    """Write the file that a request brings, give its name."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise HTTPException(400, NO_FILE)
    found, size = _OneFile(), 0
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": found.on_part_begin,
                "on_header_field": found.on_header_field,
                "on_header_value": found.on_header_value,
                "on_header_end": found.on_header_end,
                "on_part_data": found.on_part_data,
                "on_end": found.on_end,
            },
        )
        async for chunk in request.stream():
            size += len(chunk)
            if size > MAX_UPLOAD:
                raise HTTPException(413, TOO_LARGE)
            parser.write(chunk)
            if found.pieces:
                await run_in_threadpool(file.writelines, found.pieces)
                found.pieces.clear()
    except FormParserError as error:
        raise HTTPException(400, NO_FILE) from error
    except OSError as error:
        raise LibrarianError(NOT_KEPT) from error
    if not found.is_complete or len(found.names) != 1 or not found.names[0].strip():
        raise HTTPException(400, NO_FILE)
    return found.names[0]


def _plain(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    for written, meant in _QUOTED.items():
        text = text.replace(written, meant)
    return text[-MAX_TYPED_NAME:]  # its end has the suffix
