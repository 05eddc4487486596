"""metadata.toml: what it adds, and every way in which it can be wrong."""

import unicodedata
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.metadata import FileMetadata, load_metadata
from tests.plans import CAN_THO, CORPUS, HUE, parsed


def load(folder: Path, text: str) -> dict[str, FileMetadata]:
    (folder / "metadata.toml").write_text(text, encoding="utf-8")
    return load_metadata(folder)


def test_the_real_metadata() -> None:
    metadata = load_metadata(CORPUS)
    assert len(metadata) == 5
    assert metadata[f"{CAN_THO}.txt"] == FileMetadata(
        place="Cần Thơ",
        issuer="Ban Thường vụ Thành ủy Cần Thơ",
        short_title="Kế hoạch tuyên truyền Hội nghị Trung ương ngày 25/11/2024 của Thành ủy Cần Thơ",
    )


def test_no_metadata_is_no_error(tmp_path: Path) -> None:
    assert load_metadata(tmp_path) == {}
    assert load(tmp_path, "") == {}


def test_names_are_found_in_either_form(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", '["kế hoạch.txt"]\nplace = "Huế"\n')
    assert [*load(tmp_path, text)] == ["kế hoạch.txt"]


def test_metadata_takes_the_place_of_what_the_text_says_and_silences_its_warning() -> None:
    bare = "I. MỤC ĐÍCH\n\n1. Tuyên truyền sâu rộng.\n"
    given = FileMetadata(
        title="Kế hoạch", short_title="KH", number="5-KH/TU", issuer="Tỉnh ủy", place="Huế", date="2025"
    )
    document = parsed(bare, metadata=given)
    facts = document.facts
    assert (facts.title, facts.short_title, facts.number, facts.date) == ("Kế hoạch", "KH", "5-KH/TU", "2025")
    assert (facts.issuer, facts.place) == ("Tỉnh ủy", "Huế")
    assert [warning.code for warning in document.warnings] == ["no_signature"]
    assert parsed(HUE, metadata=FileMetadata(place="Thừa Thiên Huế")).facts.number == "112-KH/BTGTU"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('["a.txt"\n', "is not valid TOML"),
        ('["a.txt"]\nplace = Huế\n', "is not valid TOML"),
        ('["a.txt"]\nplace = "Huế"\nplace = "Huế"\n', "is not valid TOML"),
        ('place = "Huế"\n', '"place" stands outside a table; put it under ["file name.txt"]'),
        (
            '["a.txt"]\nnơi = "Huế"\n'.replace("nơi", '"nơi"'),
            "[\"a.txt\"] nơi = 'Huế'; known keys with a text: date, issuer, number, place, short_title, title",
        ),
        ('["a.txt"]\ndate = 2024-12-17\n', '["a.txt"] date = datetime.date(2024, 12, 17); known keys with a text:'),
        ('["a.txt"]\nplace = ["Huế"]\n', "[\"a.txt\"] place = ['Huế']; known keys with a text:"),
    ],
)
def test_errors_name_the_file_and_the_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(IngestError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'metadata.toml'}: ")
    assert message in str(caught.value)


def test_metadata_of_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "metadata.toml").write_bytes('["a.txt"]\nplace = "Hà Nội"\n'.replace("ộ", "o").encode("latin-1"))
    with pytest.raises(IngestError, match=r"is not valid TOML .*; correct the line"):
        load_metadata(tmp_path)
