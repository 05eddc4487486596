"""What a question asks for and the best passages do not state."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.evidence import missing_fact
from ingest.folding import fold
from ingest.metadata import load_metadata
from ingest.parse import read_document
from ingest.types import Document, DocumentFacts
from tests.fakes import understood

CORPUS = Path(__file__).parents[2] / "corpus"
PANO = "Tuyên truyền, cổ động trực quan; xây dựng các khẩu hiệu, panô, áp phích tại các trục đường chính."

OF_NO_PLACE = DocumentFacts("", "")


def said(*texts: str) -> Callable[[str], bool]:
    folded = [" ".join(fold(text).replace(",", " ").replace(".", " ").split()) for text in texts]
    return lambda words: any(f" {words} " in f" {text} " for text in folded)


def missing(
    question: str,
    *best: str,
    named: tuple[Document, ...] = (),
    says: tuple[str, ...] = (),
    source: DocumentFacts = OF_NO_PLACE,
) -> str | None:
    passages = best or (PANO,)
    return missing_fact(understood(question), passages, source, named, said(*passages, *says))


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("in pano hết bao nhiêu tiền", "số tiền hay kinh phí"),
        ("kinh phí treo pano lấy ở đâu", "số tiền hay kinh phí"),
        ("giá một tấm pano bao nhiêu", "số tiền hay kinh phí"),
        ("bao nhiêu đại biểu dự hội nghị", "số người"),
        ("chị Bình quê ở đâu", "ngày sinh hay quê quán"),
        ("tập huấn ở hội trường nào", "địa chỉ hay địa điểm cụ thể"),
        ("cho xin số điện thoại ban tuyên giáo", "số điện thoại"),
        ("pano kích thước ra sao", "kích thước hay màu sắc"),
        ("loa phát lúc mấy giờ", "giờ giấc hay số lần"),
        ("ở Đà Nẵng treo pano chỗ nào", "nội dung của Đà Nẵng"),
        ("nghị quyết 57 nói gì về pano", "văn bản số 57"),
        ("bao giờ treo pano", "thời gian"),
        ("treo bao nhiêu pano", "con số"),
        ("treo pano theo văn bản nào", "số hay tên văn bản"),
        ("bí thư là ai", "ai là bí thư"),
        ("cán bộ được lĩnh mấy tháng lương", "mức tiền"),
        ("cuộc thi pano giải nhất thế nào", "mức tiền"),
        ("treo pano bừa bãi phạt bao nhiêu", "mức tiền"),
        ("số máy bàn của nơi treo pano", "số điện thoại"),
        ("gửi ảnh pano vào gmail gì", "địa chỉ thư điện tử"),
        ("họp về pano ở phòng nào", "địa chỉ hay địa điểm cụ thể"),
        ("pano mấy mét", "kích thước hay màu sắc"),
        ("năm 2027 treo pano gì", "nội dung của năm 2027"),
        ("phường Mỹ Đình treo pano ở đâu", "nội dung của Mỹ Đình"),
        ("mấy bữa thì báo cáo việc treo pano một lần", "bao lâu hay bao lâu một lần"),
        ("treo pano trong bao lâu", "bao lâu hay bao lâu một lần"),
        ("chị Bình treo pano giữ chức vụ gì", "chức vụ"),
        ("cho điện thoại của nơi treo pano", "số điện thoại"),
    ],
)
def test_a_fact_that_the_best_passages_do_not_hold_is_named(question: str, what: str) -> None:
    assert missing(question) == what


@pytest.mark.parametrize(
    "question",
    [
        "dùng pano, áp phích ở những đâu?",
        "xây dựng bộ máy đồng bộ thế nào?",  # "máy" is not "mấy", "đồng" here is no money
        "sắp xếp bộ máy, cán bộ ra sao?",
        "đánh giá tiền đề phát triển",
        "hòa bình và ổn định",
        "ai treo pano",
        "ai gỡ mấy tấm pano cũ",  # "mấy" is "some" where something else is asked
        "xem pano trên điện thoại ở đâu",
        "sinh nhật lần này treo pano gì",
        "sinh nhật ai được nhắc trên pano",
        "dạy dân dùng máy tính, điện thoại",
        "treo pano để làm gì theo kế hoạch này",
        "",
    ],
)
def test_other_questions_lack_nothing(question: str) -> None:
    assert missing(question, says=("vì một Việt Nam hòa bình",)) is None


def test_a_fact_that_is_there_is_not_missing() -> None:
    passage = "Kinh phí thực hiện: 25 triệu đồng, cho 120 đại biểu, tại hội trường Thành ủy."
    for question in ("kinh phí bao nhiêu", "mấy triệu", "bao nhiêu đại biểu", "họp ở hội trường nào"):
        assert missing(question, passage) is None


@pytest.mark.parametrize(
    "text",
    [
        "Gửi trước ngày 15/12/2024.",
        "Hoàn thành trong năm 2025.",
        "Từ tháng 3 mở chuyên mục.",
        "Báo cáo vào cuối quý.",
        "Thực hiện qua hai giai đoạn.",
        "Họp HẰNG TUẦN.",
        "Trong nhiệm kỳ tới.",
        "Đưa tin thường xuyên.",
        "Giao ban định kỳ.",
    ],
)
def test_what_says_when(text: str) -> None:
    assert missing("bao giờ báo cáo?", text) is None
    assert missing("bao giờ báo cáo?", "Báo cáo về năm học, tháng sau, quý vị.".replace(", quý vị", "")) == "thời gian"


@pytest.mark.parametrize(
    ("question", "text", "what"),
    [
        ("có mấy nhiệm vụ", "Thực hiện 3 nhiệm vụ.", None),
        ("có mấy nhiệm vụ", "Thực hiện BA nhiệm vụ.", None),
        ("có mấy nhiệm vụ", "Thực hiện các nhiệm vụ.", "con số"),
        ("có mấy nhiệm vụ", "Thực hiện nhiệm vụ bảo tồn.", "con số"),  # "bảo" is not "bảy", "tồn" no number
        ("đại hội lần thứ mấy", "Chào mừng Đại hội.", "con số"),
        ("tỷ lệ hộ nghèo", "Giảm hộ nghèo.", "con số"),
        ("tăng mấy phần trăm", "Tăng nhanh.", "tỷ lệ phần trăm"),
        ("chặn mấy trang xấu", "Chặn các trang xấu.", None),  # "mấy" is here "some"
        ("treo mấy cái pano", PANO, None),
    ],
)
def test_what_says_how_many(question: str, text: str, what: str | None) -> None:
    assert missing(question, text) == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Thực hiện Nghị quyết của Trung ương.", None),
        ("Thực hiện văn bản 18-NQ/TW.", None),
        ("Theo số 511 / TB của Văn phòng.", None),
        ("Thực hiện nghị quyết của chi bộ.", "số hay tên văn bản"),  # a name has its capital
        ("Ngày 20 - 25 tháng này.", "số hay tên văn bản"),
    ],
)
def test_what_names_a_document(text: str, what: str | None) -> None:
    assert missing("làm theo văn bản nào", text) == what


@pytest.mark.parametrize(
    ("question", "text", "what"),
    [
        # Numbers of dates, documents, sections and names count nothing.
        ("giảm bao nhiêu biên chế", "Nghị quyết số 18-NQ/TW ngày 25/10/2017, đến năm 2030, Ban Chỉ đạo 35.", "con số"),
        ("giảm bao nhiêu biên chế", "Hội nghị lần thứ 26 (COP26), 12/2024, Mục 1.1.", "con số"),
        ("giảm bao nhiêu biên chế", "(1) Rà soát biên chế. (2) Giảm biên chế.", "con số"),
        ("giảm bao nhiêu biên chế", "Giảm 20% biên chế.", None),
        ("giảm bao nhiêu biên chế", "Giảm hai mươi biên chế.", None),
        # The passage speaks of what is to be counted and counts something else.
        ("bao nhiêu tuyên truyền viên", "Mở 12 lớp bồi dưỡng kỹ năng cho tuyên truyền viên.", "con số"),
        ("bao nhiêu tuyên truyền viên", "Tập huấn 120 báo cáo viên, tuyên truyền viên.", None),
        ("bao nhiêu quốc gia", "Quan hệ với 193 quốc gia.", None),
        ("bao nhiêu nước", "Quan hệ với 193 quốc gia.", None),  # the other word may be counted
        # Parts of a plan are counted by who reads it; time has several measures.
        ("có mấy nhiệm vụ", "1. Nhiệm vụ của Sở Y tế.", None),
        ("trong bao nhiêu ngày thì xong", "Xong trong mười lăm (15) ngày làm việc.", None),
        ("trong bao nhiêu ngày thì xong", "Ngày làm việc, xong trong một năm.", None),
        ("trong bao nhiêu ngày thì xong", "Xong trong ngày.", "con số"),
        # An ordinal is asked for, a date, a number of a document: not how many there are.
        ("đại hội khóa mấy", "Đại hội khóa XIII.", None),
        ("đại hội lần thứ mấy", "Đại hội lần thứ tư.", None),
        ("bão số mấy làm mấy tỉnh khổ", "Khắc phục cơn bão số 3.", None),
        ("họp phiên mấy", "Phiên họp thứ 26.", None),
        ("văn bản đánh số bao nhiêu", "Không có gì.", None),
        ("báo cáo tỷ lệ nội địa vào ngày mấy", "Báo cáo tỷ lệ trước 31/12.", None),
    ],
)
def test_what_counts_what_is_asked(question: str, text: str, what: str | None) -> None:
    assert missing(question, text) == what


@pytest.mark.parametrize(
    ("question", "says", "what"),
    [
        # An unsure "mấy" does not hide that another place or number is asked about.
        ("Đà Nẵng chặn mấy trang xấu", (), "nội dung của Đà Nẵng"),
        ("luật 57 chặn mấy trang xấu", (), "văn bản số 57"),
        ("mấy trang xấu ở Đà Nẵng", ("Thành phố Đà Nẵng",), None),
    ],
)
def test_some_is_no_reason_to_look_no_further(question: str, says: tuple[str, ...], what: str | None) -> None:
    assert missing(question, "Chặn các trang xấu.", says=says) == what


@pytest.mark.parametrize(
    ("question", "text", "what"),
    [
        ("quận giải thể ngày nào", "Theo Kế hoạch số 303-KH/TU ngày 05/3/2025 của Thành ủy.", "thời gian"),
        ("quận giải thể ngày nào", "Theo 303-KH/TU ngày 05/3/2025; giải thể trước ngày 01/7/2025.", None),
        ("kế hoạch ra ngày nào", "Theo Kế hoạch số 303-KH/TU ngày 05/3/2025 của Thành ủy.", None),
        ("bản 303 đề ngày nào", "Theo 303-KH/TU ngày 05/3/2025.", None),
        ("quy chế của tuyên giáo được duyệt hôm nào", "Theo Quyết định số 238-QĐ/TW ngày 20/9/2020.", None),
    ],
)
def test_the_date_of_a_document_is_not_when_something_happens(question: str, text: str, what: str | None) -> None:
    assert missing(question, text) == what


@pytest.mark.parametrize(
    ("question", "text", "what"),
    [
        ("Huế nhập với tỉnh nào", "Sắp xếp tỉnh Huế.", "tên tỉnh được nhập vào"),
        ("Huế nhập với tỉnh nào", "Sắp xếp Huế và Quảng Trị.", None),
        ("sáp nhập vào phường nào", "Sắp xếp cấp xã.", "tên phường được nhập vào"),
        ("sáp nhập vào phường nào", "Nhập vào phường Vỹ Dạ.", None),
        ("tỉnh nào lo", "Sắp xếp.", None),
    ],
)
def test_with_what_a_place_is_merged(question: str, text: str, what: str | None) -> None:
    assert missing(question, text, says=("Huế",)) == what


def test_a_fact_is_stated_where_the_passage_speaks_of_what_is_asked() -> None:
    birthday = "Kỷ niệm 204 năm Ngày sinh Ph.Ăng-ghen (28/11/1820 - 28/11/2024)."
    signed = "PHÓ BÍ THƯ Lâm Quang Thao"
    assert missing("sinh nhật Lâm Quang Thao ngày mấy", birthday, signed) == "ngày sinh hay quê quán"
    assert missing("sinh nhật nhà tư tưởng ngày mấy", birthday, signed) is None  # in other words than the passage's
    assert missing("sinh nhật Ăng-ghen ngày mấy", birthday, signed) is None
    assert missing("quân đội tròn bao nhiêu tuổi", "Kỷ niệm 80 năm thành lập Quân đội.") is None
    assert missing("mức hỗ trợ hộ nghèo", "Hộ nghèo | 1.200.000") is None  # a row of a table


def test_it_is_enough_where_one_of_the_first_five_passages_says_it() -> None:
    date = "Gửi trước ngày 15/12/2024."
    assert missing("bao giờ gửi", PANO, PANO, PANO, PANO, date) is None
    assert missing("bao giờ gửi", PANO, PANO, PANO, PANO, PANO, date) == "thời gian"
    # Money and places are looked for where the answer would stand.
    assert missing("kinh phí ở đâu", PANO, "Kinh phí: 25 triệu đồng.") == "số tiền hay kinh phí"


@pytest.mark.parametrize(
    ("question", "text", "what"),
    [
        ("bí thư Thành ủy là ai", "Bí thư Thành ủy Nguyễn Văn A dự họp.", None),
        ("bí thư Thành ủy là ai", "BÍ THƯ", None),
        ("bí thư Thành ủy là ai", "Phó Bí thư Thành ủy Nguyễn Văn A.", "ai là bí thư"),
        ("bí thư Thành ủy là ai", "Tổng Bí thư Tô Lâm.", "ai là bí thư"),
        ("phó bí thư là ông nào", "Phó Bí thư Thành ủy Bùi Văn Phú.", None),
        ("phó bí thư là ông nào", "Bí thư Thành ủy Bùi Văn Phú.", "ai là phó bí thư"),
        ("tổng bí thư là ai", "Phát biểu của Tổng Bí thư Tô Lâm.", None),
        ("ai là chủ tịch thành phố", "Ủy ban nhân dân thành phố.", "ai là chủ tịch"),
        ("ai làm giám đốc sở", "Giám đốc Sở chỉ đạo.", None),
        ("cục trưởng tên gì", "Thứ trưởng ký.", "ai là cục trưởng"),
        ("chủ tịch ủy ban làm gì", "Ủy ban nhân dân thành phố.", None),  # not who it is
    ],
)
def test_whose_office_it_is(question: str, text: str, what: str | None) -> None:
    assert missing(question, text) == what


@pytest.mark.parametrize(
    ("question", "says", "what"),
    [
        ("Đà Nẵng làm gì", (), "nội dung của Đà Nẵng"),
        ("đà nẵng làm gì", (), "nội dung của Đà Nẵng"),
        ("Đà Nẵng làm gì", ("Thành phố Đà Nẵng.",), None),
        ("hoà bình hay Hòa Bình", (), "nội dung của Hòa Bình"),  # a name of a province in either spelling
        ("Cần Thơ khác Sóc Trăng chỗ nào", ("Cần Thơ",), "nội dung của Sóc Trăng"),
        ("da nang làm gì", (), None),  # without its marks it may be other words
        ("nghị quyết 57 nói gì", (), "văn bản số 57"),
        ("nghị quyết số 57 nói gì", ("Nghị quyết số 57",), None),
        ("nghị quyết 57 khác nghị quyết 18 chỗ nào", ("Nghị quyết số 57",), "văn bản số 18"),
        ("công điện 115 và luật 57", ("115",), "văn bản số 57"),
        ("năm 57 có gì", (), None),  # no document's number
    ],
)
def test_another_place_or_document(question: str, says: tuple[str, ...], what: str | None) -> None:
    assert missing(question, says=says) == what


def test_a_place_or_number_that_some_document_has_is_not_missing() -> None:
    text = "Hướng dẫn số 173-HD/BTGTW, thành phố Cần Thơ"
    assert missing("Cần Thơ theo hướng dẫn 173 à", text, says=("Hướng dẫn số 173 HD BTGTW",)) is None


@pytest.fixture(scope="module")
def can_tho() -> Document:
    """A plan that states neither its date nor its number."""
    name = "can-tho-tuyen-truyen-hoi-nghi-trung-uong-25-11-2024.txt"
    return read_document(CORPUS / name, load_metadata(CORPUS)[name])


@pytest.fixture(scope="module")
def phan_rang() -> Document:
    """A plan of 17/12/2024 with number 347-KH/TU."""
    name = "phan-rang-thap-cham-347-kh-tu-17-12-2024.txt"
    return read_document(CORPUS / name, load_metadata(CORPUS)[name])


def test_a_document_without_date_or_number_says_so(can_tho: Document, phan_rang: Document) -> None:
    date, number = (f"{what} của {can_tho.facts.short_title}" for what in ("ngày ban hành", "số"))
    head = "Kế hoạch số 1-KH/TU ngày 25/11/2024"  # of something else: what the plan lacks is known from its facts
    assert missing("ngày ký kế hoạch Cần Thơ", head, named=(can_tho,), says=("can tho",)) == date
    assert missing("kế hoạch Cần Thơ ký ngày nào", head, named=(can_tho,), says=("can tho",)) == date
    assert missing("kế hoạch số mấy của Cần Thơ", head, named=(can_tho,), says=("can tho",)) == number
    for named in ((), (phan_rang,), (can_tho, phan_rang)):
        assert missing("ngày ký kế hoạch", head, named=named) is None
        assert missing("kế hoạch số mấy", head, named=named) is None
    assert missing("kế hoạch nói gì", head, named=(can_tho,)) is None


def test_of_a_document_with_a_blank_for_its_day_only_the_day_is_missing(phan_rang: Document) -> None:
    blank = replace(phan_rang, facts=replace(phan_rang.facts, date="2024-12"))
    head = "Phan Rang - Tháp Chàm, ngày      tháng 12 năm 2024"
    assert missing("kế hoạch ký ngày nào", head, named=(blank,)) == f"ngày ban hành của {blank.facts.short_title}"
    assert missing("kế hoạch ban hành năm nào", head, named=(blank,)) is None
    assert missing("kế hoạch ký ngày nào", head, named=(phan_rang,)) is None


def test_a_passage_is_about_the_place_of_its_document() -> None:
    text = "Thẻ kiểm tra có giá trị sử dụng 1 năm tính từ ngày cấp."
    of_ca_mau, of_hue = DocumentFacts("Quy định", "", place="Cà Mau"), DocumentFacts("Quy định", "", place="Huế")
    assert missing("thẻ của Cà Mau xài được bao lâu", text, says=("Cà Mau",), source=of_ca_mau) is None
    assert missing("thẻ của Cà Mau xài được bao lâu", text, says=("Cà Mau",), source=of_hue) is not None
