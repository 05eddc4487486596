"""Spellings and pairs of syllables by hand."""

import subprocess
import sys
import unicodedata

import pytest

from index.text import content_terms, one_spelling, serial_of, shortened
from tests.plans import ROOT


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("hoà bình", "hòa bình"),
        ("hòa bình", "hòa bình"),
        ("Uỷ ban, UỶ BAN", "Ủy ban, ỦY BAN"),
        ("khoẻ, xoá, thuý, hoạ, loè, luỹ", "khỏe, xóa, thúy, họa, lòe, lũy"),
        ("toà-án", "tòa-án"),
        ("quý, quà, quỳ, QUÝ", "quý, quà, quỳ, QUÝ"),  # u belongs to q
        ("hoàn, thoát, khuỷu, hoàng", "hoàn, thoát, khuỷu, hoàng"),  # a letter follows
        ("thuế, của, cứu, giá, khuya", "thuế, của, cứu, giá, khuya"),
        ("luật, thuật, hoặc, trí tuệ, Huệ, loạt", "luật, thuật, hoặc, trí tuệ, Huệ, loạt"),  # "â", "ă", "ê" follow
        ("18-NQ/TW, 2024", "18-NQ/TW, 2024"),
        ("", ""),
    ],
)
def test_one_spelling_of_a_syllable(typed: str, wanted: str) -> None:
    assert one_spelling(typed) == wanted
    assert one_spelling(unicodedata.normalize("NFD", typed)) == wanted
    assert one_spelling(wanted) == wanted


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Ai treo pano ở đâu, pano nào?", ["treo", "pano"]),
        ("báo chí", ["bao", "chi"]),  # "bao" and "chị" ask or bind, these do not
        ("hội thi", ["hoi", "thi"]),
        ("Đảng", ["dang"]),
        ("bao nhiêu chị hỏi thì đang có?", []),
        ("HỎI BÁO NÀO", ["bao"]),  # capitals ask as well
        ("ho\u0309i ho\u0323\u0302i", ["hoi"]),  # in NFD: "hỏi" and "hội"
    ],
)
def test_terms_say_what_it_is_about(text: str, terms: list[str]) -> None:
    assert content_terms(text) == terms


@pytest.mark.parametrize(
    ("number", "serial"), [("18-NQ/TW", "18"), ("111/CĐ-TTg", "111"), ("09 - KH/TU", "09"), ("", "")]
)
def test_serial_of_a_document_number(number: str, serial: str) -> None:
    assert serial_of(number) == serial


@pytest.mark.parametrize(
    ("words", "longest", "short"),
    [
        ("treo pano, áp phích", 19, "treo pano, áp phích"),
        ("treo pano, áp phích", 18, "treo pano, áp…"),
        ("treo pano, áp phích", 12, "treo pano…"),  # not "pano,…"
        ("treo pano, áp phích", 4, "treo…"),
        ("", 4, ""),
    ],
)
def test_words_that_are_too_long_are_cut_at_a_space(words: str, longest: int, short: str) -> None:
    assert shortened(words, longest) == short


ALL_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from index.text import segmented

together = Barrier(8)

def of_a_thread(row):
    together.wait()
    return segmented(f"tuyên truyền nghị quyết {row}")

with ThreadPoolExecutor(8) as pool:
    assert list(pool.map(of_a_thread, range(8))) == [f"tuyên_truyền nghị_quyết {row}" for row in range(8)]
"""


def test_the_first_questions_of_several_people_at_once() -> None:
    """Only a process that has segmented nothing yet can tell."""
    done = subprocess.run([sys.executable, "-c", ALL_AT_ONCE], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
