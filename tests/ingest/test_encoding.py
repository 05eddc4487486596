"""Text from before Unicode becomes Unicode; text that is right stays byte for byte."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.encoding import font_encoding, repair, to_unicode
from tests.legacy_text import ENCODINGS, MARKED, encoded, held, letters_of
from tests.plans import CORPUS, ROOT

PLANS = sorted(CORPUS.glob("*.txt"))
TRANSCRIPTS = sorted((ROOT / "tests" / "documents" / "truth").glob("*.txt"))
FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times", "VISCII": "VI Times", "VPS": "VPS Times"}
EUROPEAN = {
    "French": "Le présent arrêté entre en vigueur à compter de sa publication. Où sont passées les élèves ? "
    "L’été dernier, la société Générale a reçu « une offre » : dès que possible, le comité décidera du coût du "
    "contrôle, de l'hôtel, du goût et de l’œuvre. Là-bas, la forêt brûle. Bien sûr, il connaît déjà le maître.",
    "English": "© 2024 The naïve café’s résumé. A layer of 5 µm ± 2 µm, 30 °C, £5, §12, ½ cup, co\u00adoperation, "
    "Windows® façade “quoted” – dash… 50 µg × 3 µl ¶ note",
    "German": "Die Größe der Straße überrascht Müller. Für Übungen können wir größere Räume benützen; Äpfel, Öl.",
    "Spanish": "El señor Núñez llegó mañana a la montaña. ¿Dónde está el niño? ¡Qué alegría! El año pasó así.",
    "Portuguese": "A eleição não será amanhã. Você tem razão: as ações são caras. O pão e a maçã do irmão.",
    "Italian": "Perché la città è così bella? È più facile di così. Il caffè è già pronto, però non c'è più zucchero.",
    "Icelandic": "Það er gott veður í dag. Ég ætla að fara út í búð og kaupa mjólk, brauð og smjör.",
    "Danish": "Københavns rådhus ligger på Rådhuspladsen. Blåbærgrød på æblerød ø. Det er første gang.",
    "Finnish": "Hyvää päivää! Tämä on hyvin kaunis päivä. Minä menen töihin. Äiti ja isä ovat kotona.",
    "Polish": "Zażółć gęślą jaźń. Łódź jest piękna, a Kraków piękniejszy.",
}
PHRASES = [
    ("TCVN3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("VNI", "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("VISCII", "Cµng hoà xã hµi chü nghîa Vi®t Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("VPS", "C¶ng hoà xã h¶i chû nghïa ViŒt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
]


def right(path: Path) -> str:
    return unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("encoding", "legacy", "expected"), PHRASES)
def test_a_run_is_read_as_its_font_shows_it(encoding: str, legacy: str, expected: str) -> None:
    assert to_unicode(legacy, FONTS[encoding]) == expected


@pytest.mark.parametrize(("encoding", "legacy", "expected"), PHRASES)
def test_a_phrase_without_font_is_enough(encoding: str, legacy: str, expected: str) -> None:
    repaired = repair(legacy)
    assert (repaired.text, repaired.encoding) == (expected, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_every_letter_of_an_encoding_is_known(encoding: str, codec: str) -> None:
    letters = " ".join(letter for letter in MARKED + MARKED.upper() if letter in letters_of(encoding))
    assert to_unicode(encoded(letters, encoding, codec), FONTS[encoding]) == letters


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "TCVN3"),
        (".VNTIMEH", "TCVN3"),
        ("VnTime", "TCVN3"),
        ("ABCDEF+.VnArialH,Bold", "TCVN3"),
        (".VnArial Narrow", "TCVN3"),
        ("VNI-Times", "VNI"),
        ("VNI Helve", "VNI"),
        ("VPS Times", "VPS"),
        ("VI Arial", "VISCII"),
        ("Times New Roman", None),
        ("Viner Hand ITC", None),
        ("Verdana", None),
        (None, None),
    ],
)
def test_the_name_of_a_font_says_its_encoding(font: str | None, encoding: str | None) -> None:
    assert font_encoding(font) == encoding


@pytest.mark.parametrize("font", [".VnTimeH", ".VNTIMEH", "ABCDEF+.VnTimeH,Bold", ".VnArial NarrowH", "VnTimeH-Bold"])
def test_capital_fonts_show_small_letters_as_capitals(font: str) -> None:
    assert to_unicode("céng hoµ x· héi", font) == "CỘNG HOÀ XÃ HỘI"


def test_a_right_run_in_a_wrongly_named_font_stays() -> None:
    assert to_unicode("Đã ký", ".VnTime") == "Đã ký"
    assert to_unicode("“Quèc héi”", "Times New Roman") == "“Quèc héi”"


def test_characters_of_a_symbol_font_are_letters_where_the_font_is_known() -> None:
    assert to_unicode("ViÖt".replace("Ö", "\uf0d6"), ".VnTime") == "Việt"


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("Thñ t−íng ChÝnh phñ n−íc ViÖt Nam", "Thủ tướng Chính phủ nước Việt Nam"),
        ("Thñ t\u00adíng ChÝnh phñ, Th«ng t\u00ad", "Thủ tướng Chính phủ, Thông tư"),
        ("Trung −¬ng, ®−îc b¶o l∙nh", "Trung ương, được bảo lãnh"),
        ("nhiÖt ®é − 5 ®é vµ −12 ®é", "nhiệt độ − 5 độ và −12 độ"),
        ("Quü hç trî vμ c¸c c¬ quan", "Quỹ hỗ trợ và các cơ quan"),
    ],
)
def test_what_a_pdf_puts_for_bytes_of_tcvn3_is_undone(layer: str, expected: str) -> None:
    assert repair(layer).text == expected
    assert to_unicode(layer, ".VnTime") == expected


def test_hyphens_are_read_as_a_letter_only_where_the_text_has_no_other() -> None:
    lost = "Thñ t-íng ChÝnh phñ\n- C¸c n-íc, Q§-TTg, Hµ Néi - HuÕ"
    assert repair(lost).text == "Thủ tướng Chính phủ\n- Các nước, QĐ-TTg, Hà Nội - Huế"
    kept = "Thñ t\u00adíng ChÝnh phñ\nKi-«-xcª, t-íc"
    assert repair(kept).text.endswith("t-ớc")


@pytest.mark.parametrize(
    ("legacy", "expected"),
    [
        ("Bé TµI CHÝNH", "BỘ TÀI CHÍNH"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("KÕ HO¹CH tuyªn truyÒn", "KẾ HOẠCH tuyên truyền"),
        ("Sè: 347-KH/TU cña UBND x· §«ng Hµ", "Số: 347-KH/TU của UBND xã Đông Hà"),
        ("Sè: 12/Q§-UB B¸o c¸o", "Số: 12/QĐ-UB Báo cáo"),
    ],
)
def test_capitals_that_abc_lacks_come_back_where_their_word_shows_them(legacy: str, expected: str) -> None:
    assert repair(legacy).text == expected


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:12])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_a_plan_in_an_old_encoding_comes_back(path: Path, encoding: str, codec: str) -> None:
    repaired = repair(encoded(right(path), encoding, codec))
    assert repaired.text == held(right(path), encoding)
    assert repaired.encoding == encoding


@pytest.mark.parametrize("path", [*PLANS, *TRANSCRIPTS], ids=lambda path: path.stem[:20])
def test_right_text_stays_byte_for_byte(path: Path) -> None:
    text = right(path)
    repaired = repair(text)
    assert repaired.text == text
    assert repaired.encoding is None


@pytest.mark.parametrize("language", EUROPEAN)
@pytest.mark.parametrize("separator", [" ", "\n"])
def test_other_languages_stay(language: str, separator: str) -> None:
    text = separator.join(EUROPEAN[language].split(" "))
    repaired = repair(text)
    assert (repaired.text, repaired.encoding) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "\n",
            "µm",
            "§ 12",
            "Là",
            "Cà Mau",
            "cô giáo",
            "tê",
            "« Là »",
            "Viet\u00adnam",
            "3 − 5",
            "El Niño",
            "30°C",
        ),
        "Société Générale à Hà Nội",
        "±5 µm × 3 µg",
        "Bò, gà, cá, tôm",
        "bò, gà, lá\ncô giáo và chú\nHà Nam, Hà Tây\nông bà, cha và con, là và\nkhông có gì",
    ],
)
def test_what_tells_too_little_stays(text: str) -> None:
    assert repair(text).text == text


def test_a_mixed_document_is_read_line_by_line() -> None:
    lines = right(PLANS[0]).split("\n")
    third = len(lines) // 3
    first, second, last = lines[:third], lines[third : 2 * third], lines[2 * third :]
    mixed = "\n".join([*first, encoded("\n".join(second), "TCVN3"), encoded("\n".join(last), "VNI")])
    assert repair(mixed).text == "\n".join([*first, held("\n".join(second), "TCVN3"), *last])


def test_french_in_an_old_vietnamese_document_stays() -> None:
    text = "Hîp ®ång ký víi c¸c nhµ thÇu n­íc ngoµi:\nSociété Générale, contrôle des hôtels\nC¨n cø LuËt ®Çu t­"
    assert repair(text).text == (
        "Hợp đồng ký với các nhà thầu nước ngoài:\nSociété Générale, contrôle des hôtels\nCăn cứ Luật đầu tư"
    )


def test_a_line_that_could_be_either_goes_with_the_one_above() -> None:
    assert repair("C¸c c¬ quan, ®¬n vÞ\ntê").text == "Các cơ quan, đơn vị\ntờ"
    assert repair("Các cơ quan, đơn vị\ntê").text == "Các cơ quan, đơn vị\ntê"


def test_bullets_of_sign_fonts_stay_in_abc_text() -> None:
    assert repair("· Tæ chøc thùc hiÖn\n§ Ph©n c«ng nhiÖm vô").text == "· Tổ chức thực hiện\n§ Phân công nhiệm vụ"


def test_a_hard_space_is_a_letter_of_viscii_only_in_a_syllable() -> None:
    assert repair("V\u00a0 TH¸ LAN, Ch¼ t¸ch UBND t\u00edp, Hµi\u00a0ð°ng nhân dân").text.startswith("VÕ THị LAN")
    assert repair("Ngh¸\u00a0quyªt cüa Hµi\u00a0ð°ng nhân dân").text == "Nghị\u00a0quyết của Hội\u00a0đồng nhân dân"
    assert repair("C¸c\u00a0c¬\u00a0quan, ®¬n\u00a0vÞ").text == "Các\u00a0cơ\u00a0quan, đơn\u00a0vị"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLANS), st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_any_lines_of_a_right_text_stay(path: Path, rows: list[int]) -> None:
    lines = right(path).split("\n")
    text = "\n".join(lines[row % len(lines)] for row in rows)
    assert repair(text).text == text


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLANS), st.sampled_from(ENCODINGS), st.integers(0, 10_000), st.integers(5, 30))
def test_a_repaired_text_is_right(path: Path, encoding: str, start: int, count: int) -> None:
    lines = right(path).split("\n")
    start %= len(lines)
    repaired = repair(encoded("\n".join(lines[start : start + count]), encoding)).text
    assert repair(repaired).text == repaired


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="latin-1") | st.sampled_from("−∙“”–ưế"), max_size=60))
def test_lines_stay_lines(text: str) -> None:
    assert repair(text).text.count("\n") == text.count("\n")
    assert unicodedata.is_normalized("NFC", repair(text).text)
