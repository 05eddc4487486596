"""Opens the library for the page; what goes wrong with it is said in Vietnamese."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import LibraryError
from ingest.library import LIBRARY_FILE, Library
from ui.library_messages import NO_LIBRARY
from ui.library_types import LibrarianError

log = logging.getLogger(__name__)


@contextmanager
def opened(data: Path) -> Iterator[Library]:
    """Give the library of a data folder, made where there is none; raises LibrarianError where it cannot be used."""
    try:
        with Library(data / LIBRARY_FILE, create=True) as library:
            yield library
    except (LibraryError, OSError) as error:
        log.exception("the library cannot be used")
        raise LibrarianError(NO_LIBRARY) from error
