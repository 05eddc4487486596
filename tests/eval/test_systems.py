"""Baselines, cards and parts switched off, on plans small enough to check by hand."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from eval.ablations import ablations, switched_off
from eval.errors import EvalError
from eval.systems import (
    FULL,
    Answering,
    baselines,
    cards_of,
    part,
    reciprocal_rank_fusion,
    windows,
    with_parts,
)
from eval.types import Card, Span
from eval.vectors import CACHE_FILE, RememberingEmbedder
from index.embed import Embedding
from index.engine import Index
from index.errors import VerbatimError
from index.search import Weights
from index.text import TEXT_VERSION
from index.types import Answer, Citation, Quote, SearchOptions
from ingest.types import Document
from tests.fakes import FakeEmbedder, index_of
from tests.plans import HUE, parsed, passages_of


@pytest.fixture
def index() -> Index:
    return index_of([parsed(HUE)])


def test_windows_overlap_and_reach_the_end() -> None:
    document = parsed("x" * 2_500)
    assert [(w.start, w.end) for w in windows([document])] == [(0, 1000), (800, 1800), (1600, 2500)]
    assert [(w.start, w.end) for w in windows([parsed("x" * 1_800)])] == [(0, 1000), (800, 1800)]
    assert [(w.start, w.end) for w in windows([parsed("x")])] == [(0, 1)]


def test_rank_fusion_by_hand() -> None:
    # 7: 1/61 + 1/62; 5: 1/61 + 1/63; 9: 1/62.
    assert reciprocal_rank_fusion([[7, 9, 5], [5, 7]]) == [7, 5, 9]
    assert reciprocal_rank_fusion([[], []]) == []


def citation(document: Document, label: str, row: int, quote: str | None = None) -> Citation:
    passage = passages_of(HUE)[row]
    text = quote if quote is not None else passage.text[:5]
    return Citation(label, document, passage, (Quote(0, 5, text),), 0.5)


def test_citations_with_one_number_are_one_card() -> None:
    document = parsed(HUE)
    cited = [citation(document, label, row) for row, label in enumerate(["1", "2a", "2b", "3"])]
    spans = [Span(c.passage.doc_id, c.passage.start, c.passage.end) for c in cited]
    assert cards_of(cited) == (Card((spans[0],)), Card((spans[1], spans[2])), Card((spans[3],)))


def test_every_baseline_ranks_spans_of_the_documents(index: Index, tmp_path: Path) -> None:
    text = index.documents()[0].text
    for system in baselines(index, tmp_path):
        shown = system.show("Nhà hát Sông Hương")
        assert "Nhà hát Sông Hương" in text[shown.ranking[0].start : shown.ranking[0].end], system.name
        assert shown.cards == tuple(Card((span,)) for span in shown.ranking[:5])
        assert not shown.can_refuse
        assert shown.text is None


def test_the_full_system_shows_what_the_index_answers(index: Index) -> None:
    question = "sở nào lo văn nghệ ở nhà hát"
    answer, shown = index.ask(question), Answering(FULL, index).show(question)
    assert shown.cards == cards_of(answer.citations)
    assert shown.text == answer.text
    assert shown.refused is (answer.refusal is not None)
    assert shown.verbatim[0] == shown.verbatim[1] > 0
    assert [(s.start, s.end) for s in shown.ranking] == [
        (hit.passage.start, hit.passage.end) for hit in index.search(question)[:10]
    ]


class Broken(Index):
    """An index whose answers quote what does not stand in the document."""

    def ask(self, question: str, options: SearchOptions | None = None) -> Answer:
        assert options is None
        document = self.documents()[0]
        if question == "raises":
            raise VerbatimError("the quote at 0 is not a span of the passage")
        return Answer(question, question, "", (citation(document, "1", 0), citation(document, "2", 1, "other")))


def test_a_quote_that_does_not_stand_there_is_counted(index: Index) -> None:
    index.__class__ = Broken
    system = Answering(FULL, index)
    assert system.show("văn nghệ").verbatim == (1, 2)
    raised = system.show("raises")
    assert (raised.verbatim, raised.cards, raised.refused) == ((0, 1), (), True)


def test_parts_are_exchanged_on_a_copy(index: Index) -> None:
    weights = Weights(document=0.0)
    changed = with_parts(index, weights=weights)
    assert part(changed, "weights") is weights
    assert part(index, "weights") == Weights()
    with pytest.raises(EvalError, match="no part 'engine' any more"):
        with_parts(index, engine=None)


def test_every_weight_is_switched_off_once() -> None:
    named = dict(switched_off(Weights()))
    off = list(named.values())
    assert len(named) == len(off) == len(fields(Weights)) + 1  # meaning as a whole
    assert all(weights != Weights() for weights in off)
    assert named["without document"].document == 0
    assert named["without meaning (words only)"] == replace(Weights(), late=0.0, dense=0.0)


def test_ablations_answer_and_differ(index: Index, tmp_path: Path) -> None:
    systems = ablations(index, tmp_path)
    assert len({system.name for system in systems}) == len(systems) >= 3
    for system in systems:
        assert system.show("Nhà hát Sông Hương").ranking
    bare = systems[-1].show("Nhà hát Sông Hương")
    assert bare.ranking[0] == Answering(FULL, index).show("Nhà hát Sông Hương").ranking[0]


def test_questions_are_embedded_once_and_kept(tmp_path: Path) -> None:
    class Counting(FakeEmbedder):
        asked = 0

        def embed_question(self, text: str) -> Embedding:
            self.asked += 1
            return super().embed_question(text)

    path = tmp_path / "eval" / CACHE_FILE
    first = RememberingEmbedder(counting := Counting(), path)
    questions = ["ai ký", "", "kế hoạch số mấy"]  # one of them without tokens
    kept = [first.embed_question(question) for question in questions]
    for question, embedding in zip(questions, kept, strict=True):
        assert first.embed_question(question) is embedding
    assert counting.asked == 3
    assert [len(embedding.tokens) for embedding in kept] == [2, 0, 4]
    first.save()
    second = RememberingEmbedder(counting := Counting(), path)
    for question, embedding in zip(questions, kept, strict=True):
        found = second.embed_question(question)
        assert np.array_equal(found.whole, embedding.whole)
        assert np.array_equal(found.tokens, embedding.tokens)
    assert counting.asked == 0
    other = RememberingEmbedder(counting := Counting("another model"), path)
    other.embed_question("ai ký")
    assert counting.asked == 1
    key = np.array(f"fake:text{TEXT_VERSION}")
    np.savez(path, key=key, texts=np.array(["ai ký"]), vectors=np.zeros((1, 64)))  # as it once was kept
    RememberingEmbedder(counting := Counting(), path).embed_question("ai ký")
    assert counting.asked == 1
    path.write_bytes(b"damaged")
    RememberingEmbedder(counting := Counting(), path).embed_question("ai ký")
    assert counting.asked == 1
