"""What a passage gains because of what is asked, by hand: every weight is another power of two."""

from dataclasses import replace

import pytest

from index.intents import Intent
from index.question import Question
from index.search import Candidate, Weights, candidate_of, preference
from ingest.types import Passage, SectionKind
from tests.fakes import understood
from tests.plans import HUE, passages_of

WEIGHTS = Weights(kind=1.0, block=2.0, unit=4.0, date=8.0, slogans=16.0, document=32.0, symbol=64.0)


def asking(*intents: Intent, documents: tuple[str, ...] = ()) -> Question:
    return replace(understood(""), intents=frozenset(intents), documents=documents)


def passage(kind: SectionKind = "content", unit: bool = False, date: bool = False, symbol: bool = False) -> Candidate:
    return Candidate(kind, unit, date, symbol, "hue")


@pytest.mark.parametrize(
    ("question", "candidate", "gain"),
    [
        (asking(), passage(unit=True, date=True), 0),
        (asking("slogans"), passage("slogans"), 16),
        (asking("slogans", "forms"), passage("slogans"), 16),
        (asking("forms"), passage("slogans"), 0),
        (asking("forms"), passage("forms"), 1),
        (asking("purpose"), passage("purpose"), 1),
        (asking("audience"), passage("audience"), 1),
        (asking("slogans"), passage("forms"), 0),
        (asking("signature"), passage("signature"), 2),
        (asking("recipients"), passage("recipients"), 2),
        (asking("signature"), passage("recipients"), 0),
        (asking("who"), passage("tasks", unit=True), 4),
        (asking("who"), passage("tasks"), 0),
        (asking("who", "signature"), passage("tasks", unit=True), 0),  # not for the unit in charge
        (asking("who", "recipients"), passage("tasks", unit=True), 0),
        (asking("who", "signature"), passage("signature"), 2),
        (asking("when"), passage(date=True), 8),
        (asking("when"), passage(), 0),
        (asking("when"), passage("header", date=True), 8),
        (asking(), passage("header"), 0),
        # Number and date of a document that is named stand in its head.
        (asking("own_date", documents=("hue",)), passage("header"), 2 + 32),
        (asking("own_number", documents=("hue",)), passage("header"), 2 + 32),
        (asking("own_date", "own_number", documents=("hue",)), passage("header"), 2 + 32),
        (asking("own_date", "when", documents=("hue",)), passage("header", date=True), 2 + 8 + 32),
        (asking("own_date", documents=("hue",)), passage("basis"), 32),
        (asking("own_date", documents=("vinh",)), passage("header"), 0),
        (asking("own_date"), passage("header"), 0),
        (asking("when", documents=("hue",)), passage("header"), 32),
        (asking("how_many", "which_document"), passage(unit=True, date=True), 0),
        (asking("which_document"), passage(symbol=True), 64),
        (asking("who", "when"), passage(symbol=True), 0),
        (asking(documents=("hue",)), passage(), 32),
        (asking(documents=("vinh", "hue")), passage(), 32),
        (asking(documents=("vinh",)), passage(), 0),
        (asking("who", "when", "purpose", documents=("hue",)), passage("purpose", True, True), 1 + 4 + 8 + 32),
        (asking("signature", "recipients", "when"), passage("recipients", True, True), 2 + 8),
        (asking("when"), passage("basis", False, True), 0),  # its dates are those of other documents
    ],
)
def test_gains_are_added_up(question: Question, candidate: Candidate, gain: float) -> None:
    assert preference(question, candidate, WEIGHTS) == gain


@pytest.mark.parametrize(
    ("text", "has_date", "has_symbol"),
    [
        ("Gửi trước ngày 15/12/2024.", True, False),
        ("Hoàn thành trong 12/2024.", True, False),
        ("Trong tháng 12 tổ chức hội nghị.", True, False),
        ("Từ năm 2025 đến Đại hội.", True, False),
        ("Trong tháng tới, năm sau, 15 ngày.", False, False),
        ("Nghị quyết 18-NQ/TW", False, True),
        ("", False, False),
    ],
)
def test_a_passage_has_a_date_or_a_symbol(text: str, has_date: bool, has_symbol: bool) -> None:
    found = candidate_of(Passage("p", "hue", 0, len(text), text, (), "Mục I", "tasks", None, None))
    assert (found.kind, found.has_unit, found.doc_id) == ("tasks", False, "hue")
    assert (found.has_date, found.has_symbol) == (has_date, has_symbol)
    assert bool(found.symbols) is has_symbol


def test_candidates_of_a_plan() -> None:
    found = {p.locator: candidate_of(p) for p in passages_of(HUE)}
    signs = {locator: (c.kind, c.has_unit, c.has_date, c.has_symbol) for locator, c in found.items()}
    assert signs["Mục II.1"] == ("tasks", True, False, False)
    assert signs["Mục II.2"] == ("tasks", True, True, False)
    assert signs["Căn cứ"] == ("basis", False, True, True)
    assert signs["Chữ ký"] == ("signature", False, False, False)
    assert found["Căn cứ"].symbols == {"180-hd/btgtw"}
    assert len({candidate.doc_id for candidate in found.values()}) == 1


@pytest.mark.parametrize(
    ("question", "gain"),
    [
        ("Kế hoạch 04-KH/BCĐ là của ban nào?", 64),
        ("kế hoạch 04-kh/bcd", 64),  # marks and capitals do not matter
        ("kế hoạch số 04 - KH/BCĐ", 64),  # nor do spaces
        ("làm theo kế hoạch nào, 04-KH/BCĐ à?", 64 + 64),  # a number is asked for, and it is this one
        ("làm theo kế hoạch nào, 40-KH/BCĐ à?", 64),
        ("kế hoạch 104-KH/BCĐ, 04-KH/BCĐNN, 04-KH, 04", 0),  # others
    ],
)
def test_a_passage_with_the_document_number_of_the_question(question: str, gain: float) -> None:
    text = "Tuyên truyền theo Kế hoạch số 04-KH/BCĐ và Công văn số 05-CV/BCĐ của Ban Chỉ đạo Trung ương."
    found = candidate_of(Passage("p", "hue", 0, len(text), text, (), "Mục I", "content", None, None))
    assert preference(understood(question), found, WEIGHTS) == gain
