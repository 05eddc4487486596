"""What counts as a short answer, on real lines."""

import unicodedata

import pytest

from eval.short import is_short_answer, plain_words

UNITS = "Sở Ngoại vụ thành phố (Cần Thơ, Mục V.7) [1]\nBan Chỉ đạo 35 (Cần Thơ, Mục V.8) [2]"
SENTENCE = "Xây dựng kế hoạch trước ngày 30/12/2024 để theo dõi"


def test_words_are_compared_without_case_labels_and_emphasis() -> None:
    assert plain_words("“**Sở  Ngoại vụ**\nthành phố” [2a]") == "sở ngoại vụ thành phố"
    assert plain_words(unicodedata.normalize("NFD", "PHÓ BÍ THƯ")) == "phó bí thư"
    assert plain_words("347- KH/TU") == plain_words("347-KH / TU")


@pytest.mark.parametrize(
    ("text", "accepted", "right"),
    [
        (UNITS, "Sở Ngoại vụ", True),
        (UNITS, "sở ngoại vụ thành phố", True),
        (UNITS, "Ban Chỉ đạo 35", True),
        (UNITS, "Ban Chỉ đạo", True),
        (UNITS, "Ban Chỉ đạo 3", False),
        ("“193 quốc gia” [1]", "193", True),
        ("“1930” [1]", "193", False),
        ("“100%” [1]", "100%", True),
        ("Không tìm thấy.", "193", False),
        ("", "193", False),
    ],
)
def test_accepted_words_stand_as_whole_words(text: str, accepted: str, right: bool) -> None:
    assert is_short_answer(text, [accepted], []) is right


def test_any_accepted_answer_will_do() -> None:
    assert is_short_answer("“30/12/2024” [1]", ["trước ngày 30/12/2024", "30/12/2024"], [])


def test_a_long_line_is_no_short_answer() -> None:
    assert is_short_answer("Sở Ngoại vụ " + "x" * 238, ["Sở Ngoại vụ"], [])
    assert not is_short_answer("Sở Ngoại vụ " + "x" * 239, ["Sở Ngoại vụ"], [])


def test_only_the_first_lines_count() -> None:
    text = "\n".join([*("Ban A",) * 4, "Sở B", "Sở C"])
    assert is_short_answer(text, ["Sở B"], [])
    assert not is_short_answer(text, ["Sở C"], [])
    assert not is_short_answer(text, ["Sở B"], [], lines=1)


def test_a_whole_passage_is_no_short_answer() -> None:
    assert not is_short_answer(f"“{SENTENCE}” [1]", ["30/12/2024"], [SENTENCE])
    assert is_short_answer("“trước ngày 30/12/2024” [1]", ["30/12/2024"], [SENTENCE])


def test_a_passage_that_is_hardly_more_than_the_answer_counts() -> None:
    assert is_short_answer("“Phạm Văn Hiếu” [1]", ["Phạm Văn Hiếu"], ["**Phạm Văn Hiếu**"])
