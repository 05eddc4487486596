"""What a passage gains because of what is asked, by hand: every weight is another power of two."""

from dataclasses import replace

import pytest

from index.asked_unit import units_named
from index.intents import Intent
from index.question import Question
from index.search import Candidate, Weights, candidate_of, candidates_of, preference
from ingest.types import Passage, SectionKind
from tests.fakes import understood
from tests.plans import HUE, passages_of

WEIGHTS = Weights(
    kind=1.0,
    block=2.0,
    unit=4.0,
    document=32.0,
    symbol=64.0,
    symbol_named=256.0,
    unit_named=128.0,
)


def asking(*intents: Intent, documents: tuple[str, ...] = ()) -> Question:
    return replace(understood(""), intents=frozenset(intents), documents=documents)


def passage(kind: SectionKind = "content", unit: str = "", symbol: bool = False) -> Candidate:
    return Candidate(kind, units_named(unit) if unit else (), symbol, "hue")


@pytest.mark.parametrize(
    ("question", "candidate", "gain"),
    [
        (asking(), passage(unit="Sở Y tế"), 0),
        (asking("forms"), passage("slogans"), 0),
        (asking("forms"), passage("forms"), 1),
        (asking("purpose"), passage("purpose"), 1),
        (asking("audience"), passage("audience"), 1),
        (asking("slogans"), passage("forms"), 0),
        (asking("signature"), passage("signature"), 2),
        (asking("recipients"), passage("recipients"), 2),
        (asking("signature"), passage("recipients"), 0),
        (asking("recipients"), replace(passage("header"), is_addressed=True), 2),
        (asking("recipients"), passage("header"), 0),
        (asking("signature"), replace(passage("header"), is_addressed=True), 0),
        (asking("who"), passage("tasks", "Sở Y tế"), 4),
        (asking("who"), passage("tasks"), 0),
        (asking("who", "signature"), passage("tasks", "Sở Y tế"), 0),  # not for the unit in charge
        (asking("who", "recipients"), passage("tasks", "Sở Y tế"), 0),
        (asking("who", "signature"), passage("signature"), 2),
        (asking("who", "audience"), passage("tasks", "Sở Y tế"), 0),  # nor for it where it is asked for whom
        (asking("when"), passage(), 0),
        (asking(), passage("header"), 0),
        # Number and date of a document that is named stand in its head.
        (asking("own_date", documents=("hue",)), passage("header"), 2 + 32),
        (asking("own_number", documents=("hue",)), passage("header"), 2 + 32),
        (asking("own_date", "own_number", documents=("hue",)), passage("header"), 2 + 32),
        (asking("own_date", "when", documents=("hue",)), passage("header"), 2 + 32),
        (asking("own_date", documents=("hue",)), passage("basis"), 32),
        (asking("own_date", documents=("vinh",)), passage("header"), 0),
        (asking("own_date"), passage("header"), 0),
        (asking("when", documents=("hue",)), passage("header"), 32),
        (asking("how_many", "which_document"), passage(unit="Sở Y tế"), 0),
        (asking("which_document"), passage(symbol=True), 64),
        (asking("who", "when"), passage(symbol=True), 0),
        (asking(documents=("hue",)), passage(), 32),
        (asking(documents=("vinh", "hue")), passage(), 32),
        (asking(documents=("vinh",)), passage(), 0),
        (asking("who", "when", "purpose", documents=("hue",)), passage("purpose", "Sở Y tế"), 1 + 4 + 32),
        (asking("signature", "recipients", "when"), passage("recipients", "Sở Y tế"), 2),
    ],
)
def test_gains_are_added_up(question: Question, candidate: Candidate, gain: float) -> None:
    assert preference(question, candidate, WEIGHTS) == gain


@pytest.mark.parametrize(
    ("text", "has_symbol"), [("Gửi trước ngày 15/12/2024.", False), ("Nghị quyết 18-NQ/TW", True), ("", False)]
)
def test_a_passage_has_a_symbol(text: str, has_symbol: bool) -> None:
    found = candidate_of(Passage("p", "hue", 0, len(text), text, (), "Mục I", "tasks", None, None))
    assert (found.kind, found.units, found.doc_id) == ("tasks", (), "hue")
    assert (found.has_symbol, bool(found.symbols)) == (has_symbol, has_symbol)


def test_candidates_of_a_plan() -> None:
    found = {p.locator: candidate_of(p) for p in passages_of(HUE)}
    signs = {locator: (c.kind, c.units[:1], c.has_symbol) for locator, c in found.items()}
    assert signs["Mục II.1"] == ("tasks", ("sở văn hóa và thể thao",), False)
    assert signs["Căn cứ"] == ("basis", (), True)
    assert signs["Chữ ký"] == ("signature", (), False)
    assert found["Căn cứ"].symbols == {"180-hd/btgtw"}
    assert len({candidate.doc_id for candidate in found.values()}) == 1


@pytest.mark.parametrize(
    ("question", "gain"),
    [
        ("Kế hoạch 04-KH/BCĐ là của ban nào?", 256),
        ("kế hoạch 04-kh/bcd", 256),  # marks and capitals do not matter
        ("kế hoạch số 04 - KH/BCĐ", 256),  # nor do spaces
        ("làm theo kế hoạch nào, 04-KH/BCĐ à?", 64 + 256),  # a number is asked for, and it is this one
        ("làm theo kế hoạch nào, 40-KH/BCĐ à?", 64),
        ("kế hoạch 04 là của ban nào", 256),
        ("kế hoạch số 4 là của ban nào", 256),  # nor does what stands in front of it, nor behind it
        ("công điện 104, kế hoạch 0, mục 04", 0),
        ("kế hoạch 04-KH/TU", 0),  # the same number of others
        ("kế hoạch 104-KH/BCĐ, 04-KH/BCĐNN, 04-KH, 04", 0),  # others
    ],
)
def test_a_passage_with_the_document_number_of_the_question(question: str, gain: float) -> None:
    text = "Tuyên truyền theo Kế hoạch số 04-KH/BCĐ và Công văn số 05-CV/BCĐ của Ban Chỉ đạo Trung ương."
    found = candidate_of(Passage("p", "hue", 0, len(text), text, (), "Mục I", "content", None, None))
    assert preference(understood(question), found, WEIGHTS) == gain


def test_a_document_that_few_passages_name_counts_more_and_one_that_a_head_names_not_at_all() -> None:
    texts = ["Công điện số 111/CĐ-TTg", *["Nghị quyết số 18-NQ/TW"] * 4, "Kết luận 127 -KL/TW", *["không có số"] * 9]
    plans = [Passage(str(i), "hue", 0, len(t), t, (), "Mục I", "content", None, None) for i, t in enumerate(texts)]
    head = "KẾ HOẠCH\nTuyên truyền, quán triệt Kết luận số 127-KL/TW"
    plans.append(Passage("head", "hue", 0, len(head), head, (), "Phần mở đầu", "header", None, None))
    asked = understood("công điện 111, nghị quyết 18 và kết luận 127 nói gì")
    gains = [preference(asked, one, WEIGHTS) for one in candidates_of(plans)]
    assert gains == pytest.approx([256, *[256 * 0.5**2] * 4, *[0] * 11])  # 1 and 4 of 16: log 4 is half of log 16


@pytest.mark.parametrize(
    ("question", "unit", "gain"),
    [
        ("ban tuyên giáo làm gì", "Ban Tuyên giáo và Dân vận Quận ủy", 128),
        ("Mặt trận Tổ quốc giám sát gì", "Đảng đoàn Ủy ban Mặt trận Tổ quốc Việt Nam", 128),
        ("ban tổ chức làm gì", "Ban Tuyên giáo Thành ủy", 0),
        ("mặt trận giám sát gì", "Mặt trận Tổ quốc", 0),  # two words of a name are too few
        ("tuyên truyền gì", "Sở Y tế", 0),
        ("ai phối hợp với ban tuyên giáo", "Ban Tuyên giáo Thành ủy", 4),  # it is asked who, and it is named
    ],
)
def test_a_passage_of_the_unit_that_is_named(question: str, unit: str, gain: float) -> None:
    assert preference(understood(question), passage("tasks", unit), WEIGHTS) == gain
