"""A link to a passage after the document has been replaced."""

from dataclasses import replace
from hashlib import sha256
from html import unescape

import pytest

from ingest.types import Document
from tests.ui.fake_engine import CAN_THO, IN_8
from ui.document_version import BAD_SPAN, FORMER, LOST, NOT_THERE, STILL_THERE, Address, moved_span, shown_version
from ui.reader import document_page

OLD = CAN_THO
DIGEST = sha256(OLD.text.encode()).hexdigest()[:12]
LINK = Address(str(IN_8.start), str(IN_8.end), DIGEST)
LONGER = replace(OLD, text=f"KẾ HOẠCH thay thế\n\n{OLD.text}")
SHORTER = replace(OLD, text=OLD.text.replace("8. Ban Chỉ đạo 35", "8. Tổ công tác"))


def kept(doc_id: str, digest: str) -> Document | None:
    """Give the old plan, as a library does that has kept it."""
    return OLD if (doc_id, digest) == (OLD.doc_id, DIGEST) else None


def test_a_link_to_the_present_text_is_marked_without_a_remark() -> None:
    for digest in (None, "", DIGEST):
        shown = shown_version(OLD, replace(LINK, digest=digest))
        assert (shown.document, shown.span, shown.remark_html) == (OLD, (IN_8.start, IN_8.end), "")
        assert not shown.is_former


def test_the_former_text_is_shown_and_says_where_the_words_are_now() -> None:
    shown = shown_version(LONGER, LINK, kept)
    assert shown.is_former
    assert shown.document is OLD
    assert shown.span == (IN_8.start, IN_8.end)
    said = unescape(shown.remark_html)
    assert f"{FORMER} {STILL_THERE}" in said
    moved = IN_8.start + len("KẾ HOẠCH thay thế\n\n")
    end = moved + len(IN_8.text)
    digest = sha256(LONGER.text.encode()).hexdigest()[:12]
    assert f'href="/van-ban/can-tho?tu={moved}&den={end}&ban={digest}#doan"' in said
    assert LONGER.text[moved:end] == IN_8.text


def test_words_that_are_gone_are_said_to_be_gone() -> None:
    shown = shown_version(SHORTER, LINK, kept)
    assert shown.document is OLD
    assert NOT_THERE in shown.remark_html
    assert '<a href="/van-ban/can-tho">Xem bản hiện hành</a>' in shown.remark_html


def test_without_the_former_text_nothing_is_marked() -> None:
    html = document_page(LONGER, LINK)
    assert LOST in html
    assert "<mark" not in html
    assert FORMER not in html


@pytest.mark.parametrize("digest", ["0" * 12, "x", "<script>", DIGEST[:11], DIGEST.upper() + "g", "a" * 5_000])
def test_a_digest_of_no_known_text_marks_nothing(digest: str) -> None:
    html = document_page(LONGER, replace(LINK, digest=digest), kept)
    assert LOST in html
    assert "<mark" not in html
    assert "<script>" not in html


def test_a_library_that_gives_another_text_is_not_believed() -> None:
    shown = shown_version(LONGER, LINK, lambda _id, _digest: SHORTER)
    assert shown.document is LONGER
    assert LOST in shown.remark_html


def test_a_bad_span_of_the_former_text_is_said_too() -> None:
    shown = shown_version(LONGER, Address("9", "1", DIGEST), kept)
    assert shown.span is None
    assert BAD_SPAN in shown.remark_html
    assert FORMER in shown.remark_html
    assert STILL_THERE not in shown.remark_html


def test_the_page_of_a_former_text_offers_that_text_and_links_to_it() -> None:
    html = document_page(LONGER, LINK, kept)
    assert f'href="/van-ban/can-tho/nguyen-van?ban={DIGEST}"' in html
    assert f'data-link="/van-ban/can-tho?tu={IN_8.start}&amp;den={IN_8.end}&amp;ban={DIGEST}#doan"' in html
    assert f'<main class="document" data-text="{DIGEST}"' in html


def test_a_remark_stands_where_the_link_leads() -> None:
    former = document_page(LONGER, LINK, kept)
    assert '<div class="notice former">' in former
    assert 'bản hiện hành</a></p></div><div class="mark-head">' in former
    lost = document_page(LONGER, LINK)
    assert f'<div id="doan"><p class="notice trouble">{LOST}</p></div>' in lost


def test_beside_an_answer_the_present_text_opens_beside_it_too() -> None:
    beside = replace(LINK, embedded=True)
    assert "?khung=1&amp;tu=" in shown_version(LONGER, beside, kept).remark_html
    assert 'href="/van-ban/can-tho?khung=1"' in shown_version(SHORTER, beside, kept).remark_html


def test_words_are_found_over_other_line_breaks_and_marks() -> None:
    old = replace(OLD, text="Giao Văn phòng theo dõi,\nđôn đốc thực hiện.")
    new = replace(OLD, text="Mở đầu.\n\nGiao **Văn phòng** theo dõi, đôn đốc thực\nhiện.\n")
    moved = moved_span(old, (5, len(old.text)), new)
    assert moved is not None
    assert new.text[slice(*moved)] == "Văn phòng** theo dõi, đôn đốc thực\nhiện."


def test_of_several_places_the_nearest_is_taken() -> None:
    new = replace(OLD, text="một hai\nba\nmột hai\nba\nmột hai")
    assert moved_span(replace(OLD, text="x" * 9 + "một hai"), (9, 16), new) == (11, 18)
    assert moved_span(replace(OLD, text="một hai"), (0, 7), new) == (0, 7)
    assert moved_span(replace(OLD, text="bốn"), (0, 3), new) is None
    assert moved_span(replace(OLD, text="** **"), (0, 5), new) is None
