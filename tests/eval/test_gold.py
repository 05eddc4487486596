"""Quotes become spans, wrong lines are named, and the committed gold set is what the issue asks for."""

import json
import unicodedata
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from eval.errors import EvalError
from eval.gold import content_share, load_gold
from eval.metrics import covers, groups_found
from eval.short import plain_words
from eval.types import GoldQuestion, Span
from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.types import Document
from tests.plans import CORPUS, HUE, ROOT, parsed

GOLD = ROOT / "eval" / "gold.jsonl"
TRUTH = ROOT / "tests" / "documents" / "truth"


def entry(**changes: object) -> dict[str, object]:
    """A sound gold question about the plan of Huế, with changes."""
    gold = [[{"document": "kế hoạch.txt", "quote": "Sở Văn hóa và Thể thao chủ trì"}]]
    return {"id": "a", "kind": "who", "split": "dev", "question": "ai lo văn nghệ", "gold": gold} | changes


def quoted(words: str, document: str = "kế hoạch.txt") -> list[list[dict[str, str]]]:
    return [[{"document": document, "quote": words}]]


def gold_file(folder: Path, *entries: dict[str, object]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(e, ensure_ascii=False) for e in entries) + "\n\n", encoding="utf-8")
    return path


def test_a_quote_becomes_its_span(tmp_path: Path) -> None:
    document = parsed(HUE)
    [question] = load_gold(gold_file(tmp_path, entry(short_answers=["Sở Văn hóa và Thể thao"])), [document])
    [[quote]] = question.groups
    assert document.text[quote.span.start : quote.span.end] == "Sở Văn hóa và Thể thao chủ trì"
    assert question.short_answers == ("Sở Văn hóa và Thể thao",)
    assert question.refusal is None


def test_a_quote_in_nfd_is_found(tmp_path: Path) -> None:
    path = gold_file(tmp_path, entry(gold=quoted(unicodedata.normalize("NFD", "Nhà hát Sông Hương"))))
    [[quote]] = load_gold(path, [parsed(HUE)])[0].groups
    assert quote.text == "Nhà hát Sông Hương"
    assert quote.span.end - quote.span.start == len("Nhà hát Sông Hương")


def test_a_line_without_split_is_of_test(tmp_path: Path) -> None:
    line = entry()
    del line["split"]
    assert load_gold(gold_file(tmp_path, line), [parsed(HUE)])[0].split == "test"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gold": quoted("Sở Văn hoá và Thể thao")}, "does not hold the quote 'Sở Văn hoá và Thể thao'"),
        ({"gold": quoted("Ban Tuyên giáo")}, "holds the quote 'Ban Tuyên giáo' more than once"),
        ({"gold": quoted("")}, "does not hold the quote ''"),
        ({"gold": quoted("x", "huế.txt")}, "no document 'huế.txt' in the library (kế hoạch.txt)"),
        ({"split": "train"}, "the split is 'train'"),
        ({"refusal": "nearly", "gold": []}, "refusal is 'nearly'"),
        ({"gold": []}, "gold quotes or a refusal"),
        ({"gold": [[]]}, "no group is empty"),
        ({"refusal": "far"}, "gold quotes or a refusal"),
        ({"gold": [["x"]]}, "is not a gold question"),
        ({"question": "hai", "id": "b"}, "the id b is used before"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    path = gold_file(tmp_path, entry(id="b"), entry(**changes))
    with pytest.raises(EvalError) as raised:
        load_gold(path, [parsed(HUE)])
    assert str(raised.value).startswith(f"{path}, line 2: ")
    assert said in str(raised.value)


def test_a_misread_quote_is_shown_as_it_stands(tmp_path: Path) -> None:
    path = gold_file(tmp_path, entry(gold=quoted("Sơ Văn hoa va Thể thao")))
    with pytest.raises(EvalError, match="it stands there as 'Sở Văn hóa và Thể thao"):
        load_gold(path, [parsed(HUE)])


@pytest.mark.parametrize("content", ["", "\n", "not json", "[1]", '{"id": "a"}'])
def test_an_unusable_file_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match=r"gold\.jsonl"):
        load_gold(path, [parsed(HUE)])


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="--gold"):
        load_gold(tmp_path / "none.jsonl", [])


def test_content_share_by_hand(tmp_path: Path) -> None:
    document = parsed(HUE)
    # Of lo, van, nghe, nha, hat, hue the line of the quote holds van, nghe, nha, hat: 4 of 6.
    path = gold_file(tmp_path, entry(question="ai lo văn nghệ nhà hát Huế"))
    [question] = load_gold(path, [document])
    assert content_share(question, {document.doc_id: document}) == pytest.approx(4 / 6)


@pytest.fixture(scope="module")
def plans() -> list[Document]:
    return [read_document(path) for path in sorted(CORPUS.glob("*.txt"))]


@pytest.fixture(scope="module")
def gold(plans: list[Document]) -> list[GoldQuestion]:
    return load_gold(GOLD, plans)


def test_the_gold_set_has_enough_of_every_kind(gold: list[GoldQuestion]) -> None:
    kinds = Counter(question.kind for question in gold)
    assert len(gold) >= 240
    assert kinds["far"] >= 20
    assert kinds["near"] >= 40
    assert {kind: n for kind, n in kinds.items() if n < 15} == {}
    assert set(kinds) >= {
        "who", "when", "number", "which_document", "what", "list", "why_how", "purpose", "slogans_forms",
        "signature_recipients", "comparison", "abbreviations",
    }  # fmt: skip
    assert all(question.refusal == (question.kind if question.kind in ("near", "far") else None) for question in gold)


@pytest.mark.parametrize(
    ("name", "folder", "questions"),
    [
        ("held_out_gold", CORPUS, 401),
        ("calibration_gold", CORPUS, 454),
        ("named_gold", CORPUS, 110),
        ("other_gold", TRUTH, 41),
        ("other_named_gold", TRUTH, 115),
    ],
)
def test_the_quotes_of_every_committed_set_stand_in_its_documents(name: str, folder: Path, questions: int) -> None:
    documents = [read_document(path) for path in sorted(folder.glob("*.txt"))]
    found = load_gold(ROOT / "eval" / f"{name}.jsonl", documents)
    assert len(found) == len({question.text for question in found}) == questions


def test_no_question_is_asked_twice(gold: list[GoldQuestion]) -> None:
    assert [text for text, n in Counter(q.text.casefold() for q in gold).items() if n > 1] == []


def test_the_halves_are_balanced_within_each_kind(gold: list[GoldQuestion]) -> None:
    halves = Counter((question.kind, question.split) for question in gold)
    assert all(abs(halves[kind, "dev"] - halves[kind, "test"]) <= 1 for kind in {q.kind for q in gold})


def test_questions_are_not_copied_from_what_answers_them(gold: list[GoldQuestion], plans: list[Document]) -> None:
    documents = {document.doc_id: document for document in plans}
    assert median(content_share(question, documents) for question in gold if question.groups) < 0.6


def test_every_section_is_asked_about(gold: list[GoldQuestion], plans: list[Document]) -> None:
    """A section with a passage of its own or below it has a quote at least half of which it holds."""
    quotes = [quote for question in gold for group in question.groups for quote in group]
    silent = [
        f"{plan.source}: {section.locator}, {plan.text[section.start : section.start + 60]!r}"
        for plan in plans
        for section in plan.sections
        if any(section.start <= p.start and p.end <= section.end for p in split_passages(plan))
        and not any(covers(Span(plan.doc_id, section.start, section.end), quote) for quote in quotes)
    ]
    assert silent == []


def test_every_gold_group_can_be_found(gold: list[GoldQuestion], plans: list[Document]) -> None:
    """At least one passage holds half of a quote of every group, else no search could ever show it."""
    spans = [Span(p.doc_id, p.start, p.end) for plan in plans for p in split_passages(plan)]
    lost = [
        (question.question_id, [quote.text for quote in group])
        for question in gold
        for row, group in enumerate(question.groups)
        if row not in groups_found(spans, question)
    ]
    assert lost == []


def test_short_answers_stand_in_a_gold_document(gold: list[GoldQuestion], plans: list[Document]) -> None:
    words = {plan.doc_id: plain_words(plan.text) for plan in plans}
    wrong = [
        (question.question_id, answer)
        for question in gold
        for answer in question.short_answers
        if not any(plain_words(answer) in words[quote.span.doc_id] for group in question.groups for quote in group)
    ]
    assert wrong == []
