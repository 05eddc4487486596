"""The measures of eval.scans, on pages small enough to count by hand, and gold carried over to other readings."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval import scan_questions
from eval.carried_gold import Alignment, carry
from eval.metrics import groups_found
from eval.scan_questions import Asked, holds, keep_only, loss, row, take_in
from eval.scans import main, measured, outline_agreement, page_accuracy, printed, syllable_accuracy
from eval.types import GoldQuestion, GoldQuote, Span
from ingest.library import Library
from ingest.metadata import FileMetadata
from ingest.parse import parse_document, sha256_of
from ingest.readers.pages import Pages
from ingest.types import Document
from tests.plans import HUE, parsed


def paged(*texts: str) -> Document:
    return parse_document(Pages(texts, is_paged=True), "kế hoạch.pdf", "0" * 64, FileMetadata())


LAYERS = ["I. NỘI DUNG\n\n1. Tổ chức hội nghị quán triệt.", "2. Tuyên truyền trên báo chí."]


def test_outline_agreement_counts_sections_whatever_their_marks() -> None:
    text = "\n\n".join(LAYERS)
    assert outline_agreement(parsed(text), parsed(text.replace("NỘI", "NÔI"))) == 1.0
    assert outline_agreement(parsed(text), parsed(text.replace("2. T", "3. T"))) == pytest.approx(2 / 3)


def test_syllable_accuracy_counts_marks() -> None:
    assert syllable_accuracy(LAYERS, paged(*LAYERS)) == 1.0
    # 10 syllables on the first page and 6 on the second, of which one is wrong and one is missing
    wrong = paged(LAYERS[0].replace("hội", "hôi"), "2. Tuyên truyền báo chí.")
    assert syllable_accuracy(LAYERS, wrong) == 1 - 2 / 16


def test_page_accuracy_looks_where_the_words_stand() -> None:
    assert page_accuracy(LAYERS, paged(*LAYERS)) == 1.0
    assert page_accuracy(LAYERS, paged("\n\n".join(LAYERS), "")) == 0.5


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tệp").write_text("")
    assert main([str(tmp_path / "tệp"), "--corpus", str(tmp_path)]) == 1
    assert "tệp: File exists; check disk and permissions" in capsys.readouterr().err


def test_a_folder_without_plans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "scans"), "--corpus", str(tmp_path)]) == 1
    assert "holds no plan as .txt; give the folder with --corpus" in capsys.readouterr().err


ORIGINAL = """BAN THƯỜNG VỤ THÀNH ỦY
Số 12-KH/TU

1. Tổ chức hội nghị quán triệt Nghị quyết trong toàn Đảng bộ trước ngày 20/12/2024.

2. Tuyên truyền trên báo chí và mạng xã hội bằng nhiều hình thức."""


def carried_words(original: str, reading: str, words: str) -> str | None:
    """Give what the words of an original are in another reading of it."""
    before, after = parsed(original), parsed(reading, "kế hoạch-scan.pdf")
    assert original.count(words) == 1
    start = original.index(words)
    quote = Alignment(before, after).carried(Span(before.doc_id, start, start + len(words)))
    if quote is None:
        return None
    assert quote.span.doc_id == after.doc_id
    assert after.text[quote.span.start : quote.span.end] == quote.text
    return quote.text


def test_a_quote_is_found_in_the_same_text() -> None:
    assert carried_words(ORIGINAL, ORIGINAL, "Tổ chức hội nghị quán triệt") == "Tổ chức hội nghị quán triệt"
    assert carried_words(ORIGINAL, ORIGINAL, "20/12") == "20/12"


def test_marks_case_and_line_breaks_do_not_matter() -> None:
    reading = ORIGINAL.replace("hội nghị", "HÔI\n\nnghi").replace("2. Tuyên", "- 2. Tuyên")
    assert carried_words(ORIGINAL, reading, "Tổ chức hội nghị quán triệt") == "Tổ chức HÔI\n\nnghi quán triệt"


def test_slips_inside_a_quote_are_kept_and_those_at_its_ends_left_out() -> None:
    reading = ORIGINAL.replace("quán triệt Nghị", "quản triột Nghị")
    words = "hội nghị quán triệt Nghị quyết"
    assert carried_words(ORIGINAL, reading, words) == "hội nghị quản triột Nghị quyết"
    assert carried_words(ORIGINAL, reading, "Tổ chức hội nghị quán triệt") == "Tổ chức hội nghị quản"


def test_what_is_put_in_and_left_out_moves_a_quote() -> None:
    reading = "3\n\n" + ORIGINAL.replace("Số 12-KH/TU", "").replace("trong toàn", "trong\n\n4\n\ntoàn")
    assert carried_words(ORIGINAL, reading, "Nghị quyết trong toàn Đảng bộ") == "Nghị quyết trong\n\n4\n\ntoàn Đảng bộ"
    assert carried_words(ORIGINAL, reading, "trên báo chí") == "trên báo chí"


def test_a_quote_that_has_moved_is_found_elsewhere() -> None:
    first, rest = ORIGINAL.split("\n", 1)
    assert carried_words(ORIGINAL, f"{rest}\n\n{first}", first) == first


def test_a_quote_that_is_not_read_is_not_placed() -> None:
    reading = ORIGINAL.replace("Tổ chức hội nghị quán triệt", "Iố chíc hệi nghj quấm tríe")
    assert carried_words(ORIGINAL, reading, "Tổ chức hội nghị quán triệt") is None
    assert carried_words(ORIGINAL, "", "trên báo chí") is None
    assert carried_words("1. Nội dung: …", "1. Nội dung: …", "…") is None
    # One syllable is too little to be looked for elsewhere.
    assert carried_words(ORIGINAL, ORIGINAL.replace("mạng", "mụrg"), "mạng") is None


def test_words_that_stand_twice_stay_where_they_stood() -> None:
    original = "1. Báo cáo trước ngày 20.\n\n2. Họp giao ban.\n\n3. Báo cáo trước ngày 25."
    before, after = parsed(original), parsed(original.replace("2. Họp", "2. Hẹp"), "b.txt")
    start = original.rindex("Báo cáo trước")
    quote = Alignment(before, after).carried(Span(before.doc_id, start, start + len("Báo cáo trước")))
    assert quote is not None
    assert quote.span.start == start


def gold_question(before: Document, *groups: tuple[str, ...]) -> GoldQuestion:
    quotes = tuple(
        tuple(
            GoldQuote(Span(before.doc_id, (at := before.text.index(words)), at + len(words)), words) for words in group
        )
        for group in groups
    )
    return GoldQuestion("q1", "task", "dev", "Làm gì?", quotes, ("hội nghị",), None)


def test_questions_are_carried_over_and_lost_quotes_are_never_found() -> None:
    before = parsed(ORIGINAL)
    after = parsed(ORIGINAL.replace("mạng xã hội", "mqng xệ hgi"), "b.txt")
    question = gold_question(before, ("Tổ chức hội nghị",), ("mạng xã hội", "trên báo chí"), ("mạng xã hội",))
    carried = carry([question], {before.doc_id: Alignment(before, after)})
    assert carried.quotes == 4
    assert [quote.text for quote in carried.lost] == ["mạng xã hội", "mạng xã hội"]
    (moved,) = carried.questions
    assert replace(moved, groups=()) == replace(question, groups=())
    assert [quote.text for quote in moved.groups[0]] == ["Tổ chức hội nghị"]
    everything = Span(after.doc_id, 0, len(after.text))
    assert groups_found([everything], moved) == {0, 1}


def test_a_question_without_an_answer_stays() -> None:
    question = GoldQuestion("q2", "far", "test", "Giá vàng?", (), (), "far")
    assert carry([question], {}).questions == [question]


def test_a_scan_that_is_there_is_not_recognised_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def recognised(path: Path, metadata: FileMetadata) -> Document:
        read.append(path)
        pages = Pages((HUE,), is_paged=True, provenance="OCR 0.90", confidences=(0.9,))
        return parse_document(pages, path.name, sha256_of(path), metadata)

    monkeypatch.setattr(scan_questions, "read_document", recognised)
    scan = tmp_path / "huế-scan.pdf"
    scan.write_bytes(b"1")
    with Library(tmp_path / "scans.db", create=True) as library:
        first, seconds = take_in(scan, library, FileMetadata(), again=False)
        assert seconds is not None
        facts = FileMetadata(short_title="Kế hoạch của Huế")
        second, seconds = take_in(scan, library, facts, again=False)
        assert (read, seconds) == ([scan], None)
        assert second.facts.short_title == "Kế hoạch của Huế"
        assert second.text == first.text
        assert measured(second, parsed(HUE), [HUE], seconds).speed is None
        take_in(scan, library, facts, again=True)
        scan.write_bytes(b"2")
        take_in(scan, library, facts, again=False)
        assert read == [scan] * 3
        keep_only(library, [])
        assert library.documents() == []


PRINTABLE = HUE.replace("TRƯỞNG BAN\n\nHoàng Văn An\n\n", "") + "\nTRƯỞNG BAN\n\nHoàng Văn An\n"


def test_a_scan_is_made_anew_only_where_the_print_changes(tmp_path: Path) -> None:
    plan, pdf = tmp_path / "huế.txt", tmp_path / "in.pdf"
    plan.write_text(PRINTABLE, encoding="utf-8")
    scan = printed(plan, pdf, None)
    scan.write_bytes(b"kept")
    assert printed(plan, pdf, None).read_bytes() == b"kept"
    plan.write_text(PRINTABLE.replace("95 năm", "96 năm"), encoding="utf-8")
    assert printed(plan, pdf, None).read_bytes() != b"kept"


def test_the_floor() -> None:
    text = Asked("text", 400, 230, {"hit@1": 0.8, "hit@5": 0.9, "group_recall@5": 0.85}, 600, 0)
    scans = replace(text, reading="scans", passages=231, values={**text.values, "hit@5": 0.88}, lost=3)
    assert loss(scans, text) == pytest.approx(0.02)
    assert holds(scans, text)
    assert not holds(replace(scans, values={**text.values, "hit@5": 0.879}), text)
    assert row(scans, text).split() == [
        "scans", "0.800", "(+0.000)", "0.880", "(-0.020)", "0.850", "(+0.000)", "231", "400", "3", "of", "600",
    ]  # fmt: skip
