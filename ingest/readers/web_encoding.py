"""The bytes of a web page become characters: by their mark, by what the page declares, else as browsers guess."""

import re
from pathlib import Path

from ingest.errors import ReadError
from ingest.legacy_letters import decode

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_MAX_BROKEN = 0.2  # of the letters beyond ASCII; a page in UTF-8 that was cut or patched has few
_HEAD_BYTES = 4096  # browsers look for the declaration in the first 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_VIETNAMESE = (("viscii", "VISCII"), ("tcvn", "TCVN3"), ("vni", "VNI"), ("vps", "VPS"))
_KNOWN = re.compile(r"utf-?8|utf-?16(?:le|be)?|windows-\d+|cp\d+|iso-?8859-\d+|us-ascii|latin-?1|big5|gb\w+|euc-\w+")
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "us-ascii", "latin1", "latin-1", "windows-1252", "cp1252"})
_OTHER_FILES = (
    (b"PK\x03\x04", "a zip archive or an office file"),
    (b"\xd0\xcf\x11\xe0", "a Word or Excel file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file"),
    (b"MIME-Version:", "a web archive"),
)


def decode_page(path: Path) -> tuple[str, str | None]:
    """Give the characters of a page and the encoding from before Unicode that it declares, if it does.

    Raises ReadError for bytes that are no page at all.
    """
    raw = path.read_bytes()
    for start, what in _OTHER_FILES:
        if raw.startswith(start):
            raise ReadError(f"{path.name}: is {what}, not what {path.suffix} says; save it as a web page or rename it")
    mark = next((encoding for start, encoding in _MARKS if raw.startswith(start)), None)
    declared = _DECLARED.search(raw[:_HEAD_BYTES])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    if mark is None and b"\x00" in raw:
        raise ReadError(f"{path.name}: is not a web page (binary content); save the page again in a browser")
    if mark is None:
        for part, encoding in _VIETNAMESE:
            if part in name:
                return decode(raw.decode("latin-1"), encoding), encoding
    # UTF-8 is tried even where something else is declared: nothing else looks like it by chance.
    loose = raw.decode("utf-8", "replace")
    if mark is None and loose.count("\ufffd") < _MAX_BROKEN * sum(char > "\x7f" for char in loose):
        return loose, None
    western = name in _WESTERN or not _KNOWN.fullmatch(name)
    for encoding in (mark or "utf-8", "cp1252" if western else name, "latin-1"):
        try:
            return raw.decode(encoding), None
        except (UnicodeError, LookupError):
            continue
    raise AssertionError("Latin-1 takes every byte")
