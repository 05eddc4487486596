"""To whom a letter is written: "Kính gửi: Sở Thông tin và Truyền thông các tỉnh"."""

import re

from ingest.reading import one_line, readable

_ADDRESSED = re.compile(r"\bkính gửi\b\s*:?\s*([^\s:].*(?:\n\s*[-–+•].*)*)", re.IGNORECASE)


def addressees_in(head: str) -> str | None:
    """Give on one line the words behind "Kính gửi" in the stored text of a head, None where there are none."""
    found = _ADDRESSED.search(readable(head).text)
    return one_line(found[1]) if found else None
