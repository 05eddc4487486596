"""Feedback as candidates for the gold questions: what is ready is read by the evaluation as it is."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.gold import load_gold
from tests.ui.fake_engine import CAN_THO, CUT, DOCUMENTS, HOPELESS, PHAN_RANG, SIGNED, WHERE, WHO
from tests.ui.kept import citation, record
from ui.feedback import Feedback
from ui.gold_candidates import gold_candidates, unique_quote
from ui.turn import Verdict

GIVEN = "2026-01-02T03:04:05.678+00:00"


def judged(question: str, verdict: Verdict = "right", turn_id: str = "t1", /, **changes: Any) -> Feedback:
    """Give a judgement of one of the fake engine's answers."""
    return replace(Feedback(turn_id, question, "", record(question), "v1", verdict, "", GIVEN), **changes)


def ready(*given: Feedback) -> list[dict[str, Any]]:
    """Give the candidates that can be evaluated."""
    return [json.loads(line) for line in gold_candidates(given, DOCUMENTS).ready]


def waiting(*given: Feedback) -> list[dict[str, Any]]:
    """Give the candidates that need a person."""
    return [json.loads(line) for line in gold_candidates(given, DOCUMENTS).waiting]


def test_what_is_ready_is_read_by_the_evaluation_as_it_is(tmp_path: Path) -> None:
    given = [judged(question, "right", f"t{n}") for n, question in enumerate((WHO, WHERE, SIGNED, CUT, HOPELESS))]
    found = gold_candidates([*given, judged(WHO, "wrong", "t9")], DOCUMENTS)
    path = tmp_path / "ung-vien.jsonl"
    path.write_text("".join(f"{line}\n" for line in found.ready), encoding="utf-8")
    questions = load_gold(path, DOCUMENTS)
    assert [(q.question_id, q.text) for q in questions] == [
        ("feedback-t0", WHO),
        ("feedback-t1", WHERE),
        ("feedback-t2", SIGNED),
        ("feedback-t3", CUT),
    ]
    for question, answer in zip(questions, given, strict=False):
        first = answer.record.citations[0]
        span = question.groups[0][0].span
        assert span.doc_id == first.doc_id
        assert first.start <= span.start < span.end <= first.end
    assert len(found.waiting) == 2


def test_the_longest_quote_of_the_first_answer_is_the_gold_one() -> None:
    (entry,) = ready(judged(WHO))
    assert entry == {
        "id": "feedback-t1",
        "kind": "feedback",
        "split": "dev",
        "question": WHO,
        "gold": [
            [{"document": CAN_THO.source, "quote": "đấu tranh, ngăn chặn, xử lý thông tin xấu độc"}],
        ],
        "short_answers": [],
        "refusal": None,
        "verdict": "right",
        "comment": "",
        "shown": "Ban Chỉ đạo 35 các cấp thành phố [1]",
        "index_version": "v1",
        "given": GIVEN,
    }


def test_documents_that_say_the_same_are_alternatives() -> None:
    (entry,) = ready(judged(WHERE))
    (group,) = entry["gold"]
    assert [quote["document"] for quote in group] == [CAN_THO.source, PHAN_RANG.source]


def test_an_answer_without_quotes_gives_its_passage() -> None:
    (entry,) = ready(judged(CUT))
    assert entry["gold"][0][0]["quote"] == record(CUT).citations[0].text


def test_a_question_that_leant_on_another_is_written_out() -> None:
    given = judged(WHO, question="còn ai nữa?", about="thông tin xấu độc")
    assert [entry["question"] for entry in ready(given)] == [WHO]


def test_what_several_people_say_alike_counts_once() -> None:
    assert [entry["id"] for entry in ready(judged(WHO), judged(WHO, "right", "t2"))] == ["feedback-t1"]


def test_a_wrong_answer_waits_with_the_comment_and_what_was_cited() -> None:
    (entry,) = waiting(judged(WHERE, "wrong", comment="thiếu trụ sở"))
    assert (entry["gold"], entry["comment"], entry["verdict"]) == ([], "thiếu trụ sở", "wrong")
    assert entry["to_do"] == "người dùng báo câu trả lời chưa đúng: điền gold, hoặc refusal"
    assert entry["cited"][0] == {
        "document": CAN_THO.source,
        "locator": "Mục III.3",
        "quotes": ["pano, áp phích trên các trục đường chính"],
    }


def test_a_refusal_that_was_right_waits_for_its_kind() -> None:
    (entry,) = waiting(judged(HOPELESS))
    assert entry["to_do"] == "người dùng thấy từ chối là đúng: điền refusal, near hoặc far"


@pytest.mark.parametrize("documents", [[], [CAN_THO], [replace(PHAN_RANG, text="đã viết lại từ đầu")]])
def test_an_answer_whose_document_is_gone_or_rewritten_waits(documents: list[Any]) -> None:
    found = gold_candidates([judged(SIGNED)], documents)
    assert found.ready == ()
    assert json.loads(found.waiting[0])["to_do"].startswith("đoạn trích không còn")


def test_a_quote_is_found_again_in_a_document_that_was_changed_elsewhere() -> None:
    changed = replace(CAN_THO, text="Bản mới.\n" + CAN_THO.text)
    (line,) = gold_candidates([judged(WHO)], [changed]).ready
    assert json.loads(line)["gold"][0][0]["quote"] == "đấu tranh, ngăn chặn, xử lý thông tin xấu độc"


def test_a_passage_that_stands_twice_in_a_changed_document_waits() -> None:
    changed = replace(CAN_THO, text=CAN_THO.text * 2)
    assert gold_candidates([judged(WHO)], [changed]).ready == ()


@pytest.mark.parametrize(
    ("text", "words", "at", "expected"),
    [
        ("treo cờ tại trụ sở", "cờ", 0, "cờ"),
        ("treo cờ ở xã, treo cờ ở phường", "cờ", 0, "treo cờ ở xã,"),
        ("treo cờ ở xã, treo cờ ở phường", "cờ", 1, "xã, treo cờ ở phường"),
        ("cờ cờ", "cờ", 1, "cờ cờ"),
        ("aaaa", "aaa", 0, "aaaa"),  # occurrences that overlap are two
        ("một\n\nhai một\n\nba", "một", 1, "hai một\n\nba"),
        ("một hai. " * 200, "một hai.", 3, None),
    ],
)
def test_a_quote_grows_word_by_word_until_it_stands_once(text: str, words: str, at: int, expected: str | None) -> None:
    start = -1
    for _ in range(at + 1):
        start = text.index(words, start + 1)
    found = unique_quote(text, start, start + len(words))
    assert found == expected
    if found is not None:
        assert text.find(found) == text.rfind(found)


def test_a_short_quote_grows_in_its_real_document() -> None:
    given = judged(WHO, record=record(WHO, citations=(citation(WHO, 0, quotes=citation(WHO).quotes[:1]),)))
    (entry,) = ready(given)
    quote = entry["gold"][0][0]["quote"]
    assert "Ban Chỉ đạo 35 các cấp thành phố" in quote
    assert CAN_THO.text.count(quote) == 1


def test_odd_line_ends_do_not_break_a_line(tmp_path: Path) -> None:
    found = gold_candidates([judged(WHO, question="ai\u2028ký\x85kế hoạch\u2029\n?")], DOCUMENTS)
    path = tmp_path / "ung-vien.jsonl"
    path.write_text(found.ready[0] + "\n", encoding="utf-8")
    assert [question.text for question in load_gold(path, DOCUMENTS)] == ["ai\u2028ký\x85kế hoạch\u2029\n?"]
