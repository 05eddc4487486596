"""Late interaction by hand, in two and three dimensions."""

from math import hypot
from pathlib import Path

import numpy as np
import pytest

from index.late_interaction import NOWHERE, TokenMatches, TokenVectors, compact, restored

NO_TOKENS = np.empty((0, 2), np.int8)
# The four tokens add up to nothing, so taking their mean off changes none of them.
PASSAGES = [
    compact(np.array([[1, 0], [0, 1]], np.float32)),
    NO_TOKENS,
    compact(np.array([[-1, 0], [0, -1]], np.float32)),
]
ALONG, UP = 76 / 127, 102 / 127  # 0.6 and 0.8 in signed bytes: 76.2 and 101.6
PLACES = [np.array(places, np.int32) for places in ([0, 4], [], [NOWHERE, 7])]
FILES = ["token_mean.npy", "token_places.npy", "token_starts.npy", "tokens.npy"]


def question(*tokens: tuple[float, ...]) -> np.ndarray:
    return np.array(tokens, np.float32)


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int64)


@pytest.fixture(params=["made", "loaded"])
def tokens(request: pytest.FixtureRequest, tmp_path: Path) -> TokenVectors:
    made = TokenVectors.of(PASSAGES, 2, PLACES)
    if request.param == "made":
        return made
    made.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    return TokenVectors.load(tmp_path)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # Each token of the question takes the best of the passage's, then their mean.
        ([(0.6, 0.8)], [UP, 0, -ALONG]),
        ([(1, 0)], [1, 0, 0]),
        ([(0.6, 0.8), (1, 0)], [(UP + 1) / 2, 0, (-ALONG + 0) / 2]),
        ([(0.6, 0.8), (1, 0), (-0.8, -0.6)], [(UP + 1 - ALONG) / 3, 0, (-ALONG + 0 + UP) / 3]),
    ],
)
def test_the_best_token_of_the_passage_for_each_of_the_question(
    tokens: TokenVectors, asked: list[tuple[float, ...]], expected: list[float]
) -> None:
    scores = tokens.scores(question(*asked), rows(0, 1, 2))
    assert scores.tolist() == pytest.approx(expected, abs=1e-6)
    assert (scores.dtype, tokens.passages) == (np.float32, 3)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [([2, 0], [-ALONG, UP]), ([1, 2, 1], [0, -ALONG, 0]), ([0, 0], [UP, UP]), ([1], [0]), ([1, 1], [0, 0]), ([], [])],
)
def test_scores_stand_in_the_order_of_the_rows(tokens: TokenVectors, asked: list[int], expected: list[float]) -> None:
    assert tokens.scores(question((0.6, 0.8)), rows(*asked)).tolist() == pytest.approx(expected, abs=1e-6)


def test_a_question_without_tokens_scores_nothing(tokens: TokenVectors) -> None:
    assert tokens.scores(np.empty((0, 2), np.float32), rows(0, 1, 2)).tolist() == [0, 0, 0]


def test_each_span_of_a_passage_is_held_against_each_token_of_the_question(tokens: TokenVectors) -> None:
    matches = tokens.matches(question((0.6, 0.8), (1, 0)), 0)  # tokens (1, 0) at character 0 and (0, 1) at 4
    assert matches is not None
    found = matches.best([(0, 4), (0, 5), (1, 9), (5, 9), (0, 0)])
    expected = [[ALONG, 1], [UP, 1], [UP, 0], [-1, -1], [-1, -1]]
    assert found.tolist() == [pytest.approx(row, abs=1e-6) for row in expected]
    assert found.dtype == np.float32
    assert matches.whole() == pytest.approx((UP + 1) / 2, abs=1e-6)
    assert matches.best([]).shape == (0, 2)


def test_what_stands_above_a_passage_is_in_no_span_of_it(tokens: TokenVectors) -> None:
    matches = tokens.matches(question((-1, 0)), 2)  # tokens (-1, 0) above the passage and (0, -1) at 7
    assert matches is not None
    assert matches.best([(0, 7), (0, 8)]).tolist() == [[-1], [0]]
    assert matches.whole() == pytest.approx(1, abs=1e-6)


def test_where_tokens_stand_is_not_always_known(tokens: TokenVectors) -> None:
    assert tokens.matches(question((1, 0)), 1) is None  # a passage without tokens
    assert tokens.matches(np.empty((0, 2), np.float32), 0) is None
    assert TokenVectors.of(PASSAGES, 2).matches(question((1, 0)), 0) is None


def test_the_best_of_many_tokens() -> None:
    cosines = np.array([[0.1, 0.9], [0.8, 0.2], [0.5, 0.5]], np.float32)
    matches = TokenMatches(cosines, np.array([NOWHERE, 3, 10], np.int32))
    best = matches.best([(0, 20), (0, 10), (10, 20)])
    assert best.tolist() == [pytest.approx(row) for row in ([0.8, 0.5], [0.8, 0.2], [0.5, 0.5])]


def test_what_all_tokens_share_is_taken_off() -> None:
    found = TokenVectors.of([compact(question((0.8, 0.6))), compact(question((0.8, -0.6)))], 2)
    # The mean is (UP, 0): what stays of the tokens is (0, ALONG) and (0, -ALONG), of unit length (0, 1) and (0, -1).
    scores = found.scores(question((0.6, 0.8)), rows(0, 1))
    up = round(127 * 0.8 / hypot(0.6 - UP, 0.8)) / 127  # 0.9692 in signed bytes; 0.6 · 0.8 + 0.8 · 0.6 without
    assert up == 123 / 127
    assert scores.tolist() == pytest.approx([up, -up], abs=1e-6)


def test_the_third_dimension_counts() -> None:
    found = TokenVectors.of([compact(question((0, 0, 1))), compact(question((0, 0, -1), (0.6, 0.8, 0)))], 3)
    mean = np.array([0.6, 0.8, 0]) / 3  # of (0, 0, 1), (0, 0, -1), (0.6, 0.8, 0)
    own = [np.array(v) - mean for v in ((0, 0, 1), (0, 0, -1), (0.6, 0.8, 0))]
    asked = np.array([0, 0.6, 0.8]) - mean
    first, second, third = ((v @ asked) / np.linalg.norm(v) / np.linalg.norm(asked) for v in own)
    assert first > third > second
    scores = found.scores(question((0, 0.6, 0.8)), rows(0, 1))
    assert scores.tolist() == pytest.approx([first, third], abs=0.01)  # of signed bytes


def test_tokens_that_are_all_alike_tell_nothing() -> None:
    alike = TokenVectors.of([compact(question((1, 0), (1, 0))), compact(question((1, 0)))], 2)
    assert alike.scores(question((1, 0), (0, 1)), rows(0, 1)).tolist() == [0, 0]


@pytest.mark.parametrize("passages", [[], [NO_TOKENS], [NO_TOKENS, NO_TOKENS]])
def test_no_tokens_at_all(tmp_path: Path, passages: list[np.ndarray]) -> None:
    TokenVectors.of(passages, 2).save(tmp_path)
    empty = TokenVectors.load(tmp_path)
    assert empty.passages == len(passages)
    assert empty.scores(question((1, 0)), rows(*range(len(passages)))).tolist() == [0] * len(passages)


def test_what_is_loaded_is_mapped_and_gives_the_same(tmp_path: Path) -> None:
    random = np.random.default_rng(35)
    drawn = [random.standard_normal((count, 8)).astype(np.float32) for count in (5, 0, 1, 9)]
    made = TokenVectors.of([compact(p / np.linalg.norm(p, axis=1, keepdims=True)) for p in drawn], 8)
    made.save(tmp_path)
    asked = drawn[3] / np.linalg.norm(drawn[3], axis=1, keepdims=True)
    expected = made.scores(asked, rows(3, 2, 1, 0))
    assert np.array_equal(TokenVectors.load(tmp_path).scores(asked, rows(3, 2, 1, 0)), expected)
    assert expected[0] == max(expected) > 0.97  # its own tokens


@pytest.mark.parametrize(
    ("shape", "starts", "dimension", "message"),
    [
        ((3, 2), [0, 2], 2, r"^\(3, 2\) token vectors, \(3,\) places, 2 tokens of \(2,\)$"),
        ((3, 2), [0, 2, 4], 2, r"^\(3, 2\) token vectors, \(3,\) places, 4 tokens of \(2,\)$"),
        ((3, 2), [0, 3], 3, r"^\(3, 2\) token vectors, \(3,\) places, 3 tokens of \(3,\)$"),
        ((3,), [0, 3], 2, r"^\(3,\) token vectors, \(3,\) places, 3 tokens of \(2,\)$"),
        ((4, 2), [0, 4], 2, r"^\(4, 2\) token vectors, \(3,\) places, 4 tokens of \(2,\)$"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(
    shape: tuple[int, ...], starts: list[int], dimension: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        TokenVectors(np.zeros(shape, np.int8), np.array(starts), np.zeros(dimension, np.float32), np.zeros(3, np.int32))


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    TokenVectors.of(PASSAGES, 2).save(tmp_path)
    np.save(tmp_path / "token_starts.npy", np.array([0, 2]))
    with pytest.raises(ValueError, match=r"^\(4, 2\) token vectors, \(4,\) places, 2 tokens of \(2,\)$"):
        TokenVectors.load(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_an_error(tmp_path: Path, name: str) -> None:
    TokenVectors.of(PASSAGES, 2).save(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(OSError, match=name):
        TokenVectors.load(tmp_path)


def test_a_value_is_one_signed_byte() -> None:
    values = np.array([[0, 1, -1, 0.5, -0.25, 1.01, -3]], np.float32)
    bytes_of = compact(values)
    assert bytes_of.dtype == np.int8
    assert bytes_of.tolist() == [[0, 127, -127, 64, -32, 127, -127]]  # 63.5 is rounded to the even 64
    assert restored(bytes_of).tolist() == [pytest.approx([v / 127 for v in bytes_of[0].tolist()])]
    assert restored(bytes_of).dtype == np.float32


def test_a_value_comes_back_within_half_a_step() -> None:
    values = np.linspace(-1, 1, 10_001, dtype=np.float32).reshape(-1, 1)
    differences = np.abs(restored(compact(values)) - values)
    assert 1 / 255 < differences.max() <= 1 / 254 + 1e-6
    assert restored(compact(NO_TOKENS.astype(np.float32))).shape == (0, 2)
