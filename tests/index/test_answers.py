"""Questions to a small index: citations, groups of the same words, refusals, filters, hostile text."""

from dataclasses import replace
from math import exp

import pytest

from index.answer import SAME_WORDS, group_same_words
from index.errors import FilterError
from index.filters import search_options
from index.question import MAX_QUESTION_CHARACTERS
from index.types import Answer, Hit, SearchOptions
from ingest.metadata import FileMetadata
from ingest.passages import split_passages
from ingest.types import SECTION_KINDS, Passage
from tests.fakes import index_of
from tests.plans import HUE, parsed

HUE_PLAN = parsed(HUE, "hue.txt", FileMetadata(place="Thừa Thiên Huế", short_title="Kế hoạch của Huế"))
VINH = HUE.replace("Thừa Thiên Huế", "Nghệ An").replace("Nhà hát Sông Hương", "Quảng trường Hồ Chí Minh")
VINH_PLAN = parsed(
    VINH.replace("112-KH", "35-KH"), "vinh.txt", FileMetadata(place="Nghệ An", short_title="Kế hoạch của Nghệ An")
)
INDEX = index_of([HUE_PLAN, VINH_PLAN])


def citations(answer: Answer) -> list[tuple[str, str, str]]:
    return [(c.label, c.document.source, c.passage.locator) for c in answer.citations]


def hit(text: str, doc_id: str, score: float) -> Hit:
    passage = Passage(f"{doc_id}:{score}", doc_id, 0, len(text), text, (), "Mục I", "content", None, None)
    return Hit(passage, score)


def test_words_that_two_plans_share_are_one_answer_with_a_citation_each() -> None:
    answer = INDEX.ask("truyền thống vẻ vang của Đảng trong các tầng lớp Nhân dân", SearchOptions(top=1))
    assert sorted(citations(answer)) == [("1a", "hue.txt", "Mục I.1"), ("1b", "vinh.txt", "Mục I.1")]
    wanted = "Tuyên truyền sâu rộng truyền thống vẻ vang của Đảng trong các tầng lớp Nhân dân."
    assert {c.passage.text for c in answer.citations} == {wanted}
    assert answer.text == f"“{wanted}” [1a]"
    assert answer.refusal is None
    assert answer.elapsed_ms > 0


def test_an_answer_of_one_plan_has_a_plain_label() -> None:
    answer = INDEX.ask("văn nghệ tại Nhà hát Sông Hương", SearchOptions(documents=("hue",)))
    assert citations(answer)[0] == ("1", "hue.txt", "Mục II.1")
    assert "Nhà hát Sông Hương" in answer.text


def test_groups_by_hand() -> None:
    shared = "một hai ba bốn năm sáu bảy tám chín mười"
    changed = "một hai ba bốn năm sáu bảy tám chín chục"  # 7 of 9 shingles in common: 7 / 9 > 0.6
    other = "không giống một chút nào với hai câu kia"
    hits = [
        hit(shared, "a", 0.9),
        hit(other, "b", 0.8),
        hit(changed, "b", 0.7),
        hit(shared, "a", 0.6),
        hit(shared, "c", 0.5),
    ]
    groups = [[(h.passage.doc_id, h.score) for h in group] for group in group_same_words(hits)]
    assert SAME_WORDS <= 7 / 9
    assert groups == [[("a", 0.9), ("b", 0.7), ("c", 0.5)], [("b", 0.8)], [("a", 0.6)]]
    assert group_same_words([]) == []
    assert len(group_same_words([hit("hai chữ", "a", 1), hit("hai chữ", "b", 1)])) == 2  # too short to tell


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("", "Câu hỏi đang trống."),
        (" \n\t ", "Câu hỏi đang trống."),
        ("\u200b\x00", "Câu hỏi đang trống."),
        ("xấu độc " * 1250, "Câu hỏi dài 9.999 ký tự, tối đa là 1.000."),
        ("🎉🎊👨\u200d👩\u200d👧", ""),
        ("?!… -- “”", ""),
    ],
)
def test_what_cannot_be_asked_is_refused_in_vietnamese(question: str, start: str) -> None:
    answer = INDEX.ask(question)
    assert (answer.refusal, answer.citations, answer.nearest) == ("invalid_question", (), ())
    assert answer.text.startswith(start)
    assert "Hãy" in answer.text


def test_the_longest_question() -> None:
    longest = "truyền thống vẻ vang của Đảng ".ljust(MAX_QUESTION_CHARACTERS, "a")
    assert INDEX.ask(longest).refusal != "invalid_question"
    assert INDEX.ask(longest + "a").refusal == "invalid_question"


def test_a_question_is_understood_on_one_line_in_composed_letters() -> None:
    answer = INDEX.ask("  Nha\u0300 ha\u0301t\n\tSông  Hương\x07 ")
    assert answer.question == "  Nha\u0300 ha\u0301t\n\tSông  Hương\x07 "
    assert answer.understood_as == "Nhà hát Sông Hương"


def test_refusals_say_why() -> None:
    assert index_of([]).ask("ai ký kế hoạch?").refusal == "no_documents"
    filtered = INDEX.ask("ai ký kế hoạch?", SearchOptions(kinds=("slogans",)))
    assert (filtered.refusal, filtered.nearest) == ("filtered_out", ())
    assert filtered.text.startswith("Không có đoạn nào trong phạm vi đã chọn.")


def test_what_no_plan_speaks_of_is_not_found_and_the_nearest_are_only_nearest() -> None:
    answer = INDEX.ask("cách làm bánh xèo")
    assert (answer.refusal, answer.citations) == ("not_found", ())
    assert answer.text.startswith("Không tìm thấy")
    for near in answer.nearest:
        assert near.document.text[near.passage.start : near.passage.end] == near.passage.text


@pytest.mark.parametrize(
    ("options", "sources", "kinds"),
    [
        (SearchOptions(documents=("vinh",)), {"vinh.txt"}, None),
        (SearchOptions(places=("Thừa Thiên Huế",)), {"hue.txt"}, None),
        (SearchOptions(kinds=("tasks", "recipients")), {"hue.txt", "vinh.txt"}, {"tasks", "recipients"}),
        (SearchOptions(documents=("vinh",), kinds=("signature",)), {"vinh.txt"}, {"signature"}),
    ],
)
def test_filters(options: SearchOptions, sources: set[str], kinds: set[str] | None) -> None:
    hits = INDEX.search("Sở Văn hóa và Thể thao gửi Thường trực Tỉnh ủy ký", options)
    assert {f"{found.passage.doc_id}.txt" for found in hits} == sources
    assert kinds is None or {found.passage.kind for found in hits} == kinds
    assert all(0 <= found.score <= 1 for found in hits)


def test_hits_come_best_first_within_their_ranges() -> None:
    hits = INDEX.search("mở chuyên mục từ ngày 20/01/2025 trên báo")
    assert hits[0].passage.locator == "Mục II.2"
    assert all(-1 <= (h.cosine or 0) <= 1.0001 and (h.bm25 or 0) >= 0 for h in hits)


def test_filters_as_people_type_them() -> None:
    assert search_options(INDEX, 3, ["HUE.txt", "35"], ["nghe an"], ["tasks"]) == SearchOptions(
        3, ("hue", "vinh"), ("Nghệ An",), ("tasks",)
    )
    assert search_options(INDEX, 5, ["112-KH/BTGTU"], [], []).documents == ("hue",)


@pytest.mark.parametrize(
    ("documents", "places", "kinds", "message"),
    [
        (["mưa"], [], [], "--document 'mưa': no such document; there are: hue.txt, vinh.txt"),
        ([" "], [], [], "--document ' ': no such document; there are: hue.txt, vinh.txt"),
        ([], ["Hà Nội"], [], "--place 'Hà Nội': no document of this place; there are: Nghệ An, Thừa Thiên Huế"),
        ([], [""], [], "--place '': no document of this place; there are: Nghệ An, Thừa Thiên Huế"),
        ([], [], ["việc"], f"--kind 'việc': no such kind; there are: {', '.join(SECTION_KINDS)}"),
    ],
)
def test_filters_that_mean_nothing(documents: list[str], places: list[str], kinds: list[str], message: str) -> None:
    with pytest.raises(FilterError) as caught:
        search_options(INDEX, 5, documents, places, kinds)
    assert str(caught.value) == message


def test_an_unknown_document_id_is_no_empty_result() -> None:
    with pytest.raises(FilterError, match="no document 'mưa'"):
        INDEX.ask("ai ký?", SearchOptions(documents=("mưa",)))


HOSTILE = '<script>alert("Huế")</script><img src=x onerror=alert(1)> & \' DROP TABLE passages;--'


def test_markup_in_question_and_document_goes_through_as_plain_text() -> None:
    plan = parsed(f"I. NỘI DUNG\n\n1. Tuyên truyền {HOSTILE} trên mạng xã hội.\n", "hostile.txt")
    answer = index_of([plan, HUE_PLAN]).ask(f"tuyên truyền {HOSTILE} trên mạng xã hội")
    assert answer.understood_as == answer.question
    assert answer.citations[0].passage.text == f"Tuyên truyền {HOSTILE} trên mạng xã hội."
    assert HOSTILE in answer.text


def test_an_index_of_one_passage_answers() -> None:
    (passage,) = [p for p in split_passages(HUE_PLAN) if p.locator == "Mục II.1"]
    answer = index_of([HUE_PLAN], [passage]).ask("Sở Văn hóa và Thể thao chủ trì tổ chức chương trình văn nghệ")
    assert citations(answer) == [("1", "hue.txt", "Mục II.1")]


def test_every_citation_of_every_answer_is_verbatim() -> None:
    for words in (line for line in HUE.split("\n") if len(line) > 20):
        answer = INDEX.ask(words)
        for citation in (*answer.citations, *answer.nearest):
            text = citation.document.text
            assert text[citation.passage.start : citation.passage.end] == citation.passage.text
            for quote in citation.quotes:
                at = citation.passage.start + quote.start
                assert text[at : at + len(quote.text)] == quote.text != ""


def test_an_answer_says_how_sure_it_is() -> None:
    known = INDEX.ask("văn nghệ tại Nhà hát Sông Hương")  # every word stands in a plan
    assert (known.refusal, known.confidence) == (None, pytest.approx(1 / (1 + exp(-3.4))))
    unknown = INDEX.ask("bánh xèo")  # none does
    assert (unknown.refusal, unknown.confidence) == ("not_found", pytest.approx(1 / (1 + exp(8 - 3.4))))
    missing = INDEX.ask("Nhà hát Sông Hương số điện thoại")
    assert missing.text == "Các văn bản hiện có không nêu số điện thoại."
    assert missing.confidence is not None
    for question in ("", "?!"):
        assert INDEX.ask(question).confidence is None
    assert INDEX.ask("ai ký?", SearchOptions(kinds=("slogans",))).confidence is None
    assert index_of([]).ask("ai ký?").confidence is None


def test_hits_have_their_late_interaction() -> None:
    words = "Sở Văn hóa và Thể thao chủ trì tổ chức chương trình văn nghệ tại Nhà hát Sông Hương"
    best, *others = INDEX.search(words)
    assert best.passage.locator == "Mục II.1"
    assert best.passage.doc_id == "hue"
    assert best.late == pytest.approx(1, abs=0.01)  # each word stands in it
    assert all(-1 <= (hit.late or 0) < (best.late or 0) for hit in others)


def test_names_and_abbreviations_are_understood() -> None:
    assert INDEX.ask("btgtu làm gì ở nhà hát sông hương?").understood_as == (
        "Ban Tuyên giáo Tỉnh ủy làm gì ở nhà hát Sông Hương?"
    )


def test_a_question_is_searched_as_it_was_typed_where_that_is_wished() -> None:
    typed = "  btgtu làm gì ở nhà hát  sông hương, đại hội 14?\n"
    options = SearchOptions(as_typed=True)
    answer = INDEX.ask(typed, options)
    assert (answer.question, answer.understood_as) == (typed, "btgtu làm gì ở nhà hát sông hương, đại hội 14?")
    assert INDEX.search("nhà hát sông hương", options)[0].passage.locator == "Mục II.1"


def test_an_answer_is_a_value() -> None:
    answer = INDEX.ask("ai ký kế hoạch?")
    assert replace(INDEX.ask("ai ký kế hoạch?"), elapsed_ms=answer.elapsed_ms) == answer
