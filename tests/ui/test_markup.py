"""Escaping, and marks that fall exactly where the quotes are."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.reading import readable
from ui.markup import esc, marked, merged


def test_markup_is_shown_as_text_and_stays_on_one_line() -> None:
    assert esc("<script>\n\n' \" onmouseover=alert(1) &amp;") == (
        "&lt;script&gt;&#10;&#10;&#x27; &quot; onmouseover=alert(1) &amp;amp;"
    )


def test_spans_are_merged() -> None:
    assert merged([(5, 7), (0, 3), (2, 4), (4, 4), (9, 8)]) == [(0, 4), (5, 7)]
    assert merged([(0, 3), (3, 5)]) == [(0, 5)]
    assert merged([]) == []


def test_a_quote_is_marked_without_the_stars_inside_it() -> None:
    text = "*Tiếp tục* **tuyên truyền** rộng rãi"
    start = text.index("tục")
    end = text.index("rộng") - 1
    assert marked(readable(text), [(start, end)]) == "Tiếp <mark>tục tuyên truyền</mark> rộng rãi"


def test_a_quote_across_a_page_cut_is_one_mark() -> None:
    text = "bộ máy của các cơ quan, tổ\n\nchức khác trong hệ thống"
    quote = (text.index("cơ quan"), text.index(" trong"))
    assert marked(readable(text), [quote]) == ("bộ máy của các <mark>cơ quan, tổ chức khác</mark> trong hệ thống")


def test_two_quotes_are_two_marks_and_a_quote_of_nothing_is_none() -> None:
    view = readable("một hai ba")
    assert marked(view, [(8, 10), (0, 3)]) == "<mark>một</mark> hai <mark>ba</mark>"
    assert marked(view, [(4, 4)]) == "một hai ba"


def test_marks_do_not_let_markup_through() -> None:
    assert marked(readable("a <b>c</b>"), [(2, 6)]) == "a <mark>&lt;b&gt;c</mark>&lt;/b&gt;"


@given(st.text("ab*<&\n ", max_size=40), st.integers(0, 45), st.integers(0, 45))
def test_what_is_marked_is_what_comes_from_the_quote(text: str, start: int, end: int) -> None:
    view = readable(text)
    html = marked(view, [(start, end)])
    inside = [c for c, o in zip(view.text, view.offsets, strict=True) if start <= o < end]
    shown = html.split("<mark>")[1].split("</mark>")[0] if "<mark>" in html else ""
    assert shown == esc("".join(inside))
    assert html.replace("<mark>", "").replace("</mark>", "") == esc(view.text)
