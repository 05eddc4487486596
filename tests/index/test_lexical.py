"""BM25 by hand: idf · tf / (tf + k1 · (1 − b + b · length / mean length)), mean of both fields."""

from math import log
from pathlib import Path

import numpy as np
import pytest

from index.lexical import Lexical

# Terms of the folded field: bao chi bao_chi | bao dai bao_dai | xa; mean length 7/3.
TEXTS = ["báo chí", "báo đài", "xã"]


def bm25(rows_with: int, length: int, rows: int = 3, mean: float = 7 / 3) -> float:
    idf = log(1 + (rows - rows_with + 0.5) / (rows_with + 0.5))
    return idf / (1 + 1.2 * (1 - 0.6 + 0.6 * length / mean))


@pytest.fixture(params=["made", "loaded"])
def lexical(request: pytest.FixtureRequest, tmp_path: Path) -> Lexical:
    made = Lexical.of(TEXTS)
    if request.param == "made":
        return made
    made.save(tmp_path)
    return Lexical.load(tmp_path, 3)


def test_a_question_with_marks_counts_in_both_fields(lexical: Lexical) -> None:
    assert lexical.scores("chí") == pytest.approx([bm25(1, 3), 0, 0], rel=1e-5)
    assert lexical.scores("báo") == pytest.approx([bm25(2, 3), bm25(2, 3), 0], rel=1e-5)
    assert lexical.scores("XÃ!") == pytest.approx([0, 0, bm25(1, 1)], rel=1e-5)


def test_a_question_without_marks_counts_in_the_folded_field_alone(lexical: Lexical) -> None:
    assert lexical.scores("chi") == pytest.approx([bm25(1, 3) / 2, 0, 0], rel=1e-5)


def test_neighbours_count_as_terms_of_their_own(lexical: Lexical) -> None:
    both = 2 * bm25(1, 3) + bm25(2, 3)  # "chí", "báo_chí" and "báo"
    assert lexical.scores("báo chí") == pytest.approx([both, bm25(2, 3), 0], rel=1e-5)


@pytest.mark.parametrize("question", ["", "🎉", "?!", "zzz"])
def test_a_question_without_known_terms_finds_nothing(lexical: Lexical, question: str) -> None:
    assert lexical.scores(question).tolist() == [0, 0, 0]
    assert lexical.search(question, 5)[1].tolist() == []


def test_search_gives_rows_above_zero_best_first(lexical: Lexical) -> None:
    scores, rows = lexical.search("báo chí", 5)
    assert rows.tolist() == [0, 1]
    assert scores[0] > scores[1] > 0
    assert lexical.search("báo chí", 1)[1].tolist() == [0]
    assert lexical.search("báo chí", 5, np.array([1, 2]))[1].tolist() == [1]


def test_how_many_rows_hold_a_term(lexical: Lexical) -> None:
    assert [lexical.frequency(term) for term in ("bao", "chi", "zzz")] == [2, 1, 0]


def test_none_and_one(tmp_path: Path) -> None:
    Lexical.of([]).save(tmp_path)
    empty = Lexical.load(tmp_path, 0)
    assert (empty.scores("báo").shape, empty.frequency("bao"), empty.search("báo", 3)[1].tolist()) == ((0,), 0, [])
    one = Lexical.of(["báo"])
    assert one.scores("báo") == pytest.approx([bm25(1, 1, rows=1, mean=1)], rel=1e-5)


def test_rows_without_a_single_term() -> None:
    assert Lexical.of(["báo chí", "…", "🎉"]).scores("báo")[1:].tolist() == [0, 0]
