"""An open index: questions in, hits and answers out."""

import math
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from threading import Semaphore

import numpy as np

from index.abbreviations import read_abbreviations
from index.allowed import allowed_documents, allowed_rows
from index.answer import (
    WORTH_SHOWING,
    answered,
    cite,
    every_plan_first,
    group_same_words,
    refused,
    worth_showing,
)
from index.arrays import RowArray
from index.conversation_subject import Subject, subject_of
from index.dense import Dense
from index.embed import Embedder, Embedding
from index.evidence import missing_fact
from index.follow_up import FollowUp, followed
from index.intents import asks_for_unit
from index.late_interaction import TokenMatches, TokenVectors
from index.lexical import Lexical
from index.list_answer import items_first
from index.places import PROVINCES
from index.proper_names import read_names
from index.question import Question, document_names, invalid_reason, understand, understand_as_typed
from index.question_pieces import lexicon_of
from index.quotes import Asked
from index.refusal import BY_WORDS, Likeness, RefusalModel, asks_own_fact, unknown_share
from index.report import text_sha256
from index.search import Signs, Weights, candidates_of, fuse, is_asked_for, is_in_named_section, preference, scaled
from index.section_lookup import looked_up, missing_section
from index.text import folded_syllables
from index.types import Answer, Citation, Hit, SearchOptions
from index.versions import Manifest
from ingest.errors import LibraryError
from ingest.library import LIBRARY_FILE, Library
from ingest.reading import one_line
from ingest.types import Document, Passage

_CANDIDATES = 100  # from each of meaning and words
_GROUPED = 8  # hits looked at for each answer that is shown
# More threads than cores only take the interpreter from each other, and all answers come late.
_AT_WORK = Semaphore(os.cpu_count() or 1)


class Index:
    """Everything that answers questions, in memory; safe to share between threads."""

    def __init__(
        self,
        documents: list[Document],
        passages: list[Passage],
        dense: Dense,
        lexical: Lexical,
        embedder: Embedder,
        manifest: Manifest | None = None,
        data: Path | None = None,
        weights: Weights | None = None,
        refusal: RefusalModel = BY_WORDS,
        restore: Callable[[str], str] = str,
        tokens: TokenVectors | None = None,
    ) -> None:
        self.manifest = manifest
        self._documents = {document.doc_id: document for document in documents}
        self._passages = passages
        self._candidates = candidates_of(passages)
        self._dense = dense
        self._lexical = lexical
        self.embedder = embedder
        self._names = document_names(documents)
        self._folded_texts = [" ".join(["", *folded_syllables(document.text), ""]) for document in documents]
        self._row_of = {passage.passage_id: row for row, passage in enumerate(passages)}
        self._data = data
        self._weights = weights or Weights()
        self._refusal = refusal
        self._restore = restore
        self._tokens = tokens
        self._abbreviations = read_abbreviations(documents)
        self._proper_names = read_names(f"{document.text}\n{document.facts.place or ''}" for document in documents)
        understood = partial(self._understand, options=SearchOptions())
        self._lexicon = lexicon_of(documents, self._names, understood, PROVINCES)

    def documents(self) -> list[Document]:
        """Give all documents of this index in order of their ids."""
        return list(self._documents.values())

    def document(self, doc_id: str) -> Document | None:
        """Give one document, None where the index has none with this id."""
        return self._documents.get(doc_id)

    def former(self, doc_id: str, digest: str) -> Document | None:
        """Give the former version whose text's SHA-256 begins so, None where none is kept or a person took it out."""
        if self._data is None:
            return None
        with Library(self._data / LIBRARY_FILE) as library:
            kept = library.former_versions(doc_id)
        shown = (version.document for version in reversed(kept) if version.reason not in ("removed", "undone"))
        return next((document for document in shown if text_sha256(document.text).startswith(digest)), None)

    def passage_counts(self) -> dict[str, int]:
        """Give how many passages of each document are searched, by its id; those without any are left out."""
        return dict(Counter(passage.doc_id for passage in self._passages))

    def stale(self) -> bool:
        """Say whether the library has changed since this index was built."""
        if self._data is None or self.manifest is None:
            return False
        try:
            with Library(self._data / LIBRARY_FILE) as library:
                return library.version() != self.manifest.library_version
        except LibraryError:
            return True

    def search(self, question: str, options: SearchOptions | None = None) -> list[Hit]:
        """Give the passages found for a question, best first, at most 300."""
        options = options or SearchOptions()
        understood = self._understand(question, options)
        embedding = self.embedder.embed_question(understood.text)
        return self._search(understood, embedding, allowed_rows(self._passages, self._documents, options))

    def ask(self, question: str, options: SearchOptions | None = None) -> Answer:
        """Answer a question with checked citations, or refuse with a reason.

        Raises FilterError for a document that the index does not have, VerbatimError where a
        quote is not in its document.
        """
        started = time.perf_counter()
        options = options or SearchOptions()
        reason = invalid_reason(question)
        if reason is not None:
            return Answer(question, question, reason, refusal="invalid_question", elapsed_ms=_since(started))
        understood = self._understand(question, options)
        if not self._passages:
            return replace(refused(understood, "no_documents"), elapsed_ms=_since(started))
        allowed = allowed_rows(self._passages, self._documents, options)
        if len(allowed) == 0:
            return replace(refused(understood, "filtered_out"), elapsed_ms=_since(started))
        embedding = self.embedder.embed_question(understood.text)
        with _AT_WORK:
            answer = self._answer(understood, embedding, allowed, options)
        return replace(answer, elapsed_ms=_since(started))

    def _answer(self, understood: Question, embedding: Embedding, allowed: RowArray, options: SearchOptions) -> Answer:
        found = items_first(understood, self._search(understood, embedding, allowed), WORTH_SHOWING)
        hits = looked_up(understood, found, lambda hit: self._is_asked_for(understood, hit), WORTH_SHOWING)
        groups = group_same_words(hits[: _GROUPED * options.top])
        is_for_all = asks_for_unit(understood.intents) and not understood.documents and not understood.section
        groups = (every_plan_first(groups) if is_for_all else worth_showing(groups))[: options.top]
        asked = Asked(understood.terms, self.weight, self._matches_of(embedding))
        citations = cite(groups, self._documents, asked, is_whole=understood.is_only_section)
        missing = self._missing_fact(understood, citations, hits)
        confidence = self.confidence(understood, hits)
        if missing is not None or confidence < self._refusal.threshold:
            answer = refused(understood, "not_found", citations, missing)
        else:
            answer = answered(understood, citations, asked)
        return replace(answer, confidence=confidence)

    def follow(self, question: str, subject: Subject | None) -> FollowUp:
        """Give the self-contained question that is meant in a conversation about `subject`; any text, any subject."""
        return followed(question, subject, self._lexicon)

    def subject(self, answer: Answer) -> Subject | None:
        """Give what a conversation is about after an answer of this index, None where it leaves nothing to lean on."""
        return subject_of(answer, self._lexicon)

    def version(self) -> str:
        """Give what tells this version of the index from others, "" for one that was not built from a library."""
        return self.manifest.library_version[:12] if self.manifest else ""

    def weight(self, term: str) -> float:
        """Give the inverse document frequency of a folded term over the passages, >= 0."""
        return self._weight_at(self._lexical.frequency(term))

    def _weight_at(self, frequency: int) -> float:
        rows = len(self._passages)
        return math.log1p((rows - frequency + 0.5) / (frequency + 0.5)) if rows else 0.0

    def confidence(self, question: Question, hits: list[Hit]) -> float:
        """Give the probability in [0, 1] that the documents speak of what is asked."""
        if hits and (asks_own_fact(question, hits[0].passage) or self._is_asked_for(question, hits[0])):
            return 1.0
        unknown = unknown_share(question.terms, self.weight, lambda term: self._lexical.frequency(term) > 0)
        return self._refusal.confidence(_likeness(hits), unknown)

    def likeness(self, question: str) -> Likeness:
        """Give how like the documents are to a question, as it is asked without options."""
        return _likeness(self.search(question))

    def _understand(self, question: str, options: SearchOptions) -> Question:
        if options.as_typed:
            understood = understand_as_typed(question, self._names)
        else:
            marks, capitals = self._restore, self._proper_names.capitalized
            understood = understand(question, self._names, self._abbreviations.expand, marks, capitals)
        if understood.section and not understood.section_documents and (options.documents or options.places):
            return replace(understood, section_documents=allowed_documents(self._documents, options))
        return understood

    def _is_asked_for(self, question: Question, hit: Hit) -> bool:
        return is_asked_for(question, self._candidates[self._row_of[hit.passage.passage_id]])

    def _missing_fact(self, question: Question, citations: tuple[Citation, ...], hits: list[Hit]) -> str | None:
        if question.is_only_section and not self._is_asked_for(question, hits[0]):
            return missing_section(question, self._documents, self._says)
        named = [self._documents[doc_id] for doc_id in question.documents]
        best = [one_line(citation.passage.text) for citation in citations]
        return missing_fact(question, best, citations[0].document.facts, named, self._says)

    def _says(self, words: str) -> bool:
        return any(f" {words} " in text for text in self._folded_texts)

    def _matches_of(self, question: Embedding) -> Callable[[Passage], TokenMatches | None]:
        @cache
        def matches_of(passage: Passage) -> TokenMatches | None:
            row = self._row_of[passage.passage_id]
            return None if self._tokens is None else self._tokens.matches(question.tokens, row)

        return matches_of

    def _search(self, question: Question, embedding: Embedding, allowed: RowArray) -> list[Hit]:
        if len(allowed) == 0:
            return []
        words = self._lexical.scores(question.text)
        _, near = self._dense.search(embedding.whole, _CANDIDATES, allowed)
        wordy = allowed[np.argsort(-words[allowed], kind="stable")[:_CANDIDATES]]
        in_section = (row for row in allowed if is_in_named_section(question, self._candidates[row]))
        named = list(in_section) if question.section else []
        rows = np.union1d(np.union1d(near, wordy), np.array(named, np.int64))
        cosines = self._dense.cosines(embedding.whole, rows)
        signs = Signs(
            late=cosines if self._tokens is None else self._tokens.scores(embedding.tokens, rows),
            cosine=cosines,
            bm25=words[rows],
        )
        gains = np.array([preference(question, self._candidates[row], self._weights) for row in rows])
        totals = fuse(signs, self._weights) + gains
        totals = scaled(totals) if totals.max() > totals.min() else np.ones_like(totals)
        order = np.argsort(-totals, kind="stable")
        return [
            Hit(
                passage=self._passages[rows[i]],
                score=float(totals[i]),
                cosine=float(cosines[i]),
                late=float(signs.late[i]),
                bm25=float(signs.bm25[i]),
            )
            for i in order
        ]


def _likeness(hits: list[Hit]) -> Likeness:
    return Likeness(
        cosine=max((hit.cosine for hit in hits if hit.cosine is not None), default=-1.0),
        late=max((hit.late for hit in hits if hit.late is not None), default=-1.0),
    )


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
