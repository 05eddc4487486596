"""What the page needs of the index, and an engine that may appear later."""

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import Protocol

from index.conversation_subject import Subject
from index.follow_up import FollowUp
from index.types import Answer, SearchOptions
from ingest.types import Document

LOOK_EVERY_S = 1.0  # at most so often is it looked whether there is a newer index
TRY_AGAIN_S = 30.0  # after one that could not be opened

log = logging.getLogger(__name__)


class Engine(Protocol):
    """Answers questions and gives documents; called from several threads at once."""

    def ask(self, question: str, options: SearchOptions) -> Answer:
        """Answer a question with checked citations, or refuse with a reason."""
        ...

    def follow(self, question: str, subject: Subject | None) -> FollowUp:
        """Give the self-contained question that is meant in a conversation about `subject`."""
        ...

    def subject(self, answer: Answer) -> Subject | None:
        """Give what a conversation is about after an answer, None where it leaves nothing to lean on."""
        ...

    def version(self) -> str:
        """Give what tells this version of the index from others."""
        ...

    def documents(self) -> list[Document]:
        """Give all documents of the library, in reading order."""
        ...

    def document(self, doc_id: str) -> Document | None:
        """Give one document, None where the library has none of that id."""
        ...

    def former(self, doc_id: str, digest: str) -> Document | None:
        """Give the former version of a document whose text's SHA-256 begins so, None where none is kept."""
        ...

    def passage_counts(self) -> dict[str, int]:
        """Give how many passages of each document are searched, by its id; those without any are left out."""
        ...

    def stale(self) -> bool:
        """Say whether the library has changed since the index was built."""
        ...


class EngineUnavailableError(Exception):
    """There is nothing to ask yet; the message says in Vietnamese what to do about it."""


class LateEngine:
    """An engine opened when it is first needed, tried again as long as it is missing, and replaced by a newer one.

    `open_engine` raises EngineUnavailableError while there is nothing to open. `version` gives what
    changes when there is something newer to open, "" where there is nothing; it is asked for at most
    once a second, when the engine is used. The newer one is opened in the background while the old
    one answers; whoever is being answered keeps the old one to the end. One that cannot be opened
    leaves the old one in its place.
    """

    def __init__(self, open_engine: Callable[[], Engine], version: Callable[[], str] = lambda: "") -> None:
        self._open_engine = open_engine
        self._version = version
        self._engine: Engine | None = None
        self._seen = ""  # the newest version that was opened, or tried
        self._next_look = 0.0  # on the monotonic clock
        self._opening = False
        self._lock = Lock()  # a model is loaded once, however many people wait for it

    def opened(self) -> Engine:
        """Give the engine, opening it first where that has not succeeded yet."""
        with self._lock:
            if self._engine is None:
                seen = self._version()
                self._engine = self._open_engine()
                self._seen, self._next_look = seen, time.monotonic() + LOOK_EVERY_S
            elif not self._opening and time.monotonic() >= self._next_look:
                self._look()
            return self._engine

    def _look(self) -> None:
        """Begin to open a newer version where there is one; the lock is held."""
        self._next_look = time.monotonic() + LOOK_EVERY_S
        found = self._version()
        if found and found != self._seen:
            self._seen, self._opening = found, True
            Thread(target=self._replace, name="newer-index", daemon=True).start()

    def _replace(self) -> None:
        newer: Engine | None = None
        try:
            newer = self._open_engine()
        except Exception:  # whatever it is, the old engine goes on answering
            log.exception("the newer index cannot be opened")
        with self._lock:
            self._opening = False
            if newer is None:
                self._seen, self._next_look = "", time.monotonic() + TRY_AGAIN_S
            else:
                self._engine = newer

    def ask(self, question: str, options: SearchOptions) -> Answer:
        """Answer a question, see Engine."""
        return self.opened().ask(question, options)

    def follow(self, question: str, subject: Subject | None) -> FollowUp:
        """Give the question that is meant, see Engine."""
        return self.opened().follow(question, subject)

    def subject(self, answer: Answer) -> Subject | None:
        """Give what a conversation is about, see Engine."""
        return self.opened().subject(answer)

    def version(self) -> str:
        """Give the version of the index, see Engine."""
        return self.opened().version()

    def documents(self) -> list[Document]:
        """Give all documents, see Engine."""
        return self.opened().documents()

    def document(self, doc_id: str) -> Document | None:
        """Give one document, see Engine."""
        return self.opened().document(doc_id)

    def former(self, doc_id: str, digest: str) -> Document | None:
        """Give a former version, see Engine."""
        return self.opened().former(doc_id, digest)

    def passage_counts(self) -> dict[str, int]:
        """Give how many passages of each document are searched, see Engine."""
        return self.opened().passage_counts()

    def stale(self) -> bool:
        """Say whether the index lags behind the library, see Engine."""
        return self.opened().stale()
