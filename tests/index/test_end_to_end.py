"""The five plans, the real model, and the questions that must be answered."""

from pathlib import Path

import numpy as np
import pytest

from index.__main__ import main
from index.abbreviations import read_abbreviations
from index.context import indexed_text
from index.dense import Dense
from index.engine import Index
from index.late_interaction import TokenVectors
from index.opening import open_index
from index.types import Answer
from index.versions import VECTORS_FILE, current_folder
from ingest.library import LIBRARY_FILE, Library
from tests.plans import BO_TTTT, CAN_THO, CORPUS, NAM_TU_LIEM, PHAN_RANG, VUNG_TAU

WHO = "ai chịu trách nhiệm đấu tranh thông tin xấu độc?"
# Each with the places in the plans that a clerk would name, and words that must be quoted.
QUESTIONS: dict[str, tuple[set[tuple[str, str]], str]] = {
    WHO: (
        {
            (CAN_THO, "Mục V.8"),
            (PHAN_RANG, "Mục II.4, gạch đầu dòng thứ 1"),
            (VUNG_TAU, "Mục IV.3, gạch đầu dòng thứ 1"),
        },
        "xấu",
    ),
    "Văn phòng Quận ủy Nam Từ Liêm có nhiệm vụ gì?": (
        {(NAM_TU_LIEM, "Mục IV.5")},
        "xây dựng nội dung triển khai theo chức năng, nhiệm vụ được giao",
    ),
    "ngày truyền thống Ban Đối ngoại Trung ương là ngày nào?": (
        {(BO_TTTT, "Mục 1.3, gạch đầu dòng thứ 1")},
        "Ngày truyền thống Ban Đối ngoại Trung ương (01/11/1949 - 01/11/2024)",
    ),
    "ai ky ke hoach cua Phan Rang": ({(PHAN_RANG, "Chữ ký")}, "Bùi Văn Phú"),
    "Kế hoạch 04-KH/BCĐ là của ban nào?": (
        {(BO_TTTT, "Mục 1.1, gạch đầu dòng thứ 1")},
        "Kế hoạch số 04-KH/BCĐ và Công văn số 05-CV/BCĐ ngày 13/11/2024 của Ban Chỉ đạo Trung ương",
    ),
    "dùng pano, áp phích ở những đâu?": (
        {(CAN_THO, "Mục III.3"), (PHAN_RANG, "Mục III.3"), (VUNG_TAU, "Mục III.4")},
        "trục đường chính",
    ),
}


@pytest.fixture(scope="module")
def index(real_data: Path) -> Index:
    assert main(["build", "--data", str(real_data)]) == 0
    return open_index(real_data)


def check_verbatim(answer: Answer) -> None:
    for citation in (*answer.citations, *answer.nearest):
        stored = (CORPUS / citation.document.source).read_text(encoding="utf-8")
        passage = citation.passage
        assert stored[passage.start : passage.end] == passage.text
        assert citation.quotes
        for quote in citation.quotes:
            at = passage.start + quote.start
            assert stored[at : at + len(quote.text)] == quote.text != ""


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_right_passage_comes_first(index: Index, question: str) -> None:
    answer = index.ask(question)
    places, words = QUESTIONS[question]
    assert answer.refusal is None
    first = answer.citations[0]
    assert (first.document.doc_id, first.passage.locator) in places
    assert words in " ".join(quote.text for quote in first.quotes)
    check_verbatim(answer)


def test_who_names_the_units_of_all_plans_that_name_one(index: Index) -> None:
    answer = index.ask(WHO)
    units = {(c.document.doc_id, c.passage.unit) for c in answer.citations if c.passage.unit}
    assert units >= {
        (CAN_THO, "Ban Chỉ đạo 35 các cấp thành phố"),
        (PHAN_RANG, "Ban Chỉ đạo 35 thành phố"),
        (VUNG_TAU, "Ban Chỉ đạo 35 Thành phố"),
    }
    assert {doc_id for doc_id, _ in units} == {CAN_THO, PHAN_RANG, VUNG_TAU, NAM_TU_LIEM}
    for doc_id, unit in units:
        document = index.document(doc_id)
        assert document is not None
        assert f"{unit} ({document.facts.place}, " in answer.text


@pytest.mark.parametrize("question", ["công điện 111 nói về việc gì", "cong dien 111 ve viec gi"])
def test_a_document_that_is_named_comes_before_its_likes(index: Index, question: str) -> None:
    answer = index.ask(question)
    assert "Công điện số 111/CĐ-TTg" in answer.citations[0].passage.text
    check_verbatim(answer)


@pytest.mark.parametrize("question", ["quyết định 238 do cấp nào ban hành", "quyet dinh 238 do cap nao ban hanh"])
def test_who_issued_a_document_that_the_plans_speak_of(index: Index, question: str) -> None:
    assert index.ask(question).text.startswith("“Ban Bí thư” [1")


@pytest.mark.parametrize("question", ["cách làm bánh xèo", "cach lam banh xeo"])
def test_what_no_plan_speaks_of_is_refused(index: Index, question: str) -> None:
    answer = index.ask(question)
    assert (answer.refusal, answer.citations) == ("not_found", ())
    assert answer.nearest
    check_verbatim(answer)


def test_what_the_plans_speak_of_is_more_like_them_in_every_way(index: Index) -> None:
    near, far = index.likeness("ai ở Cần Thơ đấu tranh với thông tin xấu độc"), index.likeness("cách làm bánh xèo")
    assert near.cosine > far.cosine
    assert near.late > far.late


def test_the_vectors_are_those_that_the_model_gives(index: Index, real_data: Path) -> None:
    folder = current_folder(real_data)
    dense = Dense.load(folder / VECTORS_FILE)
    tokens, abbreviations = TokenVectors.load(folder), read_abbreviations(index.documents())
    with Library(real_data / LIBRARY_FILE) as library:
        passages = library.passages()
    for row in range(0, len(passages), 60):
        document = index.document(passages[row].doc_id)
        assert document is not None
        text = indexed_text(passages[row], document, abbreviations)
        (embedding,) = index.embedder.embed_tokens([text])
        assert dense.cosines(embedding.whole, np.array([row]))[0] > 0.99  # bfloat16, in other batches
        assert dense.cosines(index.embedder.embed_passages([text])[0], np.array([row]))[0] > 0.99
        assert tokens.scores(embedding.tokens, np.array([row]))[0] > 0.97  # each is most like itself
        matches = tokens.matches(embedding.tokens, row)
        assert matches is not None
        (whole,) = matches.best([(0, len(passages[row].text))])
        assert whole[-len(matches.places) // 4 :].mean() > 0.95  # those that stand in the passage, not above it
