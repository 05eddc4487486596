"""Where sentences of administrative prose end, and where they only seem to."""

import pytest

from ingest.sentences import clause_spans, idea_spans, phrase_spans, piece_spans, sentence_spans, syllable_count


def pieces(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Một ý. Hai ý.", ["Một ý.", "Hai ý."]),
        ("Tại TP. Cần Thơ có hội nghị. Hết.", ["Tại TP. Cần Thơ có hội nghị.", "Hết."]),
        ("Ngày sinh Ph. Ăng-ghen được kỷ niệm.", ["Ngày sinh Ph. Ăng-ghen được kỷ niệm."]),
        ("Mục 1. Tuyên truyền sâu rộng.", ["Mục 1. Tuyên truyền sâu rộng."]),
        ("kiểm tra, giám sát...; thực hiện nghiêm", ["kiểm tra, giám sát...; thực hiện nghiêm"]),
        ("trường học... Tổ chức tọa đàm", ["trường học...", "Tổ chức tọa đàm"]),
        ("“Niềm tin mới.” Khí thế mới!", ["“Niềm tin mới.”", "Khí thế mới!"]),
        ("Gửi trước 30/12/2024. (Qua Ban Tuyên giáo)", ["Gửi trước 30/12/2024.", "(Qua Ban Tuyên giáo)"]),
        ("Pano, áp phích v.v. Khẩu hiệu", ["Pano, áp phích v.v. Khẩu hiệu"]),
        ("Muôn năm!\n\nVĩ đại!", ["Muôn năm!", "Vĩ đại!"]),
        ("", []),
        (" \n", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert pieces(text, sentence_spans(text)) == sentences


def test_clauses_and_phrases_of_a_long_sentence() -> None:
    text = "Vận động cán bộ, hội viên; góp phần xây dựng Đảng; hết"
    assert pieces(text, clause_spans(text)) == ["Vận động cán bộ, hội viên;", "góp phần xây dựng Đảng;", "hết"]
    assert pieces(text, phrase_spans(text)) == ["Vận động cán bộ,", "hội viên; góp phần xây dựng Đảng; hết"]


def test_the_smallest_pieces_end_at_sentences_clauses_and_commas() -> None:
    text = "Vận động cán bộ, hội viên; góp phần.  Báo cáo, trước 1,5 ngày"
    expected = ["Vận động cán bộ,", "hội viên;", "góp phần.", "Báo cáo,", "trước 1,5 ngày"]
    assert pieces(text, piece_spans(text)) == expected
    assert piece_spans("") == [(0, 0)]


@pytest.mark.parametrize(
    ("text", "limit", "ideas"),
    [
        ("Một hai; ba. Bốn năm; sáu bảy.", 3, ["Một hai; ba.", "Bốn năm;", "sáu bảy."]),  # 3 and 4 syllables
        ("Một hai; ba. Bốn năm; sáu bảy.", 4, ["Một hai; ba.", "Bốn năm; sáu bảy."]),
        ("Một hai, ba bốn năm.", 2, ["Một hai, ba bốn năm."]),  # no semicolon to cut at
        ("  Một;\n hai.  ", 1, ["Một;", "hai."]),
        ("***", 1, ["***"]),
    ],
)
def test_ideas_are_sentences_and_clauses_of_long_ones(text: str, limit: int, ideas: list[str]) -> None:
    assert pieces(text, idea_spans(text, limit)) == ideas


def test_ideas_have_forty_syllables_unless_said_otherwise() -> None:
    forty = "một " * 20 + "hai; " + "ba " * 18 + "bốn."
    assert pieces(forty, idea_spans(forty)) == [forty]
    longer = f"thêm {forty}"
    assert pieces(longer, idea_spans(longer)) == ["thêm " + "một " * 20 + "hai;", "ba " * 18 + "bốn."]
    assert idea_spans("") == [(0, 0)]
    assert idea_spans(" \n") == [(0, 2)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("- + *", 0),
        ("kinh tế - xã hội", 4),
        ("Nghị quyết 18-NQ/TW", 3),
        ("  băng-rôn,\npanô ", 2),
        ("🎉 vui", 1),
    ],
)
def test_syllables(text: str, count: int) -> None:
    assert syllable_count(text) == count
