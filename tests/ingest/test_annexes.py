"""What follows the signature: appendices, forms and attached regulations, none of them lost."""

from tests.plans import parsed, rows

PLAN = "I. NỘI DUNG\n\n1. Tuyên truyền sâu rộng trong Nhân dân.\n\n"
DECISION = (
    "QUYẾT ĐỊNH\nBan hành Quy chế tiếp công dân\n\nCăn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;\n\n"
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân.\n\n"
)
SENT = "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\n"
SIGNED = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n\n"
ANNEXES = (
    "PHỤ LỤC I\nDANH SÁCH ĐƠN VỊ\n\nI. CẤP TỈNH\n\n1. Sở Y tế.\n\n"
    "Mẫu số 01\nĐƠN KHIẾU NẠI\n\n1. Họ và tên: ……\n\nPHỤ LỤC II\n\nBảng này chưa có tên và có nhiều dòng khác nhau.\n"
)


def test_annexes_and_forms_are_sections_of_their_own() -> None:
    wanted = [
        ("Mục I", "NỘI DUNG"),
        ("Mục I.1", ""),
        ("Nơi nhận", ""),
        ("Chữ ký", ""),
        ("Phụ lục I", "DANH SÁCH ĐƠN VỊ"),
        ("Phụ lục I, Mục I", "CẤP TỈNH"),
        ("Phụ lục I, Mục I.1", ""),
        ("Phụ lục I, Mẫu số 01", "ĐƠN KHIẾU NẠI"),
        ("Phụ lục I, Mẫu số 01, Mục 1", ""),
        ("Phụ lục II", ""),
    ]
    text = PLAN + SENT + SIGNED + ANNEXES
    assert rows(text) == wanted
    assert parsed(text).sections[-1].end == len(text.rstrip())


def test_annexes_follow_recipients_that_stand_below_the_signature() -> None:
    found = [locator for locator, _ in rows(PLAN + SIGNED + SENT + ANNEXES)]
    assert found[2:5] == ["Chữ ký", "Nơi nhận", "Phụ lục I"]


def test_annexes_of_a_text_without_a_signature() -> None:
    assert [locator for locator, _ in rows(PLAN + ANNEXES)][2:4] == ["Phụ lục I", "Phụ lục I, Mục I"]


def test_an_annex_that_is_only_named_above_the_signature_is_no_section() -> None:
    text = PLAN + "2. Kèm theo kế hoạch:\n\nPhụ lục 1: Danh sách đơn vị.\n\n" + SENT + SIGNED
    assert [locator for locator, _ in rows(text)] == ["Mục I", "Mục I.1", "Mục I.2", "Nơi nhận", "Chữ ký"]


def test_an_attached_regulation_has_articles_and_a_signature_of_its_own() -> None:
    regulation = (
        "QUY CHẾ\nTIẾP CÔNG DÂN\n(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND)\n\nChương I\nQUY ĐỊNH CHUNG\n\n"
        "Điều 1. Phạm vi điều chỉnh\n\n1. Quy chế này quy định việc tiếp công dân.\n\n"
    )
    document = parsed(DECISION + SENT + SIGNED + regulation + SIGNED.replace("Nguyễn Văn An", "Lê Thị Bình"))
    assert [(s.locator, s.level, s.kind) for s in document.sections[2:]] == [
        ("Điều 1", 1, "other"),
        ("Nơi nhận", 1, "recipients"),
        ("Chữ ký", 1, "signature"),
        ("Quy chế kèm theo", 1, "other"),
        ("Quy chế kèm theo, Chương I", 2, "other"),
        ("Quy chế kèm theo, Điều 1", 3, "other"),
        ("Quy chế kèm theo, Điều 1 khoản 1", 4, "other"),
        ("Quy chế kèm theo, Chữ ký", 2, "signature"),
    ]
    assert document.facts.title == "Quyết định ban hành Quy chế tiếp công dân"
    assert document.facts.signer == "Nguyễn Văn An"
    assert [w.code for w in document.warnings] == ["no_number", "no_date"]


def test_a_regulation_in_a_file_of_its_own_is_no_annex() -> None:
    text = "QUY CHẾ\nTIẾP CÔNG DÂN\n(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND)\n\nĐiều 1. Phạm vi\n\nMột.\n"
    assert [locator for locator, _ in rows(text)] == ["Phần mở đầu", "Điều 1"]


def test_what_follows_a_signature_without_a_name_is_called_after_its_place() -> None:
    after = "DANH SÁCH ĐẠI BIỂU\n\n1. Ông Nguyễn Văn Bảy, Giám đốc Sở Y tế.\n"
    assert rows(PLAN + SENT + SIGNED + after)[-2:] == [
        ("Phần sau chữ ký", "DANH SÁCH ĐẠI BIỂU"),
        ("Phần sau chữ ký, Mục 1", ""),
    ]
