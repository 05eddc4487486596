"""Answers as Word files: what Word and our own reader find in them."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import read_pages
from ingest.reading import one_line
from tests.ui.fake_engine import ANSWERS, CUT, DOCUMENTS, HOPELESS, HOSTILE, SIGNED, WHERE, WHO
from tests.ui.kept import citation, record, turn
from ui.record import CitationRecord
from ui.turn import Turn
from ui.word_file import answer_file, conversation_file

MADE = datetime(2026, 2, 28, 18, 5, tzinfo=UTC)
TITLE = (
    "Kế hoạch tuyên truyền một số nội dung trọng tâm của Hội nghị Ban Chấp hành Trung ương Đảng khóa XIII "
    "ngày 25/11/2024"
)
REST = (
    " trên các trục đường chính, trụ sở làm việc của các cơ quan, tổ chức; tuyên truyền thông qua các hoạt động "
    "văn hóa - văn nghệ."
)
TEXTS = {document.doc_id: document.text for document in DOCUMENTS}


def opened(content: bytes) -> WordDocument:
    """Open a file as Word does."""
    return docx.Document(io.BytesIO(content))


def lines(content: bytes) -> list[str]:
    """Give the paragraphs of a file."""
    return [paragraph.text for paragraph in opened(content).paragraphs]


def read_back(content: bytes, folder: Path) -> str:
    """Give the text that our own reader finds in a file."""
    path = folder / "tra-loi.docx"
    path.write_bytes(content)
    return "\n".join(read_pages(path).texts)


def highlighted(content: bytes) -> list[str]:
    """Give the marked words of a file."""
    runs = [run for paragraph in opened(content).paragraphs for run in paragraph.runs]
    return [run.text for run in runs if run.font.highlight_color is not None]


def stored(cited: CitationRecord, start: int, end: int) -> str:
    """Give a span of the document that a citation comes from."""
    return TEXTS[cited.doc_id][start:end]


def test_a_file_has_question_answer_quotes_and_sources() -> None:
    passage = "3. Tuyên truyền, cổ động trên các phương tiện trực quan: {}, khẩu hiệu, pano, áp phích" + REST
    assert lines(answer_file(turn(WHERE), MADE)) == [
        "TRẢ LỜI CÂU HỎI",
        "Hỏi đáp kế hoạch, lập lúc 01 giờ 05 phút, ngày 01 tháng 3 năm 2026",
        "Câu hỏi: dùng pano, áp phích ở những đâu?",
        "Trả lời: trên các trục đường chính, trụ sở làm việc của các cơ quan, tổ chức [1]",
        passage.format("băng-rôn"),
        f"[1a] Mục III.3, {TITLE} của Thành ủy Cần Thơ, năm 2024.",
        passage.format("băng - rôn"),
        f"[1b] Mục III.3, Kế hoạch số 347-KH/TU ngày 17/12/2024 của Thành ủy Phan Rang - Tháp Chàm – {TITLE}.",
        "Các đoạn trích là nguyên văn trong văn bản; phần tô màu là chỗ được chọn để trả lời câu hỏi. "
        "Số trong ngoặc vuông là số của đoạn trích.",
    ]


@pytest.mark.parametrize("question", [WHO, WHERE, CUT, SIGNED, HOPELESS])
def test_our_own_reader_finds_every_passage_and_every_quote_as_stored(question: str, tmp_path: Path) -> None:
    answer = record(question)
    found = one_line(read_back(answer_file(turn(question), MADE), tmp_path))
    for cited in (*answer.citations, *answer.nearest):
        assert one_line(stored(cited, cited.start, cited.end)) in found
        for quote in cited.quotes:
            assert one_line(stored(cited, quote.start, quote.end)) in found


def test_the_marked_words_are_the_stored_quotes() -> None:
    assert highlighted(answer_file(turn(WHO), MADE)) == [
        stored(cited, quote.start, quote.end) for cited in record(WHO).citations for quote in cited.quotes
    ]
    assert highlighted(answer_file(turn(SIGNED), MADE)) == ["PHÓ BÍ THƯ", "Bùi Văn Phú"]
    assert highlighted(answer_file(turn(CUT), MADE)) == []


def test_documents_that_say_the_same_word_for_word_share_one_quote() -> None:
    first = citation(WHERE)
    second = citation(WHERE, 1, text=first.text, start=first.start, end=first.end, quotes=first.quotes)
    shared = turn(WHERE, record=record(WHERE, citations=(first, second)))
    texts = lines(answer_file(shared, MADE))
    assert len([text for text in texts if text.startswith("3. Tuyên truyền")]) == 1
    assert [text[:5] for text in texts if text.startswith("[")] == ["[1a] ", "[1b] "]


def test_a_refusal_is_told_as_it_is() -> None:
    texts = lines(answer_file(turn(HOPELESS), MADE))
    assert texts[2:5] == [
        "Câu hỏi: cách làm bánh xèo",
        "Trả lời: Không có đoạn nào trong 2 văn bản nói về điều này.",
        "Có thể liên quan (không phải câu trả lời):",
    ]
    assert texts[-1].startswith("[1] Mục III.3")  # nothing here answers, so nothing is said of marked words


def test_a_conversation_has_its_turns_in_order_with_what_went_wrong() -> None:
    turns = [
        turn(WHO, number=1),
        turn(SIGNED, number=2, about="thông tin xấu độc"),
        Turn(3, " ", None, "Máy chủ gặp trục trặc."),
    ]
    texts = lines(conversation_file("Đấu tranh trên mạng", turns, MADE))
    assert texts[0] == "HỎI ĐÁP: Đấu tranh trên mạng"
    assert [text for text in texts if text.startswith("Câu hỏi")] == [
        "Câu hỏi 1: ai chịu trách nhiệm đấu tranh thông tin xấu độc?",
        "Câu hỏi 2: ai ky ke hoach cua Phan Rang",
        "Câu hỏi 3: (câu hỏi trống)",
    ]
    at = texts.index("Câu hỏi 2: ai ky ke hoach cua Phan Rang")
    assert texts[at + 1 : at + 3] == [
        "Hỏi tiếp câu: thông tin xấu độc",
        "Hiểu câu hỏi là: ai ký kế hoạch của Phan Rang",
    ]
    assert texts[-2] == "Máy chủ gặp trục trặc."


def test_a_conversation_that_is_not_whole_says_where_it_begins() -> None:
    texts = lines(conversation_file("dài", [turn(WHO, number=41)], MADE))
    assert "Tệp này có các câu hỏi từ số 41; các câu trước đó không có ở đây." in texts


def test_page_letters_and_language_are_those_of_vietnamese_offices() -> None:
    document = opened(answer_file(turn(WHO), MADE))
    section = document.sections[0]
    lengths = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    ]
    assert [round(length.mm) for length in lengths if length is not None] == [210, 297, 20, 20, 30, 20]
    for paragraph in document.paragraphs:
        assert paragraph.style is not None
        assert paragraph.style.font.name == "Times New Roman"
        assert paragraph.style.font.size in (Pt(12), Pt(13), Pt(14))
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    fields = section.footer.paragraphs[0]._p.findall(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE"]


def test_the_properties_name_the_question_and_no_program() -> None:
    properties = opened(answer_file(turn(WHO, question="ai lo?" + " dài" * 200), MADE)).core_properties
    assert properties.title.startswith("ai lo? dài")
    assert len(properties.title) == 255
    assert (properties.author, properties.comments, properties.language) == ("", "", "vi-VN")
    assert properties.created == MADE


def test_the_question_is_a_heading_and_quotes_are_block_quotes() -> None:
    styles = [p.style.name for p in opened(answer_file(turn(WHO), MADE)).paragraphs if p.style is not None]
    assert styles[:6] == ["Title", "Normal", "Heading 1", "Normal", "Quote", "Nguồn trích dẫn"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    bad = HOSTILE + "</w:t></w:r>&xxe;\x00\x0b\ufffe"
    cited = citation(WHO, title=bad, number=bad, issuer=bad, locator=bad, unit=bad, text=bad, quotes=(), start=0)
    answer = record(WHO, answer=bad, understood_as=bad, citations=(cited,))
    content = answer_file(turn(WHO, question=bad, record=answer, about=bad), MADE)
    assert read_back(content, tmp_path).count("<script>window.hacked = 1</script>") >= 7
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<script>" not in archive.read("word/document.xml")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_gives_a_file_that_opens(text: str) -> None:
    cited = citation(WHO, text=f"a{text}", quotes=(), locator=text, unit=text, title=text)
    content = conversation_file(
        text, [turn(WHO, question=text, record=record(WHO, answer=text, citations=(cited,)))], MADE
    )
    assert lines(content)[-1].startswith("Các đoạn trích là nguyên văn")


@pytest.mark.parametrize("question", sorted(ANSWERS))
def test_every_answer_can_be_taken_away(question: str) -> None:
    assert any(question in line for line in lines(answer_file(turn(question), MADE)))
