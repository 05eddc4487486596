"""Missing marks come back, typed ones stay, and what is no Vietnamese is left alone."""

import sys
import unicodedata
from math import log
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.diacritics import MODEL_FILE, Costs, load_restorer
from index.restoration import CLASSES, STEP, Model, Reading, likeliest
from index.syllables import canonical, decode_telex, decode_vni, keeps_marks, one_slip_away, split_tone
from index.train_diacritics import END, NUMBER, OTHER, continued, count, estimate, main, sentences
from ingest.folding import fold

KNOWN = [word for word in load_restorer()._model.words if word not in CLASSES]


@st.composite
def half_typed(draw: st.DrawFn) -> str:
    """Known syllables, some without their marks, some without their tone."""
    words = draw(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=14))
    forms = [draw(st.sampled_from([word, fold(word), split_tone(word)[0]])) for word in words]
    return " ".join(forms)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ai ky ke hoach cua Phan Rang", "ai ký kế hoạch của Phan Rang"),
        ("dau tranh thong tin xau doc", "đấu tranh thông tin xấu độc"),
        ("Ai chiu trach nhiem?", "Ai chịu trách nhiệm?"),
        ("AI KY KE HOACH", "AI KÝ KẾ HOẠCH"),
        ("TUYEN TRUYEN O DAU", "TUYÊN TRUYỀN Ở ĐÂU"),
        ("kinh te-xa hoi", "kinh tế-xã hội"),
        ("ai nuoi ngan o huyen nao", "ai nuôi ngân ở huyện nào"),
    ],
)
def test_marks_come_back(typed: str, meant: str) -> None:
    assert load_restorer().restore(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("truyên thông", "truyền thông"),
        ("đau tranh", "đấu tranh"),
        ("dấu tranh phản bác thông tin xấu độc", "đấu tranh phản bác thông tin xấu độc"),
        ("ai ký kê hoach này", "ai ký kế hoạch này"),
        ("trí tuệ nhan tạo", "trí tuệ nhân tạo"),  # its neighbours say what it is
    ],
)
def test_half_marked_syllables_gain_marks(typed: str, meant: str) -> None:
    assert load_restorer().restore(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "hoà bình và uỷ ban",  # the other placing of the tone
        "khi nào ban chỉ đạo họp, ai chủ trì",
        "đấu tranh, phản bác các quan điểm sai trái, thù địch",
        "BCĐ 35 họp ngày 25/11/2024",
        "văn bản 18-NQ/TW, 443-KH/TU và KH/TU",
        "đăng lên Facebook, internet, fanpage, pano",
        "hội nghị COP29 và G20",
        "BTC QU NTL, UBMTTQ, CT-XH",
        "viết về max, test và web",
        "nuôi ngan ở huyện nào",  # among marked ones a syllable that is not known may be right without any
        "món lau cá là gì",
        "",
        "  ",
        "???",
        "2024",
    ],
)
def test_what_is_right_or_foreign_stays(typed: str) -> None:
    assert load_restorer().restore(typed) == typed


def test_decomposed_input_comes_back_composed() -> None:
    assert load_restorer().restore(unicodedata.normalize("NFD", "kế hoạch cua Vũng Tàu")) == "kế hoạch của Vũng Tàu"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddaaus tranh", "đấu tranh"),
        ("tuyeen truyeenf", "tuyên truyền"),
        ("ai chiuj trachs nhieemj", "ai chịu trách nhiệm"),
        ("DDAAUS TRANH", "ĐẤU TRANH"),
        ("d9a61u tranh", "đấu tranh"),
        ("tuye6n truye62n", "tuyên truyền"),
        ("ai ky1 ke61 hoa5ch", "ai ký kế hoạch"),
    ],
)
def test_keys_left_over_are_read(typed: str, meant: str) -> None:
    assert load_restorer().restore(typed) == meant


def test_a_digit_at_the_end_is_a_tone_only_beside_surer_ones() -> None:
    assert load_restorer().restore("muc5 noi gi") == "muc5 nói gì"
    assert load_restorer().restore("muc5 tie6u") == "mục tiêu"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tuyên truyềm ở đâu", "tuyên truyền ở đâu"),  # n beside m
        ("đấu trsnh", "đấu tranh"),  # s beside a
        ("kế hoạhc", "kế hoạch"),  # swapped
        ("trách nhiiệm", "trách nhiệm"),  # doubled
        ("ke hoch nay do ai ky", "kế hoạch này do ai ký"),  # missing
    ],
)
def test_one_wrong_key_is_repaired(typed: str, meant: str) -> None:
    assert load_restorer().restore(typed) == meant


def test_knows_syllables_with_either_placing_of_the_tone() -> None:
    restorer = load_restorer()
    assert all(restorer.knows(word) for word in ("hòa", "hoà", "Đấu", unicodedata.normalize("NFD", "truyền")))
    assert not any(restorer.knows(word) for word in ("internet", "trsnh", "truyềm", "", "35"))


@settings(max_examples=300, deadline=None)
@given(half_typed())
def test_nothing_but_marks_changes_and_none_is_lost(typed: str) -> None:
    restored = load_restorer().restore(typed)
    assert fold(restored) == fold(typed)
    assert all(keeps_marks(t, r) for t, r in zip(typed.split(), restored.split(), strict=True))
    assert load_restorer().restore(restored) == restored


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    restored = load_restorer().restore(text)
    assert restored == unicodedata.normalize("NFC", restored)
    assert [c for c in restored if c.isspace()] == [c for c in unicodedata.normalize("NFC", text) if c.isspace()]


def calls_to_restore(question: str) -> int:
    """Count the function calls of a restoration: its work, whatever the machine is doing besides."""
    restorer = load_restorer()
    restorer.restore(question)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        restorer.restore(question)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("part", ["a ", "tuyen truyen nghi quyet ", "trsnh ", "zxqwe", "a-", "aâ", "đấi "])
def test_the_work_grows_no_faster_than_the_question(part: str) -> None:
    half, whole = ((part * 1_000)[:length] for length in (500, 1_000))
    assert calls_to_restore(whole) <= 2.2 * calls_to_restore(half)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("hoà", "hòa"), ("Uỷ", "ủy"), ("điạ", "địa"), ("hôị", "hội"), ("già", "già"), ("gì", "gì"), ("quý", "quý"),
        ("giềng", "giềng"), ("khuỷu", "khuỷu"), ("nghiệp", "nghiệp"), ("tuyên", "tuyên"), ("mưa", "mưa"),
        ("trieồn", None), ("web", None), ("ngĩ", None), ("kan", None), ("tàc", None), ("tuyen", None), ("", None),
    ],
)  # fmt: skip
def test_grammar_of_syllables(token: str, expected: str | None) -> None:
    assert canonical(token) == expected


def test_telex_and_vni() -> None:
    assert [decode_telex(t) for t in ("dduwowcj", "nguoiwf", "muaw", "đâus", "quoocs")] == [
        "được", "người", "mưa", "đấu", "quốc"]  # fmt: skip
    assert [decode_telex(t) for t in ("tranh", "internet", "facebook", "hsf")] == [None] * 4
    assert [decode_vni(t) for t in ("d9u7o75c", "nguoi72", "na8ng")] == ["được", "người", "năng"]
    assert [decode_vni(t) for t in ("cop29", "g20", "ban35", "tranh")] == [None] * 4


def test_slips_keep_marks_on_their_letters() -> None:
    slips = set(one_slip_away("đấi"))
    assert {("đấu", "neighbour"), ("đấ", "extra"), ("điấ", "swapped"), ("đấti", "missing")} <= slips
    assert ("oof", "doubled") in set(one_slip_away("ooof"))


def test_lost_marks_cost_nothing_where_all_are_missing() -> None:
    costs = Costs(marked_share=0.75, doubt=0.3)
    assert costs.lost_mark(words=8, marked=0) == 0  # (6 + 0.3) / (6 + 0.3)
    assert costs.lost_mark(words=8, marked=6) == round(3.0445 / STEP)  # ln(6.3 / 0.3)
    assert costs.lost_mark(words=0, marked=0) == 0


def test_likeliest_path_by_hand() -> None:
    # Words 3 "ky" and 4 "ký"; "ký" costs 1 after the end by bigram, "ky" 10 + 5 by backoff and unigram.
    model = Model(
        words=[*CLASSES, "ky", "ký"], ids={"ky": 3, "ký": 4}, forms={"ky": [4, 3]}, foreign=frozenset(),
        unigram=bytes([0, 9, 9, 5, 5]), backoff=bytes([10, 0, 0, 0, 0]),
        bigrams={0 * 5 + 4: 0}, bigram=bytes([1]), bigram_backoff=bytes([0]), trigrams={},
    )  # fmt: skip
    plain, marked, dear = Reading(0, 3, "ky"), Reading(0, 4, "ký"), Reading(15, 4, "ký")
    assert likeliest(model, [[plain, marked]], beam=8) == [marked]
    assert likeliest(model, [[plain, dear]], beam=8) == [plain]  # 10 + 5 against 15 + 1
    assert likeliest(model, [], beam=8) == []


def test_sentences_leave_out_what_is_not_vietnamese() -> None:
    text = "Điạ phương số 35/KH; trieồn khai boọ maựy; UBND quận"
    assert list(sentences(text)) == [["địa", "phương", "số", NUMBER, OTHER]]
    assert list(sentences("UBND quận", least_known=0.5)) == [[OTHER, "quận"]]


def test_kneser_ney_by_hand() -> None:
    counts, weights = count([(["chí", "minh"], 1), (["chí", "minh"], 1), (["nhà", "mình"], 1)], order=2)
    assert counts[1]["chí", "minh"] == 2
    lower = continued(counts, weights)[0]
    assert (lower["minh",], lower["mình",], lower[END,]) == (1, 1, 2)  # kinds of word before, not times
    scores, backoffs = estimate(continued(counts, weights), weights, discount=0.5)
    # Unigrams: 6 kinds of pair, 5 words that each give up 0.5, shared out over 5 words.
    minh = (1 - 0.5) / 6 + (5 * 0.5 / 6) / 5
    assert scores[0]["minh",] == pytest.approx(log(minh))
    assert backoffs[1]["chí",] == pytest.approx(log(0.5 / 2))
    assert scores[1]["chí", "minh"] == pytest.approx(log(1.5 / 2 + 0.25 * minh))


def test_training_gives_the_same_bytes_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "van-ban.txt").write_text("Ủy ban nhân dân ban hành kế hoạch.\nAi ký kế hoạch này?\n", encoding="utf-8")
    first, second = tmp_path / "first.bin", tmp_path / "second.bin"
    assert main([str(tmp_path), "--out", str(first)]) == main([str(tmp_path), "--out", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert "of syllables restored" in capsys.readouterr().out
    assert main([str(tmp_path / "nowhere")]) == 1
    assert "no .txt file" in capsys.readouterr().err


def test_the_committed_model_is_small() -> None:
    assert MODEL_FILE.stat().st_size < 4_000_000
