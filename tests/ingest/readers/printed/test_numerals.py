"""The strokes of Roman numbers are counted in the image of the word."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers.printed.numerals import counted_number
from tests.pdf_files import FONT


def drawn(word: str) -> tuple[Image.Image, tuple[int, int, int, int]]:
    image = Image.new("L", (400, 120), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 54)
    pen.text((40, 20), word, fill=0, font=font)
    left, top, right, bottom = pen.textbbox((40, 20), word, font=font)
    return image, (int(left), int(top), int(right), int(bottom))


@pytest.mark.parametrize(
    ("printed", "read", "number"),
    [
        ("III-", "II-", "III-"),
        ("II.", "III.", "II."),
        ("II.", "IL", "II."),
        ("III.", "IIL", "III."),
        ("II–", "Il–", "II–"),
        ("I.", "I.", "I."),
    ],
)
def test_a_miscounted_number(printed: str, read: str, number: str) -> None:
    assert counted_number(read, "CÁC HÌNH THỨC TUYÊN TRUYỀN", *drawn(printed)) == number


@pytest.mark.parametrize(
    ("printed", "read", "after"),
    [
        ("1.", "1.", "MỤC ĐÍCH"),
        ("IV.", "IV.", "TỔ CHỨC"),
        ("H.", "H.", "TỔ CHỨC"),
        ("II/", "Il/", "TỔ CHỨC"),  # the stroke of "/" would count
        ("III", "II", "của Chương trình"),
        ("III", "II", ""),
        ("MMM", "II.", "TỔ CHỨC"),
    ],
)
def test_what_is_no_such_number_stays_as_it_was_read(printed: str, read: str, after: str) -> None:
    assert counted_number(read, after, *drawn(printed)) == read
