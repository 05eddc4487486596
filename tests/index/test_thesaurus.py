"""Everyday words give official ones: groups of a file by hand, and the rules that the real file keeps."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import thesaurus
from index.text import one_spelling
from index.thesaurus import load_thesaurus, official_words

Write = Callable[[str], None]
GROUPS = """# everyday = official

lo, gánh vác = chủ trì, thực hiện
được giao = nhiệm vụ,  thực hiện ,
web, băng-rôn = trang thông tin điện tử
uỷ lạo = Uỷ ban
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Puts a file in the place of the real one."""
    path = tmp_path / "words.txt"
    monkeypatch.setattr(thesaurus, "_FILE", path)

    def put(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        load_thesaurus.cache_clear()

    yield put
    load_thesaurus.cache_clear()


def test_groups_are_read(write: Write) -> None:
    write(GROUPS)
    assert load_thesaurus() == (
        (("lo", "gánh vác"), ("chủ trì", "thực hiện")),
        (("được giao",), ("nhiệm vụ", "thực hiện")),
        (("web", "băng-rôn"), ("trang thông tin điện tử",)),
        (("ủy lạo",), ("Ủy ban",)),
    )


@pytest.mark.parametrize(
    ("question", "official"),
    [
        ("ai lo việc này?", ("chủ trì", "thực hiện")),
        ("Ai GÁNH  VÁC?", ("chủ trì", "thực hiện")),
        ("ai được giao lo việc này?", ("chủ trì", "thực hiện", "nhiệm vụ")),  # "thực hiện" once
        ("ai lo, ai gánh vác?", ("chủ trì", "thực hiện")),
        ("ai lo thực hiện?", ("chủ trì",)),  # it says "thực hiện" itself
        ("ai lo CHỦ TRÌ, thực hiện?", ()),
        ("ai lo chủ trình?", ("chủ trì", "thực hiện")),  # a longer word is another one
        ("ai lo/web", ("chủ trì", "thực hiện", "trang thông tin điện tử")),  # both sides of a slash
        ("treo “băng-rôn”", ("trang thông tin điện tử",)),
        ("đi u\u0309y lạo", ("Ủy ban",)),  # in NFD, the tone on the first vowel
        ("ủy lạo của ủy ban", ()),
        ("uỷ lạo của uỷ ban", ()),
        ("loa phường", ()),  # whole words only
        ("website", ()),
        ("lọ hoa", ()),  # marks count
        ("được việc giao ban", ()),
        ("", ()),
        ("?!", ()),
    ],
)
def test_official_words_of_a_question(write: Write, question: str, official: tuple[str, ...]) -> None:
    write(GROUPS)
    assert official_words(question) == official


@pytest.mark.parametrize("line", ["lo liệu, chủ trì", "lo=chủ trì", "= chủ trì"])
def test_a_bad_line_is_named(write: Write, line: str) -> None:
    write(f"# hai dòng đầu\nlo = chủ trì\n{line}\n")
    with pytest.raises(ValueError, match=r"^words\.txt, line 3: no ' = ' between everyday and official words$"):
        load_thesaurus()


def test_the_real_file_can_be_found_by_its_words() -> None:
    groups = load_thesaurus()
    assert len(groups) > 90
    for everyday, official in groups:
        assert everyday
        assert official
        for word in everyday:
            assert word == one_spelling(word).lower()
            assert re.fullmatch(r"[\w-]+(?: [\w-]+)*", word)  # others would be spaces in the question
            found = official_words(f"{word}?")
            assert {w for w in official if f" {w.lower()} " not in f" {word} "} <= set(found)


FALSE_NEWS = ("thông tin giả", "thông tin xấu độc", "thông tin sai sự thật", "xuyên tạc")


@pytest.mark.parametrize(
    ("question", "official"),
    [
        (
            "cái loa phường hỏng thì báo ai?",
            ("loa phát thanh cơ sở", "hệ thống phát thanh", "thông tin cơ sở"),
        ),
        ("điện mặt trời", ("năng lượng tái tạo",)),  # nothing of "mặt"
        ("hạn chế của bộ máy", ("khuyết điểm", "bất cập")),  # no "trước ngày"
        ("hạn chót", ("trước ngày", "thời gian hoàn thành")),
        ("tin giả/tin đồn", FALSE_NEWS),
        ("tin giả/cái khác", FALSE_NEWS),
        ("cái khác/tin đồn", FALSE_NEWS),
    ],
)
def test_a_real_question(question: str, official: tuple[str, ...]) -> None:
    assert official_words(question) == official
