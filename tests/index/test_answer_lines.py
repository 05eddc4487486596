"""The line shown first: short, verbatim, and of what is asked."""

from dataclasses import replace

import pytest

from index.answer import SHORT_LINE, answered
from index.question import DocumentNames
from index.quotes import Asked
from index.types import Citation, Quote
from ingest.metadata import FileMetadata
from ingest.passages import split_passages
from ingest.reading import one_line
from ingest.types import Document, Passage, SectionKind
from tests.fakes import understood
from tests.plans import HUE, parsed

CLAUSES = [
    "Xây dựng kế hoạch tuyên truyền, mở chuyên trang, chuyên mục trên báo, đài và cổng thông tin điện tử;",
    "tổ chức các hoạt động văn hóa, văn nghệ, thể dục thể thao tại cơ sở, phục vụ Nhân dân vui Xuân;",
    "trang trí khánh tiết, treo pano, áp phích, băng rôn, khẩu hiệu trên các trục đường chính;",
    "tăng cường quản lý hoạt động báo chí, xuất bản, kịp thời xử lý các vi phạm.",
]
LONG = " ".join(CLAUSES)
WHOLE = " ".join(f"chữ{number}" for number in range(60))  # neither comma nor semicolon


def alike(_term: str) -> float:
    return 1.0


def citation(text: str, *quotes: str, label: str = "1") -> Citation:
    document = parsed(text, "a.txt")
    passage = Passage("a:0", "a", 0, len(text), text, (), "Mục I.1", "content", None, None)
    spans = [(text.index(quote), quote) for quote in quotes or (text,)]
    return Citation(label, document, passage, tuple(Quote(at, at + len(q), q) for at, q in spans), 1.0)


def line(question: str, *cited: Citation) -> str:
    read = understood(question)
    return answered(read, cited, Asked(read.terms, alike)).text


def test_a_short_quote_is_shown_whole() -> None:
    assert line("treo pano ở đâu", citation(CLAUSES[2])) == f"“{CLAUSES[2]}” [1]"
    full = ("Treo pano " + "a" * SHORT_LINE)[:SHORT_LINE]
    assert line("treo pano ở đâu", citation(full)) == f"“{full}” [1]"


LISTED = [clause.replace(",", "") for clause in CLAUSES]  # cut at semicolons alone


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        # Two clauses have room; of those that hold as many words of the question the longer.
        ("xây dựng chuyên trang phục vụ vui Xuân", (0, 1)),
        ("phục vụ vui Xuân bằng pano", (1, 2)),
        ("treo pano và xử lý vi phạm", (2, 3)),
        ("áp phích", (1, 2)),  # longer than the last two
        ("chuyên trang xử lý vi phạm", (2, 3)),  # three words of the last against two of the first
    ],
)
def test_of_a_long_quote_the_part_that_speaks_of_what_is_asked(question: str, rows: tuple[int, int]) -> None:
    first, last = rows
    lengths = [len(" ".join(LISTED[row : row + 2])) for row in range(3)]
    assert SHORT_LINE >= lengths[0] > lengths[1] > lengths[2]
    assert min(len(" ".join(LISTED[row : row + 3])) for row in range(2)) > SHORT_LINE
    shown = " ".join(LISTED[first : last + 1])
    expected = f"{'…' * (first > 0)}{shown}{'…' * (last < 3)}"
    assert line(question, citation(" ".join(LISTED))) == f"“{expected}” [1]"


def test_a_part_may_end_at_a_comma() -> None:
    words = "Mở chuyên mục trên báo, " + "đài và cổng thông tin điện tử của thành phố " * 6 + "trong năm."
    assert line("chuyên mục", citation(words)) == "“Mở chuyên mục trên báo,…” [1]"


@pytest.mark.parametrize("question", ["treo pano", "vui Xuân", "chuyên mục và vi phạm", "bánh xèo", "đài"])
def test_a_shortened_line_is_verbatim(question: str) -> None:
    found = line(question, citation(LONG.replace("; ", ";\n")))
    words = found.removeprefix("“").removesuffix("” [1]")
    assert words.strip("…") in one_line(LONG.replace("; ", ";\n"))
    assert len(words.strip("…")) <= SHORT_LINE
    assert words.startswith("…") is not LONG.startswith(words.strip("…"))
    assert words.endswith("…") is not LONG.endswith(words.strip("…"))


def test_a_long_line_without_a_comma_is_cut_between_words() -> None:
    words = WHOLE.split()
    kept = words[: next(n for n in range(len(words)) if len(" ".join(words[: n + 1])) > SHORT_LINE)]
    assert line("chữ1", citation(WHOLE)) == f"“{' '.join(kept)}…” [1]"
    assert line("chữ1", citation("a" * 300)) == f"“{'a' * SHORT_LINE}…” [1]"


def test_of_several_quotes_the_one_that_speaks_of_what_is_asked() -> None:
    cited = citation(LONG, CLAUSES[0], CLAUSES[2])
    assert line("treo pano ở đâu", cited) == f"“{CLAUSES[2]}” [1]"
    assert line("mở chuyên trang ở đâu", cited) == f"“{CLAUSES[0]}” [1]"
    assert line("bánh xèo", cited) == f"“{CLAUSES[0]}” [1]"  # the first of equals


def test_words_that_weigh_more_decide() -> None:
    cited = citation(LONG, CLAUSES[0], CLAUSES[2])
    question = understood("chuyên trang hay pano")
    for heavy, clause in (("trang", CLAUSES[0]), ("pano", CLAUSES[2])):
        weights = {"chuyen": 0.1, "trang": 0.1, "pano": 0.1} | {heavy: 5.0}
        asked = Asked(question.terms, lambda term, w=weights: w.get(term, 0.0))
        assert answered(question, (cited,), asked).text == f"“{clause}” [1]"


def test_each_short_answer_has_a_line_with_its_label() -> None:
    one = citation("Thực hiện Chỉ thị số 42/CT-TTg.", label="1")
    other = citation("Thực hiện Quyết định số 238-QĐ/TW.", label="2b")
    text = line("thực hiện văn bản nào?", one, other)
    assert text == "“Chỉ thị số 42/CT-TTg” [1]\n“Quyết định số 238-QĐ/TW” [2b]"


HUE_PLAN = parsed(
    HUE.replace("- Lưu: VT.", "- Báo, đài của tỉnh;\n- Sở Văn hóa và Thể thao;\n- Lưu: VT."),
    "hue.txt",
    FileMetadata(place="Thừa Thiên Huế"),
)


def of_kind(document: Document, kind: str) -> Citation:
    passage = next(p for p in split_passages(document) if p.kind == kind)
    return Citation("1", document, passage, (Quote(0, len(passage.text), passage.text),), 1.0)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("nơi nhận gồm những ai?", [0, 1, 2, 3]),
        ("có gửi cho báo, đài không?", [1, 0, 2, 3]),
        ("văn bản có được gửi Sở Văn hóa không?", [2, 0, 1, 3]),
        ("lưu ở đâu?", [3, 0, 1, 2]),
    ],
)
def test_recipients_that_are_asked_for_come_first(question: str, order: list[int]) -> None:
    recipients = HUE_PLAN.facts.recipients
    assert len(recipients) == 4
    lines = line(question, of_kind(HUE_PLAN, "recipients")).split("\n")
    assert lines == [f"{recipients[row]} [1]" for row in order]


def test_who_signed_and_who_is_in_charge() -> None:
    signed = line("ai ký kế hoạch?", of_kind(HUE_PLAN, "signature"))
    assert signed.startswith("“Hoàng Văn An”, ")
    assert signed.lower().endswith("trưởng ban [1]")
    unit = line("đơn vị nào lo văn nghệ?", of_kind(HUE_PLAN, "tasks"))
    assert unit == "Sở Văn hóa và Thể thao (Thừa Thiên Huế, Mục II.1) [1]"


def test_who_signed_is_told_also_where_the_recipients_are_found_better() -> None:
    receiving, signature = of_kind(HUE_PLAN, "recipients"), replace(of_kind(HUE_PLAN, "signature"), label="2")
    names = [DocumentNames(HUE_PLAN.doc_id, ("hue",))]
    question = understood("bản của Huế đứng tên ai", names)
    signed = answered(question, (receiving, signature), Asked(question.terms, alike)).text
    assert signed.startswith("“Hoàng Văn An”, ")
    assert signed.endswith(" [2]")
    assert "Lưu: VT" in line("bản của Huế đứng tên ai", receiving, signature)  # no document is named


LETTER = """CỤC THÔNG TIN
Số: 12/TTCS

Kính gửi: Sở Thông tin và Truyền thông các tỉnh, thành phố
trực thuộc Trung ương

1. Treo pano trên các trục đường chính.

Nơi nhận:
- Như trên;
- Lưu: VT."""


def test_whom_a_letter_is_written_to_stands_in_its_head() -> None:
    letter = parsed(LETTER, "thu.txt")
    head, copies = of_kind(letter, "header"), replace(of_kind(letter, "recipients"), label="2")
    written_to = "“Sở Thông tin và Truyền thông các tỉnh, thành phố trực thuộc Trung ương” [1]"
    assert line("công văn gửi cho ai?", head, copies) == written_to
    both = line("công văn gửi cho ai?", copies, head).split("\n")
    assert both[0] == written_to
    assert sorted(both[1:]) == ["Lưu: VT [2]", "Như trên [2]"]
    assert line("công văn gửi cho ai?", copies).split("\n") == both[1:]
    assert "Kính gửi" in line("công văn về việc gì?", head)


@pytest.mark.parametrize("kind", ["recipients", "signature"])
def test_who_signs_or_receives_does_not_answer_when(kind: SectionKind) -> None:
    shown = line("khi nào hết hạn gửi kế hoạch về Thành ủy?", of_kind(HUE_PLAN, kind))
    passage = one_line(of_kind(HUE_PLAN, kind).passage.text)
    assert shown == f"“{passage}” [1]"


def test_a_signer_corrected_by_hand_is_not_in_quotation_marks() -> None:
    facts = replace(HUE_PLAN.facts, signer="Hoàng Văn Ân")
    signed = line("ai ký kế hoạch?", of_kind(replace(HUE_PLAN, facts=facts), "signature"))
    assert signed.startswith("Hoàng Văn Ân, ")
    assert "“" not in signed
