"""Questions for a list: the items beside the best passage or within it, in their order, verbatim."""

import pytest

from index.answer import WORTH_SHOWING, answered
from index.list_answer import SHOWN_ITEMS, items_first, list_answer
from index.types import Citation, Hit, Quote
from ingest.passages import split_passages
from ingest.reading import one_line
from ingest.types import Passage
from tests.fakes import index_of, understood
from tests.plans import HUE, parsed

FORMS = [
    "Tuyên truyền qua các hội nghị: hội nghị cấp ủy; hội nghị báo cáo viên.",
    "Tuyên truyền qua Bản tin sinh hoạt chi bộ.",
    "Cổ động trực quan tại các trục đường chính.",
]
PLAN = parsed(
    "I. MỤC ĐÍCH\n\nTạo sự đồng thuận trong xã hội.\n\nII. HÌNH THỨC TUYÊN TRUYỀN\n\n"
    + "\n\n".join(f"{number}. {form}" for number, form in enumerate(FORMS, start=1)),
    "a.txt",
)
PASSAGES = {passage.locator: passage for passage in split_passages(PLAN)}
QUESTION = understood("có những hình thức tuyên truyền nào")


def passage(text: str, locator: str = "Mục I.1", start: int = 0, *headings: str) -> Passage:
    return Passage(f"a:{start}", "a", start, start + len(text), text, headings, locator, "content", None, None)


def cite(one: Passage, label: str = "1") -> Citation:
    return Citation(label, PLAN, one, (Quote(0, len(one.text), one.text),), 1.0)


def items(question: str, text: str) -> list[str]:
    return [found.words for found in list_answer(understood(question), [cite(passage(text))])]


def test_the_plan_is_cut_as_these_tests_expect() -> None:
    assert [PASSAGES[f"Mục II.{number}"].text for number in (1, 2, 3)] == FORMS


def test_the_passages_under_one_heading_are_one_list() -> None:
    cited = [cite(PASSAGES["Mục II.3"], "1"), cite(PASSAGES["Mục II.1"], "2"), cite(PASSAGES["Mục II.2"], "3")]
    found = [(item.words, item.label) for item in list_answer(QUESTION, cited)]
    assert found == [
        ("Tuyên truyền qua các hội nghị", "2"),
        ("Tuyên truyền qua Bản tin sinh hoạt chi bộ", "3"),
        ("Cổ động trực quan tại các trục đường chính", "1"),
    ]
    assert answered(QUESTION, tuple(cited), lambda _: 1.0).text.splitlines()[0] == "“Tuyên truyền qua các hội nghị” [2]"


def test_no_list_is_asked_for() -> None:
    cited = [cite(PASSAGES["Mục II.3"]), cite(PASSAGES["Mục II.1"], "2")]
    assert list_answer(understood("hình thức tuyên truyền ra sao"), cited) == ()


def test_other_items_of_the_list_come_behind_the_best_hit() -> None:
    hits = [
        Hit(PASSAGES["Mục II.2"], 1.0),
        Hit(PASSAGES["Mục I"], 0.9),
        Hit(PASSAGES["Mục II.3"], 0.8),
        Hit(PASSAGES["Mục II.1"], 0.1),
    ]
    found = items_first(QUESTION, hits, WORTH_SHOWING)
    assert [(hit.passage.locator, hit.score) for hit in found] == [
        ("Mục II.2", 1.0),
        ("Mục II.1", WORTH_SHOWING),  # so that it is shown at all
        ("Mục II.3", 0.8),
        ("Mục I", 0.9),
    ]
    assert items_first(understood("tuyên truyền thế nào"), hits, WORTH_SHOWING) == hits
    assert (
        items_first(understood("những đoàn nào đi thăm"), hits, WORTH_SHOWING) == hits
    )  # the heading says nothing of it
    assert items_first(QUESTION, [], WORTH_SHOWING) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_numbered_clauses_of_one_sentence_are_one_list(number: int) -> None:
    rows = [passage(f"Việc số {n} phải làm.", f"Mục II.2 ({n})", 100 * n, "II. NỘI DUNG") for n in (1, 2, 3)]
    hits = [Hit(rows[number - 1], 1.0), *(Hit(row, 0.7) for row in reversed(rows) if row is not rows[number - 1])]
    first, *others = items_first(understood("ba đầu việc gồm những gì"), hits, WORTH_SHOWING)
    assert first.passage is rows[number - 1]
    assert [hit.passage for hit in others] == [row for row in rows if row is not rows[number - 1]]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "kể ra các mạng xã hội",
            "Đăng trên mạng xã hội (Facebook, Zalo, Youtube...).",
            ["Facebook", "Zalo", "Youtube"],
        ),
        (
            "những ngày lễ nào được kể",
            "Các ngày lễ như: 95 năm thành lập Đảng (03/02/1930); 50 năm giải phóng (30/4/1975); 80 năm Quốc khánh.",
            ["95 năm thành lập Đảng (03/02/1930)", "50 năm giải phóng (30/4/1975)", "80 năm Quốc khánh"],
        ),
        # The sentence that speaks of what is asked.
        (
            "những đề án nào",
            "Việc như: ăn; ngủ; đi. Đề án gồm: đề án A; đề án B; đề án C.",
            ["đề án A", "đề án B", "đề án C"],
        ),
        ("những việc gì", "Rà soát, sửa đổi, bổ sung quy định.", []),  # commas alone make no list
        ("những việc gì", "Gồm: rà soát; sửa đổi.", []),  # two are as often two halves of a sentence
        ("những ngày nào", "Kỷ niệm (28/11/1820, 28/11/2024, 29/11/2024).", []),
    ],
)
def test_items_within_a_passage(question: str, text: str, expected: list[str]) -> None:
    assert items(question, text) == expected
    assert all(item in one_line(text) for item in expected)


def test_of_a_long_list_the_first_items_are_shown_and_the_rest_counted() -> None:
    text = "Mạng xã hội (" + ", ".join(f"mạng {letter}" for letter in "ABCDEFGH") + ")."
    lines = answered(understood("kể ra các mạng xã hội"), (cite(passage(text)),), lambda _: 1.0).text.splitlines()
    assert lines[:SHOWN_ITEMS] == [f"“mạng {letter}” [1]" for letter in "ABCDEF"]
    assert lines[SHOWN_ITEMS:] == ["và 2 mục khác"]


def test_a_long_item_is_cut_between_words() -> None:
    text = "Gồm: " + "; ".join(f"{letter} " + "dài " * 60 for letter in "ABC")
    first, *_ = items("những gì", text)
    assert first.endswith(" dài…")
    assert len(first) <= 121
    assert first.removesuffix("…") in text


def test_a_list_of_an_index_is_verbatim_and_whole() -> None:
    index = index_of([PLAN, parsed(HUE, "hue.txt")])
    answer = index.ask("những hình thức tuyên truyền nào tại trục đường chính, hội nghị, bản tin")
    assert [c.passage.locator for c in answer.citations if c.document.doc_id == "a"][:3].count("Mục I") == 0
    for line in answer.text.splitlines():
        words = line[1 : line.rindex("”")]
        assert any(words in one_line(citation.passage.text) for citation in answer.citations)
