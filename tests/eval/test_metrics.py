"""Every measure against arithmetic by hand."""

from math import log2

import pytest

from eval.metrics import METRICS, at_best, covers, groups_found, hit_within, own_parts, ranking_parts
from eval.types import Card, GoldQuestion, GoldQuote, GoldRefusal, Part, Shown, Span

GOLD_A = GoldQuote(Span("a", 100, 200), "a" * 100)
GOLD_B = GoldQuote(Span("b", 0, 50), "b" * 50)
WRONG = Span("a", 500, 600)
RIGHT_A = Span("a", 90, 210)
RIGHT_B = Span("b", 0, 50)


def question(
    *groups: tuple[GoldQuote, ...], short: tuple[str, ...] = (), refusal: GoldRefusal | None = None
) -> GoldQuestion:
    return GoldQuestion("q", "who", "dev", "ai?", groups, short, refusal)


def shown(*cards: tuple[Span, ...], ranking: tuple[Span, ...] = (), **fields: object) -> Shown:
    return Shown(ranking, tuple(Card(spans) for spans in cards), **fields)  # type: ignore[arg-type]


def ranked(asked: GoldQuestion, answer: Shown) -> dict[str, float]:
    return {name: part.got for name, part in ranking_parts({"k": (asked, answer)})["k"].items()}


@pytest.mark.parametrize(
    ("start", "end", "is_hit"),
    [(100, 200, True), (0, 150, True), (0, 149, False), (150, 999, True), (151, 999, False), (120, 169, False)],
)
def test_a_hit_covers_half_of_the_quote(start: int, end: int, is_hit: bool) -> None:
    assert covers(Span("a", start, end), GOLD_A) is is_hit
    assert not covers(Span("b", start, end), GOLD_A)


def test_alternatives_are_one_group() -> None:
    one, two = question((GOLD_A, GOLD_B)), question((GOLD_A,), (GOLD_B,))
    assert groups_found([RIGHT_B], one) == {0}
    assert groups_found([RIGHT_B], two) == {1}
    assert groups_found([RIGHT_A, RIGHT_B], two) == {0, 1}
    assert groups_found([], two) == set()


def test_hits_by_card_and_by_citation() -> None:
    # Card 1 is wrong and has two citations; gold is the second citation of card 2: fourth in all.
    answer = shown((WRONG, WRONG), (WRONG, RIGHT_A), (WRONG,))
    values = ranked(question((GOLD_A,)), answer)
    assert (values["hit@1"], values["hit@3"], values["hit@5"]) == (0, 1, 1)
    assert (values["strict_hit@1"], values["strict_hit@5"]) == (0, 1)
    assert ranked(question((GOLD_A,)), shown((RIGHT_A,)))["hit@1"] == 1
    assert ranked(question((GOLD_A,)), shown())["hit@5"] == 0


def test_group_recall_counts_groups_of_the_first_five_cards() -> None:
    asked = question((GOLD_A,), (GOLD_B,))
    assert ranked(asked, shown((WRONG,), (RIGHT_B,)))["group_recall@5"] == pytest.approx(1 / 2)
    assert ranked(asked, shown((RIGHT_A, RIGHT_B)))["group_recall@5"] == 1
    assert ranked(asked, shown(*[(WRONG,)] * 4, (RIGHT_A,), (RIGHT_B,)))["group_recall@5"] == pytest.approx(1 / 2)


def test_search_measures_by_hand() -> None:
    asked = question((GOLD_A,), (GOLD_B,))
    values = ranked(asked, shown(ranking=(WRONG, RIGHT_A, RIGHT_A, RIGHT_B)))
    assert values["mrr@10"] == pytest.approx(1 / 2)
    # A group counts where it is first found: gains at ranks 2 and 4, at best at ranks 1 and 2.
    assert values["ndcg@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 / log2(2) + 1 / log2(3)), abs=1e-4)
    assert ranked(asked, shown(ranking=(WRONG,) * 10 + (RIGHT_A,)))["mrr@10"] == 0


def test_a_passage_with_two_groups_is_as_good_as_two() -> None:
    near = GoldQuote(Span("a", 210, 300), "c" * 90)
    assert ranked(question((GOLD_A,), (near,)), shown(ranking=(Span("a", 0, 999),)))["ndcg@10"] == pytest.approx(1)


def test_questions_without_gold_have_no_ranking() -> None:
    assert ranking_parts({"k": (question(refusal="far"), shown((WRONG,)))}) == {"k": {}}
    assert ranking_parts({}) == {}


def test_what_a_perfect_search_could_find() -> None:
    lost = GoldQuote(Span("a", 700, 800), "h" * 100)
    asked = [question((GOLD_A,), (lost,)), question((lost,)), question((GOLD_B,)), question(refusal="far")]
    assert at_best(asked, [RIGHT_A, RIGHT_B]) == pytest.approx((2 / 3, (0.5 + 0 + 1) / 3))
    assert at_best([], []) == (0, 0)


def test_the_first_characters_shown() -> None:
    asked = question((GOLD_A,))
    long = Span("b", 0, 1_400)
    assert hit_within((Card((long,)), Card((Span("a", 100, 200),))), asked, 1_500)
    # 1,400 characters are read before it: 100 are left, 50 of the quote are shown from 50 on.
    assert hit_within((Card((long,)), Card((Span("a", 50, 300),))), asked, 1_500)
    assert not hit_within((Card((long,)), Card((Span("a", 49, 300),))), asked, 1_500)
    assert not hit_within((Card((long,)), Card((long,)), Card((RIGHT_A,))), asked, 1_500)


def test_a_passage_that_says_the_same_takes_no_more_room() -> None:
    long = Span("b", 0, 1_000)
    cards = (Card((long, Span("c", 0, 1_000))), Card((Span("a", 100, 200),)))
    assert hit_within(cards, question((GOLD_A,)), 1_500)
    assert hit_within((Card((long, RIGHT_A)),), question((GOLD_A,)), 1_500)


def test_citation_precision_is_the_share_that_holds_gold() -> None:
    parts = own_parts(question((GOLD_A, GOLD_B)), shown((RIGHT_A, RIGHT_B), (WRONG,)))
    assert parts["citation_precision"] == Part(2 / 3)
    assert "citation_precision" not in own_parts(question((GOLD_A,)), shown())


@pytest.mark.parametrize("refused", [False, True])
def test_refusals(refused: bool) -> None:
    answer = shown(can_refuse=True, refused=refused)
    far, near, asked = (own_parts(q, answer) for q in (question(refusal="far"), question(refusal="near"), question()))
    assert far["far_refused"] == near["near_refused"] == Part(float(refused))
    assert far["refusal_recall"] == Part(float(refused))
    assert asked["false_refusal"] == Part(float(refused))
    assert "refusal_recall" not in asked
    precision = [parts.get("refusal_precision") for parts in (far, near, asked)]
    assert precision == ([Part(1), Part(1), Part(0)] if refused else [None] * 3)


def test_a_baseline_has_no_refusals_and_no_short_answers() -> None:
    parts = own_parts(question((GOLD_A,), short=("Sở A",)), shown((RIGHT_A,)))
    assert set(parts) == {"hit_1500", "citation_precision"}


def test_short_answers_count_where_the_kind_has_one() -> None:
    asked = question((GOLD_A,), short=("Sở Ngoại vụ",))
    right = own_parts(asked, shown((RIGHT_A,), text="Ban A [1]\nSở Ngoại vụ (Cần Thơ) [2]", can_refuse=True))
    assert (right["short_answer"], right["short_answer_line1"]) == (Part(1), Part(0))
    refused = own_parts(asked, shown(text="Sở Ngoại vụ", can_refuse=True, refused=True))
    assert refused["short_answer"] == Part(0)
    assert "short_answer" not in own_parts(question((GOLD_A,)), shown((RIGHT_A,), text="Sở Ngoại vụ"))


def test_verbatim_is_quotes_right_of_quotes_checked() -> None:
    assert own_parts(question(refusal="far"), shown(verbatim=(3, 4)))["verbatim"] == Part(3, 4)
    assert "verbatim" not in own_parts(question(refusal="far"), shown())


def test_every_measure_is_explained() -> None:
    asked = question((GOLD_A,), short=("x",))
    answer = shown((RIGHT_A,), ranking=(RIGHT_A,), text="x", can_refuse=True, refused=True, verbatim=(1, 1))
    made = set(ranked(asked, answer)) | set(own_parts(asked, answer))
    refusals: tuple[GoldRefusal, ...] = ("near", "far")
    for refusal in refusals:
        made |= set(own_parts(question(refusal=refusal), answer))
    assert made == set(METRICS)
