"""The five plans behind the page: a real index in memory, with hashed words in place of the model."""

from dataclasses import replace

from index.diacritics import load_restorer
from index.types import Answer, SearchOptions
from ingest.types import Document
from tests.fakes import index_of
from tests.ui.fake_engine import FakeEngine


class PlansEngine(FakeEngine):
    """Answers any question from the plans."""

    def __init__(self, documents: list[Document]) -> None:
        super().__init__()
        self._index = index_of(documents)
        self._restore = load_restorer().restore

    def ask(self, question: str, options: SearchOptions) -> Answer:
        """Answer a question from the plans, its marks restored."""
        return replace(self._index.ask(self._restore(question), options), question=question)

    def documents(self) -> list[Document]:
        """Give the plans."""
        return self._index.documents()

    def document(self, doc_id: str) -> Document | None:
        """Give one plan."""
        return self._index.document(doc_id)

    def passage_counts(self) -> dict[str, int]:
        """Give how many passages of each plan are searched."""
        return self._index.passage_counts()
