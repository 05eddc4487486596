"""To whom a letter is written: "Kính gửi: Sở Thông tin và Truyền thông các tỉnh"."""

import re

from ingest.reading import readable

_ADDRESSED = re.compile(r"\bkính gửi\b\s*:?\s*([^\s:].*(?:\n\s*[-–+•].*)*)", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\s*\n\s*")


def addressees_in(head: str) -> str | None:
    """Give on one line the words behind "Kính gửi" in the stored text of a head, None where there are none."""
    found = _ADDRESSED.search(readable(head).text)
    return _LINE_BREAK.sub(" ", found[1]).strip() if found else None
