"""What the page needs of the index, and an engine that may appear later."""

from collections.abc import Callable
from threading import Lock
from typing import Protocol

from index.types import Answer, SearchOptions
from ingest.types import Document


class Engine(Protocol):
    """Answers questions and gives documents; called from several threads at once."""

    def ask(self, question: str, options: SearchOptions) -> Answer:
        """Answer a question with checked citations, or refuse with a reason."""
        ...

    def documents(self) -> list[Document]:
        """Give all documents of the library, in reading order."""
        ...

    def document(self, doc_id: str) -> Document | None:
        """Give one document, None where the library has none of that id."""
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
    """An engine opened when it is first needed, and tried again as long as it is missing.

    `open_engine` raises EngineUnavailableError while there is nothing to open.
    """

    def __init__(self, open_engine: Callable[[], Engine]) -> None:
        self._open_engine = open_engine
        self._engine: Engine | None = None
        self._lock = Lock()  # a model is loaded once, however many people wait for it

    def opened(self) -> Engine:
        """Give the engine, opening it first where that has not succeeded yet."""
        with self._lock:
            if self._engine is None:
                self._engine = self._open_engine()
            return self._engine

    def ask(self, question: str, options: SearchOptions) -> Answer:
        """Answer a question, see Engine."""
        return self.opened().ask(question, options)

    def documents(self) -> list[Document]:
        """Give all documents, see Engine."""
        return self.opened().documents()

    def document(self, doc_id: str) -> Document | None:
        """Give one document, see Engine."""
        return self.opened().document(doc_id)

    def passage_counts(self) -> dict[str, int]:
        """Give how many passages of each document are searched, see Engine."""
        return self.opened().passage_counts()

    def stale(self) -> bool:
        """Say whether the index lags behind the library, see Engine."""
        return self.opened().stale()
