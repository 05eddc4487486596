"""Abbreviations written out: the table, the documents' own, and what only looks like one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import abbreviations
from index.abbreviations import Abbreviations, load_table, read_abbreviations, with_roman_numerals
from index.context import indexed_text
from index.types import SearchOptions
from ingest.folding import fold
from ingest.metadata import FileMetadata
from ingest.passages import split_passages
from ingest.types import Document
from tests.fakes import index_of
from tests.plans import HUE, item, parsed

Write = Callable[[str], None]
TABLE = """# ngắn = dài

BTG = Ban Tuyên giáo
TU = Thành ủy | Tỉnh ủy
TƯ = Trung ương
ĐU = Đảng ủy
HĐND = Hội đồng nhân dân
NQ = Nghị quyết
TTg = Thủ tướng Chính phủ
CT-XH = chính trị - xã hội
TT&TT = Thông tin và Truyền thông
UBND = Ủy ban nhân dân
UBMTTQVN = Ủy ban Mặt trận Tổ quốc Việt Nam
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Puts a table in the place of the real one."""
    path = tmp_path / "table.txt"
    monkeypatch.setattr(abbreviations, "_FILE", path)

    def put(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        load_table.cache_clear()

    put(TABLE)
    yield put
    load_table.cache_clear()


@pytest.fixture
def known(write: Write) -> Abbreviations:  # noqa: ARG001 (it puts the table there)
    return read_abbreviations([])


def plan(words: str, place: str | None = None) -> Document:
    return parsed(item(f"1. {words}"), "kế hoạch.txt", FileMetadata(place=place))


def test_the_table_is_read(write: Write) -> None:
    write("# đầu\n\nTU = Thành ủy | Tỉnh ủy\nCT-XH = chính trị - xã hội\n")
    assert load_table() == {"TU": ("Thành ủy", "Tỉnh ủy"), "CT-XH": ("chính trị - xã hội",)}


@pytest.mark.parametrize("line", ["TU: Tỉnh ủy", "TU=Tỉnh ủy", "BTG = Ban Tuyên giáo Trung ương"])
def test_a_bad_line_is_named(write: Write, line: str) -> None:
    write(f"# hai dòng đầu\nBTG = Ban Tuyên giáo\n{line}\n")
    with pytest.raises(ValueError, match=rf"^table\.txt, line 3: '{line}' is no new 'short = long'$"):
        load_table()


def test_the_real_table_says_one_thing_for_each() -> None:
    table = load_table()
    assert len(table) > 180
    small = [short.lower() for short in table]
    assert len(set(small)) == len(small)
    for short, forms in table.items():
        assert len(set(forms)) == len(forms) >= 1
        assert all(form and fold(form) != fold(short) for form in forms)
        assert abbreviations._TOKEN.fullmatch(short)  # others are never found in a question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BTG làm gì?", "Ban Tuyên giáo làm gì?"),
        ("btg làm gì?", "Ban Tuyên giáo làm gì?"),  # no syllable
        ("Hđnd họp, HDND họp, hdnd họp", " họp, ".join(["Hội đồng nhân dân"] * 3) + " họp"),
        ("TTg ký gì", "Thủ tướng Chính phủ ký gì"),
        ("họp BTG TU ở đâu", "họp Ban Tuyên giáo Thành ủy ở đâu"),
        ("UBND, Ubnd và ubnd", "Ủy ban nhân dân, Ủy ban nhân dân và Ủy ban nhân dân"),
        ("ubmttqvn làm gì", "Ủy ban Mặt trận Tổ quốc Việt Nam làm gì"),
        # What may be a syllable is an abbreviation in capitals alone.
        ("NQ của TƯ", "Nghị quyết của Trung ương"),
        ("ĐU họp", "Đảng ủy họp"),
        ("tu dưỡng, đầu tư, đu dây", "tu dưỡng, đầu tư, đu dây"),
        ("Tu dưỡng, Tư tưởng", "Tu dưỡng, Tư tưởng"),
        ("DU lịch", "DU lịch"),  # of a syllable the marks count
        # In a question all in capitals syllables have capitals too.
        ("CÔNG TÁC TƯ TƯỞNG, TU DƯỠNG", "CÔNG TÁC TƯ TƯỞNG, TU DƯỠNG"),
        ("AI LÀM Ở BTG", "AI LÀM Ở Ban Tuyên giáo"),
        ("TU", "Thành ủy"),  # a single word in capitals is no sentence in capitals
        # Words joined by a hyphen or "&" are one.
        ("tổ chức CT-XH, sở TT&TT", "tổ chức chính trị - xã hội, sở Thông tin và Truyền thông"),
        ("(BTG)", "(Ban Tuyên giáo)"),
        ("NQ 18 của ai", "Nghị quyết 18 của ai"),
        ("", ""),
        ("???", "???"),
    ],
)
def test_a_question_is_written_out(known: Abbreviations, typed: str, meant: str) -> None:
    assert known.expand(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "18-NQ/TW",
        "Nghị quyết số 18-NQ/TU và 347-KH/BTG",
        "112-KH/BTG",
        "NQ/TU, NQ18, NQ-18, NQ_TU",
        "ABTG, BTGX, BTG2",
        "văn bản 04-NQ/BTG ngày 25/10/2017",
    ],
)
def test_document_numbers_and_other_words_stay(known: Abbreviations, typed: str) -> None:
    assert known.expand(typed) == typed


@pytest.mark.parametrize(
    ("documents", "meant"),
    [
        ([], "Thành ủy"),  # the first of equals
        (["Văn phòng Tỉnh ủy và Thành ủy."], "Thành ủy"),
        (["Văn phòng Tỉnh ủy.", "Ban Tuyên giáo Thành ủy.", "Thường trực TỈNH UỶ."], "Tỉnh ủy"),
        (["Tỉnh ủy viên, tỉnh ủy viên.", "Thành ủy."], "Tỉnh ủy"),
        (["Thành ủyên, tỉnh ủy."], "Tỉnh ủy"),  # whole words count
    ],
)
def test_the_form_is_meant_that_the_documents_use(
    write: Write,  # noqa: ARG001 (it puts the table there)
    documents: list[str],
    meant: str,
) -> None:
    assert read_abbreviations([plan(words) for words in documents]).expand("TU") == meant


@pytest.mark.parametrize(
    ("words", "short", "meant"),
    [
        ("Hội Chữ thập đỏ (CTĐ) vận động.", "CTĐ", "Chữ thập đỏ"),
        ("Hội Chữ thập đỏ (CTĐ) vận động.", "ctd", "Chữ thập đỏ"),
        ("phát triển nhà  ở, hạ tầng (OHT) mới", "OHT", "ở, hạ tầng"),
        ("Ủy ban An toàn giao thông (ATGT-QG)", "ATGT-QG", "ATGT-QG"),  # not the initials before it
        ("Hội Chữ thập đỏ (ctđ)", "ctđ", "ctđ"),
        ("(CTĐ) Chữ thập đỏ", "CTĐ", "CTĐ"),  # before it, not behind
        ("Ban Tổ chức Giải (BTG) xếp giải.", "BTG", "Ban Tuyên giáo"),  # the table comes first
    ],
)
def test_what_a_document_explains_in_brackets(
    write: Write,  # noqa: ARG001 (it puts the table there)
    words: str,
    short: str,
    meant: str,
) -> None:
    assert read_abbreviations([plan(words)]).expand(short) == meant


@pytest.mark.parametrize(
    ("place", "short", "meant"),
    [
        ("Nam Từ Liêm, Hà Nội", "NTL", "Nam Từ Liêm"),
        ("Nam Từ Liêm, Hà Nội", "ntl", "Nam Từ Liêm"),
        ("Nam Từ Liêm, Hà Nội", "HN", "HN"),  # the initials of two syllables mean too much
        ("Phan Rang - Tháp Chàm, Ninh Thuận", "PRTC", "Phan Rang - Tháp Chàm"),
        ("Ninh Đức Phú", "NĐP", "Ninh Đức Phú"),
        ("Ninh Đức Phú", "ndp", "Ninh Đức Phú"),
        (None, "NTL", "NTL"),
    ],
)
def test_the_initials_of_a_place(
    write: Write,  # noqa: ARG001 (it puts the table there)
    place: str | None,
    short: str,
    meant: str,
) -> None:
    assert read_abbreviations([plan("Treo pano.", place)]).expand(short) == meant


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("đại hội 14 của đảng", "đại hội XIV của đảng"),
        ("Đại hội Đảng lần thứ 13", "Đại hội Đảng lần thứ XIII"),
        ("khóa 9, khoá 10", "khóa IX, khoá X"),
        ("đại hội 4, đại hội 38", "đại hội IV, đại hội XXXVIII"),
        ("đại hội XIV", "đại hội XIV"),
        ("đại hội 40, đại hội 2025, khóa 2020-2025", "đại hội 40, đại hội 2025, khóa 2020-2025"),
        ("đại hội 25/11/2024", "đại hội 25/11/2024"),  # a date
        ("hội nghị 14, 14 đại hội", "hội nghị 14, 14 đại hội"),
    ],
)
def test_congresses_have_roman_numerals(typed: str, printed: str) -> None:
    assert with_roman_numerals(typed) == printed


def test_a_passage_is_indexed_with_both_forms(known: Abbreviations) -> None:
    document = plan("BTG TU và BTG phường thực hiện Nghị quyết 18-NQ/TU; tu dưỡng, btg.")
    (passage,) = [p for p in split_passages(document) if "BTG" in p.text]
    words = "BTG TU và BTG phường thực hiện Nghị quyết 18-NQ/TU; tu dưỡng, btg."
    assert indexed_text(passage, document, known).endswith(f". {words} (Ban Tuyên giáo, Thành ủy)")
    plain = plan("Ban Tuyên giáo treo pano.")
    (passage,) = [p for p in split_passages(plain) if "pano" in p.text]
    assert indexed_text(passage, plain, known).endswith(". Ban Tuyên giáo treo pano.")


@pytest.mark.parametrize(
    ("question", "locator"),
    [
        ("BTV Thành ủy giao gì?", "Mục I.1"),  # the plan writes "Ban Thường vụ"
        ("Mặt trận Tổ quốc vận động ai?", "Mục I.2"),  # the plan writes "MTTQ"
        ("mttq vận động ai?", "Mục I.2"),
    ],
)
def test_either_form_finds_the_other(question: str, locator: str) -> None:
    words = [
        "1. Ban Thường vụ Thành ủy giao việc.",
        "2. MTTQ vận động hội viên.",
        "3. Báo, đài mở chuyên mục.",
        "4. Sở Văn hóa và Thể thao tổ chức văn nghệ.",
    ]
    document = parsed(item("\n\n".join(words)), "việc.txt", FileMetadata(short_title="Việc"))
    best = index_of([document, parsed(HUE, "hue.txt")]).search(question, SearchOptions())[0]
    assert best.passage.locator == locator
    assert best.bm25
