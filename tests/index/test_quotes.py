"""Quotes are verbatim or the answer does not exist."""

from dataclasses import replace

import pytest

from index.errors import VerbatimError
from index.quotes import best_quotes, checked
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
    (quote,) = best_quotes(passage, ("pano", "ap", "phich"), alike)
    assert quote.text == LONG.split(". ")[1] + "."
    assert passage.text[quote.start : quote.end] == quote.text


def test_neighbouring_sentences_become_one_quote_and_distant_ones_two() -> None:
    passage = long_passage()
    joined = best_quotes(passage, ("hue", "pano"), alike)
    assert [quote.text for quote in joined] == [". ".join(LONG.split(". ")[:2]) + "."]
    apart = best_quotes(passage, ("hue", "mang"), alike)
    assert [quote.text for quote in apart] == [LONG.split(". ", maxsplit=1)[0] + ".", LONG.split(". ")[2]]


@pytest.mark.parametrize("terms", [(), ("zzz",)])
def test_a_passage_that_holds_no_term_is_quoted_whole(terms: tuple[str, ...]) -> None:
    passage = long_passage()
    (quote,) = best_quotes(passage, terms, alike)
    assert quote == Quote(0, len(passage.text), passage.text)


@pytest.mark.parametrize(
    ("terms", "cosines", "sentences"),
    [
        # 10 for each unit of cosine below the best, 1 for the terms; 0.25 below the best is near it
        ((), (0.80, 0.90, 0.87), [1]),  # -1, 0, -0.3
        ((), (0.80, 0.90, 0.88), [1, 2]),  # -1, 0, -0.2
        (("hue",), (0.85, 0.90, 0.80), [0]),  # 1 - 0.5, 0, -1
        (("hue",), (0.79, 0.90, 0.80), [1, 0]),  # 1 - 1.1, 0, -1: a term does not outweigh all, but comes near
        (("hue",), (0.70, 0.90, 0.80), [1]),  # 1 - 2, 0, -1
        (("pano",), (0.9,), [1]),  # cosines of something else do not count
    ],
)
def test_the_sentence_nearest_in_meaning_is_quoted(
    terms: tuple[str, ...], cosines: tuple[float, ...], sentences: list[int]
) -> None:
    parts = LONG.replace(". ", ".|").split("|")
    wanted = " ".join(parts[number] for number in sorted(sentences))
    assert [quote.text for quote in best_quotes(long_passage(), terms, alike, cosines)] == [wanted]
