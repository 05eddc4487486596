"""Running headers, footers and page numbers go; what only looks like them stays."""

from ingest.readers.printed.furniture import without_furniture
from ingest.readers.printed.lines import Line, PageLines


def line(text: str, top: float, left: float = 290) -> Line:
    return Line(text, left, top, left + 6 * len(text), top + 14)


def texts(*pages: list[Line]) -> list[list[str]]:
    return [[x.text for x in page.lines] for page in without_furniture([PageLines(595, 842, tuple(p)) for p in pages])]


BODY = line("Tổ chức hội nghị quán triệt.", 400, 80)


def test_page_numbers_in_their_usual_forms() -> None:
    for number in ("2", "- 2 -", "Trang 2", "2/15", "Trang 2/15", "– 2 –"):
        assert texts([line(number, 30), BODY]) == [["Tổ chức hội nghị quán triệt."]]
        assert texts([BODY, line(number, 800)]) == [["Tổ chức hội nghị quán triệt."]]


def test_a_number_in_the_text_or_beside_other_words_stays() -> None:
    assert texts([line("15", 400)]) == [["15"]]
    assert texts([line("15", 60, 80), line("người", 60, 120)]) == [["15", "người"]]
    assert texts([line("2025", 60)]) == [["2025"]]


def test_lines_repeated_on_three_pages_whatever_their_numbers() -> None:
    pages = [[line(f"Kế hoạch 12 – trang {n}", 790, 80), line("UBND TỈNH HUẾ", 30, 80), BODY] for n in (1, 2, 3)]
    assert texts(*pages) == [["Tổ chức hội nghị quán triệt."]] * 3


def test_two_pages_are_enough_where_there_are_only_two() -> None:
    assert texts([line("UBND TỈNH HUẾ", 30), BODY], [line("UBND TỈNH HUẾ", 30), BODY]) == [[BODY.text]] * 2
    once = [line("UBND TỈNH HUẾ", 30), BODY]
    assert texts(once, once, [BODY])[2] == [BODY.text]
    assert texts(once, once, [BODY])[0] == ["UBND TỈNH HUẾ", BODY.text]


def test_repeated_words_in_the_middle_or_at_other_heights_stay() -> None:
    assert texts([BODY], [BODY], [BODY]) == [[BODY.text]] * 3
    pages = [[line("KẾ HOẠCH", top)] for top in (30, 50, 70)]
    assert texts(*pages) == [["KẾ HOẠCH"]] * 3


def test_a_page_number_that_recognition_took_for_letters() -> None:
    assert texts([line("7", 30), BODY], [line("lô", 30, 287), BODY]) == [[BODY.text]] * 2
    assert texts([line("7", 30), BODY], [line("lô", 60, 80), BODY])[1] == ["lô", BODY.text]
