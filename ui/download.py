"""Names of files that people take away, safe on every system and readable in Vietnamese."""

import re
from urllib.parse import quote

from ingest.folding import fold

MAX_FILE_NAME = 80  # characters without the suffix
_UNSAFE = re.compile(r'[\\/:*?"<>|]')


def file_name(text: str, suffix: str, otherwise: str) -> str:
    """Give a file name from text; `otherwise` where the text has nothing that a name can be made of."""
    cleaned = "".join(c if c.isprintable() else " " for c in _UNSAFE.sub(" ", text))
    words = " ".join(cleaned.split())[:MAX_FILE_NAME].strip(" .")
    return (words or otherwise) + suffix


def attachment(name: str) -> dict[str, str]:
    """Give the headers of a response that is saved under a name and kept nowhere else."""
    plain = re.sub(r"[^\w .()-]", "_", fold(name), flags=re.ASCII)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": disposition, "Cache-Control": "no-store"}
