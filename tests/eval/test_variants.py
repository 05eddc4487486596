"""Variants are exact: the same question always gives the same words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.variants import VARIANTS, capitals, decomposed, half_marks, one_slip, telex, vary, without_marks

ASKED = "Ở Cần Thơ đơn vị nào đấu tranh phản bác?"


def test_without_marks_keeps_case_and_signs() -> None:
    assert without_marks(ASKED) == "O Can Tho don vi nao dau tranh phan bac?"
    assert without_marks("Đảng ủy đường ưu đãi") == "Dang uy duong uu dai"


def test_half_marks_takes_the_marks_off_half_of_the_marked_syllables() -> None:
    # Marked: Ở Cần Thơ đơn vị nào đấu phản bác: 9, of which 5 lose their marks; "tranh" has none.
    changed = half_marks(ASKED, "seed").split(" ")
    pairs = list(zip(ASKED.split(" "), changed, strict=True))
    assert sum(old != new for old, new in pairs) == 5
    assert all(new in (old, without_marks(old)) for old, new in pairs)
    assert half_marks("kế hoạch", "x") in ("ke hoạch", "kế hoach")


def test_capitals_and_nfd() -> None:
    assert capitals("ai ký kế hoạch 443") == "AI KÝ KẾ HOẠCH 443"
    assert decomposed("kế") == "ke\u0302\u0301"


@pytest.mark.parametrize(
    ("syllable", "keys"),
    [
        ("đấu", "ddaaus"),
        ("tranh", "tranh"),
        ("đường", "dduwowngf"),
        ("Đảng", "Ddangr"),
        ("kỹ", "kyx"),
        ("việc?", "vieecj?"),
        ("quyết", "quyeets"),
        ("ăn", "awn"),
        ("nghĩa", "nghiax"),
        ("hội,", "hooij,"),
        ("UBND", "UBND"),
        ("443", "443"),
    ],
)
def test_telex_keys(syllable: str, keys: str) -> None:
    assert telex(syllable) == keys


def test_one_slip_is_one_neighbouring_key_or_one_telex_syllable() -> None:
    seen = set()
    for seed in range(60):
        changed = one_slip("đấu tranh", str(seed))
        old, new = "đấu tranh".split(" "), changed.split(" ")
        assert sum(a != b for a, b in zip(old, new, strict=True)) == 1
        seen.add(changed)
    assert "ddaaus tranh" in seen
    assert {"đấi tranh", "đấy tranh", "đấu rranh", "đấu tramh"} & seen
    assert not {"đấp tranh", "đấu aranh"} & seen  # p is not beside u, nor a beside t


def test_a_slip_never_changes_a_number_or_a_lone_letter() -> None:
    assert one_slip("443 - a", "x") == "443 - a"


def test_variants_are_fixed_for_good() -> None:
    """A changed seed or rule would make new reports incomparable with old ones."""
    made = {name: vary(name, "who-001", "ai ký kế hoạch tuyên truyền ở Cần Thơ") for name in VARIANTS}
    assert made == {
        "plain": "ai ký kế hoạch tuyên truyền ở Cần Thơ",
        "no_marks": "ai ky ke hoach tuyen truyen o Can Tho",
        "half_marks": "ai ky kế hoạch tuyên truyền o Can Tho",
        "one_slip": "ai ký kế hoạch tuyên truyeenf ở Cần Thơ",
        "capitals": "AI KÝ KẾ HOẠCH TUYÊN TRUYỀN Ở CẦN THƠ",
        "nfd": unicodedata.normalize("NFD", "ai ký kế hoạch tuyên truyền ở Cần Thơ"),
    }


@given(st.text(), st.sampled_from(sorted(VARIANTS)))
def test_every_text_has_every_variant(text: str, variant: str) -> None:
    assert vary(variant, "id", text) == vary(variant, "id", text)
