"""Quotes are verbatim or the answer does not exist."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import VerbatimError
from index.late_interaction import TokenMatches
from index.quotes import Asked, best_excerpt, best_quotes, checked
from index.types import Citation, Quote
from ingest.passages import split_passages
from ingest.types import Passage
from tests.fakes import index_of
from tests.plans import HUE, parsed

PLAN = parsed(HUE, "hue.txt")
PASSAGES = split_passages(PLAN)
FIRST = next(p for p in PASSAGES if p.locator == "Mục I.1")


def citation(passage: Passage = FIRST, *quotes: Quote) -> Citation:
    return Citation("1", PLAN, passage, quotes or (Quote(0, len(passage.text), passage.text),), 1.0)


def test_a_true_quote_is_given_back() -> None:
    true = citation(FIRST, Quote(0, 6, "Tuyên "), Quote(6, 12, FIRST.text[6:12]))
    assert checked(true) is true


@pytest.mark.parametrize(
    "tampered",
    [
        replace(FIRST, text=FIRST.text.replace("sâu rộng", "nông hẹp")),
        replace(FIRST, start=FIRST.start + 1),
        replace(FIRST, end=FIRST.end + 1),
        replace(FIRST, doc_id="khác"),
    ],
)
def test_a_passage_that_is_no_span_is_never_shown(tampered: Passage) -> None:
    with pytest.raises(VerbatimError, match=r"is not a span of hue\.txt"):
        checked(citation(tampered))


@pytest.mark.parametrize(
    "quote",
    [
        Quote(0, 5, "Đoàn "),
        Quote(1, 6, FIRST.text[0:5]),
        Quote(0, 0, ""),
        Quote(0, 10_000, FIRST.text + " "),
        Quote(5, 2, FIRST.text[2:5]),
    ],
)
def test_a_quote_that_is_no_span_is_never_shown(quote: Quote) -> None:
    with pytest.raises(VerbatimError, match="is not a span of the passage"):
        checked(citation(FIRST, quote))


def test_a_citation_without_a_quote_is_never_shown() -> None:
    with pytest.raises(VerbatimError, match="nothing is quoted"):
        checked(Citation("1", PLAN, FIRST, (), 1.0))


def test_asking_an_index_with_a_tampered_passage_raises() -> None:
    tampered = replace(FIRST, text=FIRST.text.replace("truyền thống", "chuyện cũ"))
    index = index_of([PLAN], [tampered])
    with pytest.raises(VerbatimError):
        index.ask("tuyên truyền chuyện cũ vẻ vang của Đảng trong các tầng lớp Nhân dân")


LONG = (
    "Tổ chức hội nghị báo cáo viên định kỳ hằng tháng tại thành phố Huế cho cán bộ, đảng viên. "
    "Treo băng-rôn, pano, áp phích trên các trục đường chính và trụ sở làm việc của cơ quan. "
    "Đăng tải tin, bài trên cổng thông tin điện tử và mạng xã hội theo hướng dẫn của cấp trên."
)


def alike(_term: str) -> float:
    return 1.0


def long_passage() -> Passage:
    (passage,) = [p for p in split_passages(parsed(f"I. NỘI DUNG\n\n1. {LONG}\n")) if p.locator == "Mục I.1"]
    return passage


def test_the_sentence_that_holds_the_terms_is_quoted() -> None:
    passage = long_passage()
    (quote,) = best_quotes(passage, Asked(("pano", "ap", "phich"), alike))
    assert quote.text == LONG.split(". ")[1] + "."
    assert passage.text[quote.start : quote.end] == quote.text


def test_neighbouring_sentences_become_one_quote_and_distant_ones_two() -> None:
    passage = long_passage()
    joined = best_quotes(passage, Asked(("hue", "pano"), alike))
    assert [quote.text for quote in joined] == [". ".join(LONG.split(". ")[:2]) + "."]
    apart = best_quotes(passage, Asked(("hue", "mang"), alike))
    assert [quote.text for quote in apart] == [LONG.split(". ", maxsplit=1)[0] + ".", LONG.split(". ")[2]]


@pytest.mark.parametrize("terms", [(), ("zzz",)])
def test_a_passage_that_holds_no_term_is_quoted_whole(terms: tuple[str, ...]) -> None:
    passage = long_passage()
    (quote,) = best_quotes(passage, Asked(terms, alike))
    assert quote == Quote(0, len(passage.text), passage.text)


def matches(text: str, *tokens: tuple[str, float]) -> TokenMatches:
    """Tokens that begin where these words do, each with its cosine with the one token of a question."""
    places = [text.index(word) for word, _ in tokens]
    return TokenMatches(np.array([[cosine] for _, cosine in tokens], np.float32), np.array(places, np.int32))


@pytest.mark.parametrize(
    ("cosines", "sentences"),
    [
        ((0.5, 0.6, 0.55), [1]),
        ((0.5, 0.6, 0.585), [1, 2]),  # at most 0.02 less
        ((0.7, 0.6, 0.5), [0]),  # it has the word of the question, and wins by its likeness alone
    ],
)
def test_the_sentence_most_like_the_question_is_quoted(cosines: tuple[float, ...], sentences: list[int]) -> None:
    passage = long_passage()
    known = matches(passage.text, *zip(("Huế", "Treo", "Đăng"), cosines, strict=True))
    parts = LONG.replace(". ", ".|").split("|")
    wanted = " ".join(parts[number] for number in sentences)
    found = best_quotes(passage, Asked(("hue",), alike, lambda _: known))
    assert [quote.text for quote in found] == [wanted]


def excerpt(text: str, asked: Asked, longest: int) -> str:
    passage = replace(FIRST, text=text)
    start, end = best_excerpt(passage, asked, longest)
    return text[start:end]


TASKS = "Treo pano, áp phích ở trụ sở; in sổ tay, tờ rơi; phát thanh hằng ngày, lúc sáng sớm."


@pytest.mark.parametrize(
    ("terms", "longest", "expected"),
    [
        (("so", "tay"), 20, "in sổ tay, tờ rơi;"),  # the longer of those that hold both
        (("so", "tay"), 15, "in sổ tay,"),
        (("pano", "tru"), 35, "Treo pano, áp phích ở trụ sở;"),
        (("pano", "phat"), 34, "Treo pano, áp phích ở trụ sở;"),  # no excerpt of 34 characters holds both
        (("pano", "phat"), 200, TASKS),
        (("phat",), 5, "phát"),  # no piece is so short
    ],
)
def test_the_excerpt_that_holds_most_of_what_is_asked(terms: tuple[str, ...], longest: int, expected: str) -> None:
    assert excerpt(TASKS, Asked(terms, alike), longest) == expected


def test_the_excerpt_that_is_most_like_the_question() -> None:
    known = matches(TASKS, ("Treo", 0.1), ("trụ", 0.5), ("sổ", 0.9), ("tờ", 0.2), ("sáng", 0.8))
    assert excerpt(TASKS, Asked(("pano",), alike, lambda _: known), 12) == "in sổ tay,"


@given(st.text(alphabet="ab ,;.\nđ", max_size=60), st.integers(1, 30))
def test_an_excerpt_is_never_longer_than_it_may_be(text: str, longest: int) -> None:
    start, end = best_excerpt(replace(FIRST, text=text), Asked(("a",), alike), longest)
    assert 0 <= start <= end <= len(text)
    assert end - start <= longest
