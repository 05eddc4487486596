"""Names get the capitals that the documents give them, by hand."""

import pytest

from index.proper_names import ProperNames, read_names

TEXTS = [
    "Quận ủy Nam Từ Liêm họp. UBND quận Nam Từ Liêm và FTA của Việt Nam.\nHiệp định FTA ở Việt Nam, Ban Chỉ đạo 35.",
    "Đảng bộ Nam Từ Liêm, Việt Nam, Ban Chỉ đạo 35 và ban chỉ đạo 35.\nTrung tâm Nam Từ Liêm, Đoàn Thanh niên.",
]


@pytest.fixture(scope="module")
def names() -> ProperNames:
    return read_names(TEXTS)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("nam từ liêm làm gì?", "Nam Từ Liêm làm gì?"),
        ("NAM TỪ LIÊM", "Nam Từ Liêm"),
        ("ở Nam từ Liêm, việt nam", "ở Nam Từ Liêm, Việt Nam"),
        ("fta là gì", "FTA là gì"),
        ("từ liêm", "Từ Liêm"),  # a part of a name that stands nowhere in small letters
        ("nam bộ, việt kiều", "nam bộ, việt kiều"),  # one syllable alone is no name
        ("ban chỉ đạo 35", "ban chỉ đạo 35"),  # not each word has its capital
        ("đoàn thanh niên", "Đoàn Thanh niên"),  # as the documents write it
        ("ubnd", "UBND"),  # once is enough
        ("nam, từ liêm", "nam, Từ Liêm"),  # a comma stands between
        ("", ""),
        ("35?!", "35?!"),
    ],
)
def test_a_question_gets_the_capitals_of_its_names(names: ProperNames, typed: str, written: str) -> None:
    assert names.capitalized(typed) == written


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("ở Sông Hương, ở Sông Hương", True),
        ("ở Sông Hương", True),
        ("ở sông Hương", False),
        ("Sông Hương, Sông Hương, Sông Hương, sông hương", True),  # three for one that is not
        ("Sông Hương, Sông Hương, sông hương", False),
        ("SÔNG HƯƠNG\nSÔNG HƯƠNG", False),  # lines in capitals tell nothing
        ("Sông hương, Sông hương", False),  # each word has its capital
        ("Sông - Hương, Sông - Hương", False),  # one space alone stands between
    ],
)
def test_what_is_a_name(text: str, is_name: bool) -> None:
    assert ("sông hương" in read_names([text]).names) is is_name


def test_the_longest_name_is_taken() -> None:
    names = ProperNames({"hồ chí minh": "Hồ Chí Minh", "thành phố hồ chí minh": "Thành phố Hồ Chí Minh"})
    assert names.capitalized("hồ chí minh, thành phố hồ chí minh") == "Hồ Chí Minh, Thành phố Hồ Chí Minh"
    assert read_names([]).capitalized("hồ chí minh") == "hồ chí minh"
