"""What must hold for every text, also for those that nobody would write."""

import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import split_blocks
from ingest.metadata import FileMetadata
from ingest.parse import parse_document, read_document
from ingest.passages import PassageOptions, split_passages
from ingest.readers.pages import Pages
from ingest.reading import readable
from ingest.sentences import sentence_spans
from ingest.types import Document, Passage
from tests.plans import CORPUS, HUE, ROOT

_LINES = [line for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text("utf-8").split("\n") if line.strip()]
_FRAGMENTS = [
    *_LINES[::7],
    *HUE.split("\n"),
    "Nơi nhận:", "Kính gửi: Sở Văn hóa", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Bùi Văn Phú", "Trên đây là kế hoạch.",
    "KẾ HOẠCH", "Số 12-KH/TU", "Huế, ngày 5 tháng 2 năm 2025", "V/v treo cờ", "- 2 -", "Trang 3/7", "2024", "tổ",
    "\nPHỤ LỤC I\n", "\nMẫu số 01\n", "\nQUY CHẾ\n", "(Ban hành kèm theo Quyết định số 5/QĐ-UBND)", "QUY ĐỊNH CHUNG",
    "\nPhần thứ nhất\n", "\nChương II\n", "\nMục 1. Phạm vi", "\nĐiều 5. Phiếu công trái\n", "\nĐiều 6.\n",
    "như sau:\n“Điều 7. ", "Nơi nhận:      KT/BỘ TRƯỞNG", "- Lưu: VT.      Bùi Văn Phú", "TM. Chính phủ\nThủ tướng\n",
    "Căn cứ Luật Tổ chức Chính phủ;",
]  # fmt: skip
_MARKERS = [
    "I. ", "II- ", "V/ ", "A. ", "B. ", "1. ", "2/ ", "3) ", "1.1. ", "2.3.4 ", "a) ", "đ. ", "(1) ", "(2) ", ": (1) ",
    "- ", "+ ", "• ", "-", "...", ";", ",", "“", "”", "(", ")", ":",
]  # fmt: skip
_NOISE = [
    " ", "\n", "\n\n", "\t", "\u00a0", "\v", "\x1f", "\x85", "\u2028", "*", "**", "\u200b", "\ufeff", "\u00ad",
    "🎉", "👨\u200d👩\u200d👧", "𝕍", "İ", "ﬁ", "ǅ", "²", "٣", "<script>", "đ", "Đ", "̀",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(_FRAGMENTS), st.sampled_from(_MARKERS), st.sampled_from(_NOISE), st.text(max_size=8)),
    max_size=40,
).map("".join)
REAL_FILES = [
    path
    for path in sorted((ROOT / "tests" / "documents" / "files").iterdir())
    if path.suffix in (".doc", ".rtf", ".pdf")
]
OPTIONS = st.builds(PassageOptions, max_syllables=st.integers(1, 60), min_syllables=st.integers(0, 6))


def document_of(text: str, *, is_paged: bool = False) -> Document:
    pages = tuple(text.split("\f")) if is_paged else (text,)
    return parse_document(Pages(pages, is_paged), "thử.txt", "", FileMetadata())


def check_spans(document: Document, passages: list[Passage]) -> None:
    before = 0
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text.strip() == passage.text != ""
        assert before <= passage.start < passage.end
        before = passage.end
        assert any(
            section.start <= passage.start and passage.end <= section.end and section.locator == passage.locator
            for section in document.sections
        )
    assert len({passage.passage_id for passage in passages}) == len(passages)


def check_sections(document: Document) -> None:
    for section in document.sections:
        assert 0 <= section.start <= section.body_start <= section.end <= len(document.text)
        if section.parent is not None:
            parent = document.sections[section.parent]
            assert parent.start <= section.start
            assert section.end <= parent.end
            assert section.level == parent.level + 1


@settings(deadline=None, max_examples=150)
@given(text=TEXTS, options=OPTIONS)
def test_passages_are_ordered_spans_inside_their_sections(text: str, options: PassageOptions) -> None:
    document = document_of(text)
    check_sections(document)
    check_spans(document, split_passages(document, options))


def check_coverage(document: Document) -> None:
    """Every word is in a passage, in a heading, or in the marker of an item: none is lost."""
    covered = bytearray(len(document.text))
    passages = split_passages(document, PassageOptions(min_syllables=0))
    spans = [(p.start, p.end) for p in passages] + [(s.start, s.body_start) for s in document.sections]
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    markers = {offset for block in split_blocks(document.text) for offset in range(block.start, block.body_start)}
    lost = [row for row, char in enumerate(document.text) if char.isalpha() and not covered[row] and row not in markers]
    assert "".join(document.text[row] for row in lost) == ""


@settings(deadline=None, max_examples=150)
@given(text=TEXTS)
def test_no_word_of_a_text_is_lost(text: str) -> None:
    check_coverage(document_of(text))


@pytest.mark.parametrize("path", REAL_FILES, ids=lambda path: path.name)
def test_no_word_of_a_real_document_is_lost(path: Path) -> None:
    document = read_document(path)
    check_sections(document)
    check_spans(document, split_passages(document))
    check_coverage(document)


@settings(deadline=None, max_examples=50)
@given(pages=st.lists(TEXTS, min_size=1, max_size=4))
def test_every_passage_knows_its_page(pages: list[str]) -> None:
    document = document_of("\f".join(page.replace("\f", " ") for page in pages), is_paged=True)
    assert len(document.page_starts) == len(pages)
    passages = split_passages(document)
    check_spans(document, passages)
    for passage in passages:
        assert passage.page is not None
        assert document.page_starts[passage.page - 1] <= passage.start
        assert passage.page == len(pages) or passage.start < document.page_starts[passage.page]


@settings(deadline=None, max_examples=150)
@given(text=TEXTS)
def test_every_shown_character_stands_in_the_text(text: str) -> None:
    view = readable(text)
    assert len(view.offsets) == len(view.text)
    assert all(left < right for left, right in zip(view.offsets, view.offsets[1:], strict=False))
    for shown, offset in zip(view.text, view.offsets, strict=True):
        assert text[offset] == shown or (text[offset].isspace() and shown in " \n")
    assert view.text.strip() == view.text


@settings(deadline=None, max_examples=100)
@given(text=TEXTS)
def test_blocks_and_sentences_never_overlap(text: str) -> None:
    before = 0
    for block in split_blocks(text):
        assert before <= block.start <= block.body_start <= block.end <= len(text)
        before = block.end
    before = 0
    for start, end in sentence_spans(text):
        assert before <= start < end <= len(text)
        before = end


def read_as_file(raw: bytes) -> tuple[Document, list[Passage]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "thử.txt"
        path.write_bytes(raw)
        document = read_document(path)
    return document, split_passages(document)


@settings(deadline=None, max_examples=40)
@given(text=TEXTS)
def test_composed_and_decomposed_letters_and_all_line_ends_are_one(text: str) -> None:
    # A word first, so that the file is neither empty nor binary.
    plain = "Kế hoạch tuyên truyền của Thành ủy\n" * 5 + "".join(c for c in text if c >= " " or c == "\n")
    composed = unicodedata.normalize("NFC", plain)
    document, passages = read_as_file(composed.encode())
    assert document.text == composed
    variants = [
        unicodedata.normalize("NFD", composed).encode(),
        composed.replace("\n", "\r\n").encode(),
        composed.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + composed.encode(),
        composed.encode("utf-16"),
    ]
    for raw in variants:
        other, same = read_as_file(raw)
        assert (other.text, other.sections, other.facts) == (document.text, document.sections, document.facts)
        assert same == passages
