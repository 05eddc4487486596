"""The few words that answer, taken verbatim from the passages of citations."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from index.late_interaction import TokenMatches
from index.question import DocumentNames
from index.quotes import Asked
from index.short_answer import ShortAnswer, short_answers
from index.types import Citation, Quote
from ingest.metadata import FileMetadata
from ingest.parse import parse_document
from ingest.passages import split_passages
from ingest.readers.pages import Pages
from ingest.types import Document, Passage
from tests.fakes import understood
from tests.plans import HUE, parsed

DEADLINE = "Xây dựng kế hoạch cụ thể, hoàn thành và gửi về Ban Thường vụ Thành ủy **trước ngày 30/12/2024**."
PRICES = (
    "đẩy mạnh giải ngân vốn đầu tư công (tại Công điện số 115/CĐ-TTg ngày 7/11/2024); "
    "công tác điều hành giá những tháng còn lại (tại Thông báo số 511/TB-VPCP của Văn phòng Chính phủ)"
)
COUNTRIES = "Việt Nam đã thiết lập quan hệ ngoại giao với 193 quốc gia, là thành viên của trên 70 tổ chức khu vực."
BASIS = "Thực hiện Kế hoạch số 357-KH/BTGTU ngày 20/11/2024, Hướng dẫn số 173-HD/BTGTW, Kế hoạch số 357-KH/BTGTU."
TWO = "Quyết định số 238-QĐ/TW ngày 20/9/2020, Quyết định số 130-QĐ/TU ngày 30/12/2020"


def alike(_term: str) -> float:
    return 1.0


def citation(text: str, label: str = "1", score: float = 1.0) -> Citation:
    document = parse_document(Pages((text,), is_paged=False), "a.txt", "0", FileMetadata())
    passage = Passage("a:0", "a", 0, len(text), text, (), "Đoạn 1", "other", None, None)
    return Citation(label, document, passage, (Quote(0, len(text), text),), score)


def asked(
    question: str,
    citations: Sequence[Citation],
    weight_of: Callable[[str], float] = alike,
    names: Iterable[DocumentNames] = (),
    cosines: Sequence[float] = (),
) -> tuple[ShortAnswer, ...]:
    """Ask a question of one token; `cosines` are those of words of the first citation, each of one token."""
    read = understood(question, names)
    places = [match.start() for match in re.finditer(r"\S+", citations[0].passage.text)] if cosines else []
    matches = TokenMatches(np.array(cosines, np.float32).reshape(-1, 1), np.array(places, np.int32))
    known = {citations[0].passage.passage_id: matches} if cosines else {}
    return short_answers(read, citations, Asked(read.terms, weight_of, lambda passage: known.get(passage.passage_id)))


def words(question: str, *cited: Citation | str) -> list[str]:
    citations = [citation(c) if isinstance(c, str) else c for c in cited]
    return [found.words for found in asked(question, citations)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("hạn gửi kế hoạch là ngày nào?", DEADLINE, "trước ngày 30/12/2024"),
        ("bao giờ giao ban báo chí?", "Giao ban báo chí hằng tuần.", "hằng tuần"),
        ("bao giờ giao ban báo chí?", "Giao ban báo chí từ tháng 3/2025.", "từ tháng 3/2025"),
        ("bao giờ tổng kết?", "Tổng kết vào cuối năm 2025.", "vào cuối năm 2025"),
        ("giai đoạn nào phải xong?", "Phải xong trong giai đoạn 2021 - 2025.", "trong giai đoạn 2021 - 2025"),
        ("bao giờ họp?", "Họp ngày 5 tháng 2 năm 2025.", "ngày 5 tháng 2 năm 2025"),
        ("bao giờ tổng kết?", "Tổng kết quý IV năm 2025.", "quý IV năm 2025"),
    ],
)
def test_a_date(question: str, text: str, expected: str) -> None:
    assert words(question, text) == [expected]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("bao nhiêu quốc gia có quan hệ ngoại giao?", COUNTRIES, "193 quốc gia"),
        ("bao nhiêu tổ chức khu vực?", COUNTRIES, "70 tổ chức khu vực"),
        ("bao nhiêu tổ chức?", COUNTRIES, "70 tổ chức khu vực"),
        ("tăng trưởng bao nhiêu?", "Tăng trưởng đạt 7,5% trong năm.", "7,5%"),
        (
            "kỷ niệm bao nhiêu năm Vesak?",
            "Kỷ niệm 25 năm Đại lễ Vesak, Vesak 2025 do ta tổ chức.",
            "25 năm Đại lễ Vesak",
        ),
        ("có bao nhiêu công tác?", "Có 03 công tác trọng tâm sau đây.", "03 công tác trọng tâm"),
        ("mở bao nhiêu lớp tập huấn?", "Mở 12 lớp bồi dưỡng, tập huấn.", "12 lớp bồi dưỡng"),
        ("tập huấn bao nhiêu lớp?", "Mở 1.250 lớp bồi dưỡng tập huấn cho đảng viên.", "1.250 lớp bồi dưỡng tập huấn"),
        ("hội nghị lần thứ mấy?", "Hội nghị lần thứ mười của Trung ương bàn 3 việc.", "lần thứ mười"),
        ("hội nghị lần thứ mấy?", "Hội nghị Trung ương lần thứ 10.", "lần thứ 10"),
        ("đại hội lần thứ mấy?", "Tiến tới Đại hội đại biểu toàn quốc lần thứ XIV của Đảng.", "lần thứ XIV"),
        ("Ban Chấp hành Trung ương khóa mấy?", "Hội nghị Ban Chấp hành Trung ương khóa XIII họp.", "khóa XIII"),
        ("kỳ họp thứ mấy?", "Kỳ họp thứ 8 Quốc hội khóa XV.", "Kỳ họp thứ 8"),
        ("Quốc hội khóa mấy?", "Kỳ họp thứ 8 Quốc hội khóa XV.", "khóa XV"),
        ("kỷ niệm ngày Nhà giáo lần thứ mấy?", "Kỷ niệm 42 năm ngày Nhà giáo.", "42 năm ngày Nhà giáo"),
        ("quan hệ với bao nhiêu nước?", "Quan hệ với 193 quốc gia, thành viên 70 tổ chức.", "193 quốc gia"),
    ],
)
def test_a_number_with_what_is_counted(question: str, text: str, expected: str) -> None:
    assert words(question, text) == [expected]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("điều hành giá theo thông báo nào?", PRICES, "Thông báo số 511/TB-VPCP"),
        ("giải ngân vốn thì theo công điện nào?", PRICES, "Công điện số 115/CĐ-TTg ngày 7/11/2024"),
        ("giải ngân vốn theo văn bản nào?", PRICES, "Công điện số 115/CĐ-TTg ngày 7/11/2024"),
        ("thực hiện hướng dẫn số mấy?", BASIS, "Hướng dẫn số 173-HD/BTGTW"),
        ("thực hiện kế hoạch nào?", BASIS, "Kế hoạch số 357-KH/BTGTU ngày 20/11/2024"),
    ],
)
def test_a_document_of_the_type_that_is_asked_for(question: str, text: str, expected: str) -> None:
    assert words(question, text)[0] == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("ai phát biểu?", "Bài phát biểu của Tổng Bí thư Tô Lâm về chống lãng phí.", ["Tổng Bí thư Tô Lâm"]),
        ("ai phát biểu?", "Phát biểu của đồng chí Bùi Văn Phú, Phó Bí thư.", ["đồng chí Bùi Văn Phú"]),
        ("ai thăm Chile?", "Chủ tịch nước Lương Cường thăm Chile.", ["Chủ tịch nước Lương Cường"]),
        (
            "ai ký công điện?",
            "Thủ tướng Chính phủ Phạm Minh Chính ký công điện.",
            ["Thủ tướng Chính phủ Phạm Minh Chính"],
        ),
        # An office is no name.
        ("ai phát biểu?", "Phát biểu của Bí thư Thành ủy về tổ chức bộ máy.", []),
        ("ai phát biểu?", "Phát biểu của Giám đốc Sở Văn hóa và Thể thao.", []),
        ("ai phát biểu?", "Phát biểu của Bộ trưởng Bộ Công an và Chủ tịch Ủy Ban Nhân dân.", []),
        ("ai phát biểu?", "Phát biểu của ông Lâm về chống lãng phí.", []),
        ("ai phát biểu?", "Phát biểu của lãnh đạo thành phố.", []),
    ],
)
def test_a_person_with_title_and_name(question: str, text: str, expected: list[str]) -> None:
    assert words(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("gửi kế hoạch cho bao nhiêu xã?", DEADLINE),  # the date counts nothing
        ("khẩu hiệu nào?", DEADLINE),  # no short form
        ("bao giờ treo pano?", DEADLINE),  # its clause holds no word of the question
        ("bao giờ gửi kế hoạch?", "Gửi kế hoạch trước năm học mới."),
        ("bao giờ gửi kế hoạch?", "Gửi kế hoạch.\nNgày 30/12/2024: họp."),  # another clause
        ("ngày 30/12/2024 gửi kế hoạch là ngày nào?", DEADLINE),  # the question says it itself
    ],
)
def test_where_nothing_answers_there_is_no_short_answer(question: str, text: str) -> None:
    assert words(question, text) == []


def test_what_the_question_says_itself_is_no_answer() -> None:
    text = "Nghị quyết số 18-NQ/TW ngày 25/10/2017"
    assert words("nghị quyết 18 ký ngày nào?", text) == ["ngày 25/10/2017"]
    assert words("ngày 25/10/2017 ban hành nghị quyết nào?", text) == []


def test_a_number_of_the_question_must_stand_in_the_passage() -> None:
    assert words("quyết định 130 ký ngày nào?", TWO) == ["ngày 30/12/2020"]
    assert words("quyết định 238 ký ngày nào?", TWO) == ["ngày 20/9/2020"]
    assert words("quyết định 99 ký ngày nào?", TWO) == []


def test_an_ordinal_of_something_else_is_no_answer() -> None:
    text = "Tỉnh ủy hướng dẫn tuyên truyền đến Đại hội đại biểu toàn quốc lần thứ XIV."
    assert words("Đại hội Đảng bộ thành phố Huế sắp tới lần thứ mấy?", text) == []


def test_two_that_differ_and_are_equally_good_give_none() -> None:
    # "193 quốc gia" stands 5 characters from "thành viên", "70 tổ chức" 6: 0.002 is no difference.
    assert words("là thành viên của bao nhiêu khối?", COUNTRIES) == []
    other = DEADLINE.replace("30/12/2024", "15/01/2025")
    question = "hạn gửi kế hoạch là ngày nào?"
    assert words(question, citation(DEADLINE), citation(other, "2")) == []
    assert words(question, citation(DEADLINE), citation(other, "2", 0.97)) == []  # 0.03 less is as sure
    assert words(question, citation(DEADLINE), citation(other, "2", 0.95)) == ["trước ngày 30/12/2024"]
    same = COUNTRIES.replace("quốc gia", "Quốc gia")  # capitals do not make it another
    found = asked("bao nhiêu quốc gia?", [citation(COUNTRIES), citation(same, "2")])
    assert found == (ShortAnswer("193 quốc gia", "1"),)


def test_a_citation_nearly_as_good_wins_with_the_better_clause() -> None:
    vague = citation("Kế hoạch ban hành ngày 01/01/2024.")
    question = "gửi kế hoạch về Ban Thường vụ trước ngày nào?"
    # Of gửi, kế, hoạch, thường, vụ, ban, trước, ngày the vague one holds 4, the other all 8: half more than its score.
    assert words(question, vague, citation(DEADLINE, "2", 0.9)) == ["trước ngày 30/12/2024"]
    assert words(question, vague, citation(DEADLINE, "2", 0.89)) == ["ngày 01/01/2024"]  # not nearly as good


THIRD, FOURTH = "Chỉ thị số 42/CT-TTg", "Quyết định số 238-QĐ/TW"


def test_several_documents_answer_in_order_each_once() -> None:
    question = "thực hiện văn bản nào?"
    assert words(question, f"Thực hiện {THIRD}; thực hiện {THIRD}; thực hiện {FOURTH}.") == [THIRD, FOURTH]
    named = (THIRD, FOURTH, "Kết luận số 127-KL/TW", "Kế hoạch số 303-KH/TU")
    assert words(question, "; ".join(f"thực hiện {one}" for one in named)) == list(named[:3])
    far = f"Thực hiện {THIRD} của Thủ tướng Chính phủ, {FOURTH}."  # 47 characters farther from "thực hiện": 0.094
    assert words(question, far) == [THIRD]
    both = [citation(f"Thực hiện {THIRD}.", "1a"), citation(f"Thực hiện {FOURTH}.", "2", 0.98)]
    found = asked(question, both)
    assert found == (ShortAnswer(THIRD, "1a"), ShortAnswer(FOURTH, "2"))


def test_words_count_by_their_weight() -> None:
    two = [citation(f"Thực hiện {THIRD}."), citation(f"Tổng kết theo {FOURTH}.", "2")]
    for heavy, expected in (("hien", THIRD), ("ket", FOURTH)):
        found = asked("thực hiện tổng kết văn bản nào?", two, lambda t, h=heavy: float(t == h))
        assert [one.words for one in found] == [expected]


TWO_DAYS = "Bế mạc ngày 9/5/2025; khai mạc ngày 3/5/2025"  # four words each


@pytest.mark.parametrize(
    ("cosines", "expected"),
    [
        ((0.2, 0.1, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1), ["ngày 9/5/2025"]),
        ((0.1, 0.1, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1), ["ngày 3/5/2025"]),
        ((), []),  # the question has no word in common with either
    ],
)
def test_the_clause_wins_that_is_most_like_the_question(cosines: tuple[float, ...], expected: list[str]) -> None:
    found = asked("lễ mở màn hôm nào?", [citation(TWO_DAYS)], cosines=cosines)
    assert [one.words for one in found] == expected


def test_a_clause_unlike_the_question_does_not_answer_without_its_words() -> None:
    cosines = (0.1, 0.1, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1)
    assert asked("lễ mở màn hôm nào?", [citation("Bế mạc ngày 9/5/2025; khai mạc hội nghị")], cosines=cosines) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("bao giờ nộp báo cáo về Thành ủy?", []),  # the date is the plan's
        ("kế hoạch của Thành ủy ra ngày nào?", ["ngày 05/3/2025"]),
    ],
)
def test_the_date_of_a_document_does_not_say_when_something_else_happens(question: str, expected: list[str]) -> None:
    assert words(question, "Báo cáo theo Kế hoạch số 303-KH/TU ngày 05/3/2025 của Thành ủy.") == expected


def test_another_document_than_the_one_that_is_named_does_not_answer() -> None:
    other = citation("Gửi kế hoạch trước ngày 30/12/2024.", "2")
    other = replace(other, document=replace(other.document, doc_id="b"))
    both = [citation("Gửi kế hoạch về Thành ủy."), other]
    assert [one.words for one in asked("hạn gửi kế hoạch là ngày nào", both)] == ["trước ngày 30/12/2024"]
    assert asked("hạn gửi kế hoạch của Huế là ngày nào", both, names=[DocumentNames("a", ("hue",))]) == ()


def test_the_number_that_names_the_document_is_not_asked_of_its_passages() -> None:
    question = "kế hoạch 112 tổng kết bao giờ"
    text = "Tổng kết vào cuối năm 2025."
    document = replace(citation(text).document, facts=replace(citation(text).document.facts, number="112-KH/BTGTU"))
    cited = [replace(citation(text), document=document)]
    assert asked(question, cited) == ()
    named = asked(question, cited, names=[DocumentNames(document.doc_id, ("ke hoach 112",))])
    assert [one.words for one in named] == ["vào cuối năm 2025"]


HUE_PLAN = parsed(HUE, "hue.txt", FileMetadata(place="Thừa Thiên Huế"))
NAMES = [DocumentNames("hue", ("hue",)), DocumentNames("vinh", ("vinh",))]


def of_plan(document: Document, *kinds: str) -> list[Citation]:
    passages = [p for p in split_passages(document) if p.kind in kinds]
    return [Citation(str(n), document, p, (Quote(0, 1, p.text[0]),), 1.0) for n, p in enumerate(passages, start=1)]


@pytest.mark.parametrize(
    ("question", "kinds", "expected"),
    [
        ("kế hoạch Huế ký ngày nào?", ("header",), ["ngày 5 tháng 2 năm 2025"]),
        ("kế hoạch của Huế ban hành bao giờ?", ("tasks", "header"), ["ngày 5 tháng 2 năm 2025"]),
        ("văn bản Huế đánh số bao nhiêu?", ("header",), ["Số 112-KH/BTGTU"]),
        ("kế hoạch số mấy của Huế?", ("header", "basis"), ["Số 112-KH/BTGTU"]),
    ],
)
def test_the_own_date_and_number_of_a_document_that_is_named(
    question: str, kinds: Sequence[str], expected: list[str]
) -> None:
    cited = of_plan(HUE_PLAN, *kinds)
    assert [one.words for one in asked(question, cited, names=NAMES)] == expected


def test_the_own_date_of_no_document_or_of_two_is_not_known() -> None:
    header = of_plan(HUE_PLAN, "header")
    for question in ("kế hoạch Huế và Vinh ký ngày nào?", "kế hoạch Vinh ký ngày nào?"):
        found = asked(question, header, lambda _: 0.0, NAMES)
        assert found == ()
    undated = parsed(HUE.replace("Huế, ngày 5 tháng 2 năm 2025", "Huế"), "hue.txt")
    found = asked("kế hoạch Huế ký ngày nào?", of_plan(undated, "header"), names=NAMES)
    assert found == ()
