"""What real questions ask for and which documents they name, with marks and without."""

from collections.abc import Callable

import pytest

from index.diacritics import load_restorer
from index.intents import Intent
from index.question import DocumentNames, document_names, understand, understand_as_typed
from ingest.folding import fold
from ingest.metadata import FileMetadata
from ingest.types import Document
from tests.fakes import understood
from tests.plans import BO_TTTT, CAN_THO, HUE, NAM_TU_LIEM, PHAN_RANG, VUNG_TAU, parsed

INTENTS: dict[str, set[Intent]] = {
    "ai ký kế hoạch của Phan Rang?": {"signature", "who"},
    "người ký văn bản này là ai?": {"signature", "who"},
    "ký thay mặt ai?": {"signature", "who"},
    "nơi nhận của kế hoạch 443-KH/TU là những ai?": {"audience", "recipients", "who"},
    "văn bản gửi đến những nơi nào?": {"recipients", "who", "list"},
    "ai chịu trách nhiệm đấu tranh thông tin xấu độc?": {"who"},
    "đơn vị nào chủ trì?": {"who"},
    "Kế hoạch 04-KH/BCĐ là của ban nào?": {"who"},
    "bao giờ phải gửi báo cáo?": {"when"},
    "hạn cuối nộp báo cáo": {"when"},
    "ngày truyền thống Ban Đối ngoại Trung ương là ngày nào?": {"when"},
    "tổ chức bao nhiêu hội nghị?": {"how_many"},
    "thực hiện theo nghị quyết nào?": {"which_document"},
    "căn cứ ban hành là gì?": {"which_document"},
    "khẩu hiệu tuyên truyền là gì?": {"slogans"},
    "tuyên truyền bằng hình thức nào?": {"forms"},
    "mục đích của kế hoạch là gì?": {"purpose"},
    "đối tượng tuyên truyền là những ai?": {"audience", "who"},
    "Văn phòng Quận ủy Nam Từ Liêm có nhiệm vụ gì?": set(),
    "cách làm bánh xèo": set(),
    # What only without marks looks like "mấy", "hạn", "nhằm".
    "sắp xếp bộ máy thế nào?": set(),
    "hạn chế của bộ máy là gì?": set(),
    "Hàn Quốc": set(),
    "tránh nhầm lẫn": set(),
}
NAMED: dict[str, set[str]] = {
    "ai ký kế hoạch của Phan Rang?": {PHAN_RANG},
    "Tháp Chàm làm gì?": {PHAN_RANG},
    "số 347 nói gì?": {PHAN_RANG},
    "kế hoạch 443 gửi những ai?": {VUNG_TAU},
    "nơi nhận của 443-KH/TU": {VUNG_TAU},
    "Thành ủy Vũng Tàu và Thành ủy Cần Thơ": {VUNG_TAU, CAN_THO},
    "Văn phòng Quận ủy Nam Từ Liêm có nhiệm vụ gì?": {NAM_TU_LIEM},
    "quận ủy giao việc gì?": {NAM_TU_LIEM},
    "công văn của Cục Thông tin cơ sở": {BO_TTTT},
    "ai chịu trách nhiệm tuyên truyền?": set(),
    "tích cực phát thanh trong thành phố": set(),  # syllables of "Cục", "Thành ủy" alone name nothing
    "năm 3470 có gì?": set(),
}


@pytest.mark.parametrize("question", INTENTS)
def test_what_is_asked_for(question: str) -> None:
    restore = load_restorer().restore
    assert understood(question).intents == INTENTS[question]
    assert understood(question, restore=restore).intents == INTENTS[question]
    assert understood(fold(question), restore=restore).intents == INTENTS[question]


@pytest.mark.parametrize("restore", [str, load_restorer().restore])
def test_a_cycle_is_no_signature(restore: Callable[[str], str]) -> None:
    """Without marks "chu ky" may be either; typed with marks it is not "chữ ký"."""
    assert understood("chu kỳ giao ban báo chí", restore=restore).intents == set()
    assert understood("chữ ký của ai?", restore=restore).intents == {"signature", "who"}


@pytest.mark.parametrize("question", ["bao gio phai gui bao cao?", "sap xep bo may the nao?", "noi nhan?"])
def test_without_marks_nothing_is_recognised(question: str) -> None:
    assert understood(question).intents == set()


@pytest.fixture(scope="module")
def names(corpus_documents: list[Document]) -> list[DocumentNames]:
    return document_names(corpus_documents)


@pytest.mark.parametrize("question", NAMED)
def test_which_documents_are_named(names: list[DocumentNames], question: str) -> None:
    assert set(understood(question, names).documents) == NAMED[question]
    assert set(understood(fold(question), names).documents) == NAMED[question]


def plan(name: str, place: str | None, number: str) -> Document:
    return parsed(HUE.replace("112-KH/BTGTU", number), f"{name}.txt", FileMetadata(place=place))


def test_names_that_tell_apart_by_hand() -> None:
    number = {"ke hoach 35", "kh 35", "so 35", "cong van 35", "van ban 35", "35 kh btgtu"}
    one, two, three = plan("a", "Vinh, Nghệ An", "35-KH/BTGTU"), plan("b", "Huế", "7-KH/TU"), plan("c", None, "7-KH/TU")
    found = document_names([one, two, three])
    assert [names.doc_id for names in found] == ["a", "b", "c"]
    # "Huế" stands in all of them; both others share "ban tuyen" and "ke hoach" with each.
    assert number | {"vinh", "nghe an", "vinh nghe an"} <= set(found[0].names)
    for names in found:
        assert not {"hue", "ke hoach", "tuyen truyen"} & set(names.names)
        assert list(names.names) == sorted(names.names)
    # One of two others has number 7 as well: not more than half.
    assert {"7 kh tu", "so 7"} <= set(found[1].names) & set(found[2].names)
    # Among two documents one other is all others.
    assert not {"7 kh tu", "so 7"} & set(document_names([two, three])[0].names)


def test_the_only_document_keeps_all_its_names() -> None:
    (found,) = document_names([plan("a", "Huế", "35-KH/BTGTU")])
    assert {"hue", "35 kh btgtu", "so 35", "ke hoach"} <= set(found.names)
    assert document_names([]) == []


def test_a_question_is_read_in_full() -> None:
    found = understand("  AI  lo\x07 treo pano?", [], str, str.lower, str)
    assert (found.typed, found.text) == ("  AI  lo\x07 treo pano?", "ai lo treo pano?")
    assert found.terms == ("lo", "treo", "pano")
    assert (found.intents, found.documents) == ({"who"}, ())


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("công điện 111 nói gì", ("111",)),
        ("Nghị quyết số 18 khác kết luận 127-KL/TW chỗ nào", ("18", "127")),
        ("mục 18, năm 2025, 35 tuổi", ()),
    ],
)
def test_documents_are_named_by_kind_and_number(question: str, numbers: tuple[str, ...]) -> None:
    assert understand(question, [], str, str, str).numbers == numbers


def test_a_question_is_written_out_restored_and_capitalized_in_this_order() -> None:
    """Each step sees what the one before it gave."""
    expand = {"btg dai hoi 14": "ban tuyên giáo dai hoi 14"}.__getitem__
    restore = {"ban tuyên giáo dai hoi 14": "ban tuyên giáo đại hội 14"}.__getitem__
    capitalize = {"ban tuyên giáo đại hội XIV": "Ban Tuyên giáo Đại hội XIV"}.__getitem__
    found = understand(" btg  dai hoi 14\n", [DocumentNames("a", ("ban tuyen giao",))], expand, restore, capitalize)
    assert found.typed == " btg  dai hoi 14\n"
    assert found.text == "Ban Tuyên giáo Đại hội XIV"
    assert found.terms == ("ban", "tuyen", "giao", "dai", "hoi", "xiv")
    assert found.documents == ("a",)


def test_a_question_read_as_typed_keeps_its_letters() -> None:
    found = understand_as_typed(" BTG  dai hoi 14, AI\x07 ky\n", [DocumentNames("a", ("dai hoi",))])
    assert (found.typed, found.text) == (" BTG  dai hoi 14, AI\x07 ky\n", "BTG dai hoi 14, AI ky")
    assert (found.intents, found.documents) == ({"who"}, ("a",))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("AI KÝ KẾ HOẠCH", "ai ký kế hoạch"),  # capitals throughout say nothing
        ("AI ký", "AI ký"),
        ("BCĐ", "BCĐ"),  # a single word in capitals is an abbreviation
        ("COP29", "COP29"),
    ],
)
def test_capitals_throughout_become_small(typed: str, text: str) -> None:
    assert understood(typed).text == text
