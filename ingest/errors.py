"""What can go wrong on the way into the library; every message says what, where and the remedy."""


class IngestError(Exception):
    """A file or the library cannot be used; nothing of the library was changed."""


class ReadError(IngestError):
    """One file cannot be read; the other files go on."""


class LibraryError(IngestError):
    """The library itself cannot be opened, read or written."""
