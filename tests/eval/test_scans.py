"""The measures of eval.scans, on pages small enough to count by hand."""

from pathlib import Path

import pytest

from eval.scans import main, outline_agreement, page_accuracy, syllable_accuracy
from ingest.metadata import FileMetadata
from ingest.parse import parse_document
from ingest.readers.pages import Pages
from ingest.types import Document
from tests.plans import parsed


def paged(*texts: str) -> Document:
    return parse_document(Pages(texts, is_paged=True), "kế hoạch.pdf", "0" * 64, FileMetadata())


LAYERS = ["I. NỘI DUNG\n\n1. Tổ chức hội nghị quán triệt.", "2. Tuyên truyền trên báo chí."]


def test_outline_agreement_counts_sections_whatever_their_marks() -> None:
    text = "\n\n".join(LAYERS)
    assert outline_agreement(parsed(text), parsed(text.replace("NỘI", "NÔI"))) == 1.0
    assert outline_agreement(parsed(text), parsed(text.replace("2. T", "3. T"))) == pytest.approx(2 / 3)


def test_syllable_accuracy_counts_marks() -> None:
    assert syllable_accuracy(LAYERS, paged(*LAYERS)) == 1.0
    # 10 syllables on the first page and 6 on the second, of which one is wrong and one is missing
    wrong = paged(LAYERS[0].replace("hội", "hôi"), "2. Tuyên truyền báo chí.")
    assert syllable_accuracy(LAYERS, wrong) == 1 - 2 / 16


def test_page_accuracy_looks_where_the_words_stand() -> None:
    assert page_accuracy(LAYERS, paged(*LAYERS)) == 1.0
    assert page_accuracy(LAYERS, paged("\n\n".join(LAYERS), "")) == 0.5


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tệp").write_text("")
    assert main([str(tmp_path / "tệp"), "--corpus", str(tmp_path)]) == 1
    assert "tệp: File exists; check disk and permissions" in capsys.readouterr().err
