"""Lines that wrap are joined; paragraphs, items, headings and centred lines keep apart."""

from ingest.readers.printed.lines import Line, PageLines
from ingest.readers.printed.page_texts import page_texts

LEFT, RIGHT, WORD = 80.0, 530.0, 6.0


def filled(top: float, text: str, left: float = LEFT) -> Line:
    """A line that reaches the right margin."""
    return Line(text, left, top, RIGHT, top + 14)


def short(top: float, text: str, left: float = LEFT) -> Line:
    return Line(text, left, top, left + WORD * len(text), top + 14)


def centred(top: float, text: str) -> Line:
    half = WORD * len(text) / 2
    return Line(text, 305 - half, top, 305 + half, top + 14)


def text(*lines: Line) -> str:
    return page_texts([PageLines(595, 842, lines)])[0]


# The width of the text and the distance of its lines, for pages with little on them.
FRAME = (
    filled(600, "Nội dung của kế hoạch được phổ biến đến từng chi bộ, từng khu dân cư và"),
    filled(618, "từng hộ gia đình trên địa bàn toàn thành phố trong quý I năm 2025 bằng"),
    short(636, "các hình thức phù hợp."),
)
FRAME_TEXT = (
    "Nội dung của kế hoạch được phổ biến đến từng chi bộ, từng khu dân cư và từng hộ gia đình trên địa bàn toàn "
    "thành phố trong quý I năm 2025 bằng các hình thức phù hợp."
)


def test_a_paragraph_that_wraps_before_a_capital_letter_is_one_line() -> None:
    assert text(*FRAME) == FRAME_TEXT
    cut = (
        filled(100, "Thực hiện Hướng dẫn số 180-HD/BTGTW ngày 10/01/2025 của Ban"),
        short(118, "Tuyên giáo Trung ương."),
    )
    assert text(*cut, *FRAME).startswith(
        "Thực hiện Hướng dẫn số 180-HD/BTGTW ngày 10/01/2025 của Ban Tuyên giáo Trung ương.\n\n"
    )


def test_an_indent_or_a_wider_distance_begins_a_paragraph() -> None:
    one = filled(100, "Các cấp ủy lãnh đạo, chỉ đạo tổ chức thực hiện nghiêm túc kế hoạch này và.")
    assert text(one, short(118, "Ban Tuyên giáo theo dõi.", LEFT + 30), *FRAME).startswith(
        f"{one.text}\n\nBan Tuyên giáo"
    )
    assert text(one, short(128, "Ban Tuyên giáo theo dõi."), *FRAME).startswith(f"{one.text}\n\nBan Tuyên giáo")


def test_items_stand_on_lines_of_their_own() -> None:
    lines = [filled(100 + 18 * row, f"{marker} Tổ chức hội nghị quán triệt, tuyên truyền sâu rộng Nghị quyết;")
             for row, marker in enumerate(("1.", "a)", "-", "+", "II."))]  # fmt: skip
    assert text(*lines, *FRAME).split("\n\n")[0].split("\n") == [line.text for line in lines]


def test_a_hyphen_or_number_at_the_start_of_a_line_within_a_sentence() -> None:
    dash = (
        filled(100, "Phát huy vai trò của Mặt trận Tổ quốc và các tổ chức chính trị"),
        short(118, "- xã hội các cấp."),
    )
    assert "các tổ chức chính trị - xã hội các cấp." in text(*dash, *FRAME)
    indented = [filled(100, "1. Làm rõ các nhiệm vụ, giải pháp trọng tâm cần triển khai ngay:", LEFT + 30),
                short(118, "(1) Xây dựng mô hình tổng thể; (2) Hoàn thiện thể chế.")]  # fmt: skip
    assert "cần triển khai ngay: (1) Xây dựng mô hình" in text(*indented, *FRAME)


def test_the_words_of_an_item_that_hang_below_each_other() -> None:
    hanging = (
        filled(100, "- Chủ trì, phối hợp với các sở, ban, ngành tham mưu kế hoạch của"),
        short(118, "Ủy ban nhân dân.", LEFT + 20),
    )
    assert text(*hanging, *FRAME).startswith(
        "- Chủ trì, phối hợp với các sở, ban, ngành tham mưu kế hoạch của Ủy ban nhân dân."
    )


def test_centred_lines_keep_apart_unless_the_next_goes_on_in_small_letters() -> None:
    title = (
        centred(100, "KẾ HOẠCH"),
        centred(118, "Tuyên truyền những chủ đề lớn, trọng tâm"),
        centred(136, "từ nay đến Đại hội XIV"),
    )
    assert text(*title, *FRAME).startswith(
        "KẾ HOẠCH\nTuyên truyền những chủ đề lớn, trọng tâm từ nay đến Đại hội XIV\n\n"
    )


def test_hyphens_at_the_end_of_a_line() -> None:
    kept = (
        filled(100, "Hội nghị cấp cao Mê Công với các nước láng giềng và hành lang Lào-"),
        short(118, "Thái Lan tại thành phố Huế."),
    )
    assert "hành lang Lào-Thái Lan" in text(*kept, *FRAME)
    number = (
        filled(100, "Thực hiện nghiêm túc, đầy đủ các nội dung của Hướng dẫn số 180-HD/"),
        short(118, "BTGTW của Trung ương."),
    )
    assert "180-HD/BTGTW" in text(*number, *FRAME)
    soft = (
        filled(100, "Thông tin, tuyên truyền kịp thời về kết quả trên mạng Inter\u00ad"),
        short(118, "net và báo chí."),
    )
    assert "mạng Internet và báo chí" in text(*soft, *FRAME)
    space = (
        filled(100, "Phát triển bền vững, toàn diện các lĩnh vực của đời sống kinh tế -"),
        short(118, "xã hội địa phương."),
    )
    assert "kinh tế - xã hội" in text(*space, *FRAME)


def test_a_broken_word_is_joined_only_where_it_stands_whole_elsewhere() -> None:
    broken = (
        filled(100, "Đẩy mạnh thông tin trên nền tảng số, mạng xã hội và các trang Inter-"),
        short(118, "net của tỉnh."),
    )
    assert "các trang Inter-net của tỉnh" in text(*broken, *FRAME)
    whole = short(200, "Quản lý chặt chẽ Internet.")
    assert "các trang Internet của tỉnh" in text(*broken, whole, *FRAME)


def test_pages_are_measured_together_and_an_empty_page_is_empty() -> None:
    cut = PageLines(
        595,
        842,
        (filled(100, "Ban Thường vụ Thành ủy giao Ban Tuyên giáo Thành ủy và Ủy ban"), short(118, "Mặt trận Tổ quốc.")),
    )
    assert page_texts([PageLines(595, 842, FRAME), PageLines(595, 842, ()), cut]) == (
        FRAME_TEXT,
        "",
        "Ban Thường vụ Thành ủy giao Ban Tuyên giáo Thành ủy và Ủy ban Mặt trận Tổ quốc.",
    )
