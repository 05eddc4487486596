"""What can go wrong on the way into the library; every message says what, where and the remedy."""


class IngestError(Exception):
    """A file or the library cannot be used; nothing of the library was changed."""


class ReadError(IngestError):
    """One file cannot be read; the other files go on."""


class LibraryError(IngestError):
    """The library itself cannot be opened, read or written."""


def printable(text: str) -> str:
    """Give a name or a message on one line, with what steers a terminal or prints nothing as its code ("\\u202e")."""
    return "".join(char if char.isprintable() or _is_byte(char) else f"\\u{ord(char):04x}" for char in text)


def _is_byte(char: str) -> bool:
    """Say whether this is a byte of a name that is not UTF-8, which every stream prints in its own way."""
    return "\udc80" <= char <= "\udcff"
