"""Questions that name an article or a section by its number."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine import Index
from index.question import document_names
from index.search import Candidate, Weights, candidate_of, is_in_named_section, preference
from index.section_reference import Level, is_within, levels_named, section_path, spoken, with_words_of_levels
from index.types import Answer, SearchOptions
from ingest.metadata import FileMetadata
from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.types import Document, DocumentFacts, Passage
from tests.fakes import index_of, understood
from tests.plans import HUE, parsed

DECREE = Path(__file__).parents[1] / "documents" / "truth" / "2004-NghiDinh115_2003.txt"


def candidate(locator: str, headings: tuple[str, ...] = ()) -> Candidate:
    return candidate_of(Passage("p", "a", 0, 4, "Lời.", headings, locator, "other", None, None))


@pytest.mark.parametrize(
    ("question", "levels"),
    [
        ("điều 5 nghị định 115 nói gì", [("điều", "5")]),
        ("khoản 2 Điều 11 quy định ai phụ trách", [("khoản", "2"), ("điều", "11")]),
        ("điểm a khoản 1 điều 03", [("điểm", "a"), ("khoản", "1"), ("điều", "3")]),
        ("mục V.8 giao cho đơn vị nào", [("mục", "v", "8")]),
        ("IV.5 của quận phân công ra sao", [("", "iv", "5")]),
        ("điểm 2.3 phần II", [("điểm", "2", "3"), ("phần", "2")]),
        ("mục số 4 phần thứ hai", [("mục", "4"), ("phần", "2")]),
        ("nội dung 1.4 nói về gì", [("", "1", "4")]),
        ("Chương II có mấy điều", [("chương", "2")]),
        ("phụ lục I ghi những gì", [("phụ lục", "1")]),
        ("khoản 3 điều mười lăm, chương năm", [("khoản", "3"), ("điều", "15"), ("chương", "5")]),
        ("điểm 3c điều 5a", [("điểm", "3", "c"), ("điều", "5a")]),
        ("tiết 7.2.2", [("tiết", "7", "2", "2")]),
        ("phần năm 2025, một phần ba, mục một số việc", []),
        ("mục tiêu của kế hoạch là gì", []),
        ("điều kiện dự tuyển là gì", []),
        ("bao nhiêu phần trăm", []),
        ("quan điểm của Đảng", []),
        ("điều 18-NQ/TW", []),  # the number of a document
        ("khoản 5 triệu đồng lấy ở đâu, mục 12 tháng 2", []),  # a sum, a date
        ("kế hoạch năm 2025 có 2 phần", []),
        ("nội dung 35 là gì", []),
    ],
)
def test_the_sections_that_a_question_names(question: str, levels: list[tuple[str, ...]]) -> None:
    expected = tuple(Level(word, tuple(numbers)) for word, *numbers in levels)
    assert levels_named(question) == understood(question).section == expected


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("muc V.8 ke hoach can tho", "mục V.8 ke hoach can tho"),
        ("Diem a khoan 2 dieu 5", "điểm a khoản 2 điều 5"),
        ("phan ii muc so 3", "phần ii mục so 3"),
        ("k4 đ18 nghị định", "khoản 4 điều 18 nghị định"),
        ("đ.7 xếp ai trước, Đ 8", "điều 7 xếp ai trước, điều 8"),
        ("d18 k4 nghi dinh 115", "điều 18 khoản 4 nghi dinh 115"),
        ("lớp k4, thu 50 đ", "lớp k4, thu 50 đ"),
        ("đ18/QĐ", "đ18/QĐ"),
        ("muc 5 trieu dong, muc tieu, dieu kien", "muc 5 trieu dong, muc tieu, dieu kien"),
        ("mức 2, dieu 18-NQ/TW", "mức 2, dieu 18-NQ/TW"),
    ],
)
def test_the_words_of_levels_get_their_marks(typed: str, marked: str) -> None:
    assert with_words_of_levels(typed) == marked


@pytest.mark.parametrize(
    ("question", "locator", "is_meant"),
    [
        ("khoản 2 điều 5", "Điều 5 khoản 2 điểm a", True),
        ("khoản 2 điều 5", "Điều 5 khoản 2", True),
        ("khoản 2 điều 5", "Điều 15 khoản 2", False),
        ("khoản 2 điều 5", "Điều 5 khoản 1", False),
        ("khoản 2 điều 5", "Điều 52 khoản 2", False),
        ("khoản 2 điều 5", "Điều 5", False),  # the article is more than its clause
        ("điều 5", "Mục II.5", False),
        ("mục V.8", "Mục V.8", True),
        ("mục V.8", "Mục V.8, gạch đầu dòng thứ 2", True),
        ("mục V.8", "Mục V.8.1 (2)", True),
        ("mục V.8", "Mục IV.8", False),
        ("mục V.8", "Mục V.18", False),
        ("mục V", "Mục V.8", True),
        ("mục V", "Nơi nhận", False),
        ("mục 1.4", "Mục II.1.4", True),  # the number of the part may be left out
        ("mục 1.4", "Mục 1.4", True),
        ("mục 4", "Mục II.4", True),
        ("mục 4", "Mục II.1.4", False),
        ("điểm 2.3 phần II", "Mục II.2.3", True),
        ("điểm 2.3 phần II", "Mục III.2.3", False),
        ("phần 2 mục 2 điểm 3", "Mục II.2.3", True),
        ("mục II.2 điểm 2.3", "Mục II.2.3", True),
        ("khoản 3 phần III", "Mục III.3", True),
        ("mục 2 điều 5", "Điều 5 khoản 2", True),  # in articles the level has another word
        ("điểm 2c điều 5", "Điều 5 khoản 2 điểm c", True),
        ("điểm 2c điều 5", "Điều 5 khoản 1 điểm c", False),
        ("mục 2 (phụ lục 1)", "Phụ lục I, Mục 2", True),
        ("mục 2 phụ lục 2", "Phụ lục I, Mục 2", False),
    ],
)
def test_a_passage_in_the_section_that_is_named(question: str, locator: str, is_meant: bool) -> None:
    assert is_within(section_path(locator, ()), levels_named(question)) is is_meant
    assert is_in_named_section(understood(question), candidate(locator)) is is_meant
    weights = Weights(section=8.0, section_asked=16.0)
    assert preference(understood(question), candidate(locator), weights) == (24.0 if is_meant else 0.0)
    unsure = understood(f"{question} băng rôn treo ở đâu")
    assert preference(unsure, candidate(locator), weights) == (8.0 if is_meant else 0.0)


def test_every_passage_stands_in_the_section_that_its_own_citation_names(corpus_documents: list[Document]) -> None:
    read = [*corpus_documents, *map(read_document, sorted(DECREE.parent.glob("*.txt")))]
    passages = [passage for document in read for passage in split_passages(document)]
    paths = [(one.locator, section_path(one.locator, one.heading_path)) for one in passages]
    numbered = [(locator, path) for locator, path in paths if path.named or path.numbers]
    assert len(numbered) > 600
    assert [locator for locator, path in numbered if not levels_named(locator)] == []
    assert [locator for locator, path in numbered if not is_within(path, levels_named(locator))] == []


@given(
    st.lists(
        st.sampled_from([*"điều khoản điểm mục phần thứ số mười một năm IV V.8 3c 2.3 0 ivx ( ) đ k".split(), "x"])
    )
)
def test_any_words_can_name_a_section(words: list[str]) -> None:
    question = " ".join(words)
    written = with_words_of_levels(question)
    assert with_words_of_levels(written) == written
    levels = levels_named(written)
    assert all(level.numbers and all(level.numbers) for level in levels)
    assert is_within(section_path(question, words), levels) in (True, False)
    assert spoken(levels).count(" ") >= len(levels) - 1


@pytest.mark.parametrize(
    ("question", "is_meant"),
    [("chương 2", True), ("Chương II điều 6", True), ("chương 3", False), ("phần 2", False), ("mục 1 chương II", True)],
)
def test_a_chapter_stands_in_the_headings(question: str, is_meant: bool) -> None:
    headings = ("Chương II Tuyển dụng và sử dụng", "Mục 1. Thi tuyển", "Điều 6. Ưu tiên")
    assert is_in_named_section(understood(question), candidate("Điều 6 khoản 2", headings)) is is_meant


def test_a_question_without_a_number_names_no_section() -> None:
    assert not is_in_named_section(understood("ai ký kế hoạch"), candidate("Điều 5"))


@pytest.mark.parametrize("number", [4, 20, 30])
def test_the_article_that_is_named_comes_first_among_many(number: int) -> None:
    index = index_of([read_document(DECREE)])
    locator = index.search(f"điều {number} nói gì")[0].passage.locator
    assert locator == f"Điều {number}" or locator.startswith(f"Điều {number} ")


@pytest.mark.parametrize("question", ["mục II.2 kế hoạch Huế nói gì", "muc ii.2 ke hoach hue noi gi"])
def test_the_section_of_a_document_that_is_named_is_what_is_asked_for(question: str) -> None:
    vinh = HUE.replace("HUẾ", "VINH").replace("Huế", "Vinh").replace("35-KH", "36-KH")
    hue_facts, vinh_facts = FileMetadata(place="Huế"), FileMetadata(place="Vinh")
    index = index_of([parsed(HUE, "hue.txt", hue_facts), parsed(vinh, "vinh.txt", vinh_facts)])
    answer = index.ask(question)
    first = answer.citations[0]
    assert (answer.refusal, answer.confidence) == (None, 1.0)
    assert (first.document.source, first.passage.locator) == ("hue.txt", "Mục II.2")


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("mục II.2 bên chuyện thành lập Đảng", ("hue",)),  # words of one title alone
        ("mục II.2 bên chuyện ra quân đầu xuân", ("vinh",)),
        ("mục II.2 của 45 năm", ("vinh",)),
        ("mục II.2 của ngày lễ", ()),
        ("thành lập Đảng", ()),  # no section is named
    ],
)
def test_a_section_is_meant_of_the_document_whose_title_has_the_words(
    question: str, documents: tuple[str, ...]
) -> None:
    facts = DocumentFacts("", "")
    known = [
        replace(parsed(text), doc_id=doc_id, text=text, facts=replace(facts, title=text))
        for doc_id, text in (
            ("hue", "Kế hoạch tuyên truyền ngày lễ thành lập Đảng"),
            ("vinh", "Kế hoạch tuyên truyền ngày lễ ra quân đầu xuân, 45 năm"),
        )
    ]
    assert understood(question, document_names(known)).section_documents == documents


@pytest.fixture(scope="module")
def plans(corpus_documents: list[Document]) -> Index:
    return index_of(corpus_documents)


def shown(answer: Answer) -> list[str]:
    return [f"{citation.document.facts.place}: {citation.passage.locator}" for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("mục V.8", ["Cần Thơ: Mục V.8"]),
        ("V.8 giao việc gì", ["Cần Thơ: Mục V.8"]),
        ("mục III nam từ liêm nói gì", [f"Nam Từ Liêm, Hà Nội: Mục III.{below}" for below in ("1", "2", "2.1")]),
        ("mục II.4 ai làm", ["Phan Rang - Tháp Chàm: Mục II.4, gạch đầu dòng thứ 1"]),  # II.4 of others names no unit
    ],
)
def test_a_section_that_is_looked_up_is_shown_alone_in_its_order(
    plans: Index, question: str, places: list[str]
) -> None:
    answer = plans.ask(question)
    assert answer.refusal is None
    assert shown(answer)[: len(places)] == places
    assert len(places) == 3 or len(answer.citations) == len(places)


def test_a_section_that_is_looked_up_in_several_plans_is_shown_of_each(plans: Index) -> None:
    found = shown(plans.ask("mục I.2 nói gì", SearchOptions(top=20)))
    assert {place.split(":")[0] for place in found[:4]} >= {"Cần Thơ", "Nam Từ Liêm, Hà Nội", "Vũng Tàu"}
    assert all(": Mục I.2" in place for place in found)


def test_what_is_looked_up_begins_with_its_first_words(plans: Index) -> None:
    answer = plans.ask("mục V.8 kế hoạch Cần Thơ giao việc gì")
    text, passage = answer.text, answer.citations[0].passage
    assert [quote.text for quote in answer.citations[0].quotes] == [passage.text]
    assert text.startswith("“Ban Chỉ đạo 35 các cấp thành phố phối hợp với các cơ quan, đơn vị liên quan")
    assert text.endswith("…” [1]")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("mục V.12 nói gì", "mục V.12"),
        ("V.12?", "mục V.12"),
        ("mục v.12 kế hoạch cần thơ nói gì", "mục V.12 của {title}"),
        ("cho xem khoản 2 điều 7", "khoản 2 điều 7"),
        ("phụ lục 1 có gì", "phụ lục 1"),
    ],
)
def test_a_section_that_no_document_has_is_said_to_be_missing(plans: Index, question: str, missing: str) -> None:
    title = next(one.facts.short_title for one in plans.documents() if one.facts.place == "Cần Thơ")
    answer = plans.ask(question)
    assert answer.refusal == "not_found"
    assert answer.text == f"Các văn bản hiện có không nêu {missing.format(title=title)}."


def test_an_article_that_a_decree_speaks_of_and_does_not_have_is_searched() -> None:
    text = (DECREE.parent / "2006-19412_QD115.04TTg_BLTch_DNNVV.txt").read_text("utf-8")
    assert "Điều 13" in text
    index = index_of([read_document(DECREE.parent / "2006-19412_QD115.04TTg_BLTch_DNNVV.txt")])
    assert "không nêu điều 13" not in index.ask("điều 13 nói gì").text


@pytest.mark.parametrize("as_typed", [False, True])
@pytest.mark.parametrize("by_place", [False, True])
def test_the_document_that_is_searched_alone_is_meant(plans: Index, by_place: bool, as_typed: bool) -> None:
    vung_tau = next(one.doc_id for one in plans.documents() if one.facts.place == "Vũng Tàu")
    options = SearchOptions(places=("Vũng Tàu",)) if by_place else SearchOptions(documents=(vung_tau,))
    options = replace(options, as_typed=as_typed)
    assert shown(plans.ask("mục III.2 dùng tài liệu gì để tuyên truyền", options))[0] == "Vũng Tàu: Mục III.2"
    xyz = plans.ask("mục III.2 xyz zzz", options)  # what no plan says would be refused of any other section
    assert (xyz.refusal, xyz.confidence) == (None, 1.0)
    assert plans.ask("mục V.8 nói gì", options).refusal == "not_found"


def test_a_section_of_a_document_that_the_library_does_not_have_is_refused_as_before() -> None:
    index = index_of([parsed(HUE)])
    assert index.ask("điều 5 bộ luật lao động quy định nghỉ phép thế nào").refusal == "not_found"
