"""Which words are the heading of a chapter, an article or an annex."""

import pytest

from tests.plans import rows

SENTENCE = "Quy chế này quy định việc tiếp công dân tại trụ sở cơ quan."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chương I\nNHỮNG QUY ĐỊNH CHUNG\nĐiều 1. Một\n", "NHỮNG QUY ĐỊNH CHUNG"),
        ("Chương I\n\nNhững quy định chung\n\nĐiều 1. Một\n", "Những quy định chung"),
        (
            "Chương III\nNghĩa vụ, quyền lợi và\nnhững việc không được làm\n",
            "Nghĩa vụ, quyền lợi và những việc không được làm",
        ),
        ("CHƯƠNG II: TỔ CHỨC\nVÀ HOẠT ĐỘNG\nĐiều 1. Một\n", "TỔ CHỨC VÀ HOẠT ĐỘNG"),
        ("Chương II. Tổ chức bộ máy\n", "Tổ chức bộ máy"),
        ("Chương II QUY ĐỊNH CỤ THỂ\n", "QUY ĐỊNH CỤ THỂ"),
        (f"Chương II\n\n{SENTENCE}\n", ""),
        ("Phần thứ nhất\nTÌNH HÌNH CHUNG\n\nI. Một\n", "TÌNH HÌNH CHUNG"),
        ("Mục 2\nTHỦ TỤC\nĐiều 9. Một\n", "THỦ TỤC"),
    ],
)
def test_titles_of_parts(text: str, title: str) -> None:
    assert rows(text)[0][1] == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Điều 1. Mục đích phát hành công trái", "Mục đích phát hành công trái"),
        ("Điều 1 . Phạm vi điều chỉnh.", "Phạm vi điều chỉnh"),
        ("Điều 1: Phạm vi điều chỉnh", "Phạm vi điều chỉnh"),
        ("Điều 1. Công chức được xét tuyển gồm:", "Công chức được xét tuyển gồm"),
        ("Điều 1.", ""),
        ("Điều 1. Quyết định này có hiệu lực kể từ ngày ký.", ""),
        ("Điều 1. Quyết định này có hiệu lực kể từ ngày ký", ""),
        ("Điều 1. Ban hành kèm theo đây Quy chế tiếp công dân.", ""),
        ("Điều 1. Giám đốc Sở Y tế chịu trách nhiệm thi hành.", ""),
        ("Điều 1. Trách nhiệm thi hành", "Trách nhiệm thi hành"),
        (f"Điều 1. {'Cán bộ, công chức, viên chức ' * 8}được khen.", ""),
    ],
)
def test_titles_of_articles(line: str, title: str) -> None:
    assert rows(f"{line}\n\n{SENTENCE}\n\nĐiều 2. Hiệu lực thi hành\n")[0] == ("Điều 1", title)


def test_a_sentence_is_no_title_where_it_is_all_that_an_article_says() -> None:
    assert rows("Điều 1. Mỗi đội có một văn phòng.\n\nĐiều 2. Đội trưởng\n") == [
        ("Điều 1", ""),
        ("Điều 2", "Đội trưởng"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "PHỤ LỤC I\nDANH SÁCH ĐƠN VỊ\n(Kèm theo Kế hoạch số 5/KH-UBND)",
        "PHỤ LỤC I\n(Kèm theo Kế hoạch số 5/KH-UBND)\nDANH SÁCH ĐƠN VỊ",
        "Phụ lục I (kèm theo Kế hoạch số 5/KH-UBND)\n\nDANH SÁCH\nĐƠN VỊ",
        "PHỤ LỤC I: DANH SÁCH ĐƠN VỊ",
    ],
)
def test_the_remark_on_an_annex_is_no_part_of_its_title(heading: str) -> None:
    text = f"I. NỘI DUNG\n\n1. Một việc phải làm.\n\nTRƯỞNG BAN\n\nHoàng Văn An\n\n{heading}\n\n1. Sở Y tế.\n"
    assert rows(text)[-2:] == [("Phụ lục I", "DANH SÁCH ĐƠN VỊ"), ("Phụ lục I, Mục 1", "")]
