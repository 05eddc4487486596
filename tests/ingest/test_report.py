"""The report: what is known of each document, in a table for people and in fields for programs."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.passages import split_passages
from ingest.report import entries, fields_of, file_line, table
from ingest.sync import FileResult
from ingest.types import Document, ReadingWarning
from tests.plans import HUE, parsed

CONVERTED = replace(parsed(HUE, "công văn.doc"), provenance="converted TCVN3", notes=("macro bị bỏ qua",))
SCANNED = replace(
    parsed(HUE.replace("112-KH", "113-KH"), "quét\u202e.pdf"),
    provenance="OCR 0.86",
    page_starts=(0, 200, 400),
    confidences=(0.97, None, 0.75),
    warnings=(ReadingWarning("no_date"), ReadingWarning("repeated_label", "II.3")),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db", create=True) as opened:
        for document in (replace(CONVERTED, text=CONVERTED.text + "\n"), CONVERTED, SCANNED):
            opened.put(document, split_passages(document))
        yield opened


def test_the_table(library: Library) -> None:
    assert table(entries(library)).splitlines() == [
        "document        version  provenance       encoding  pages  OCR                  sections  passages",
        "công văn.doc    2        converted TCVN3  TCVN3     -      -                    11        9",
        "    macro bị bỏ qua",
        "quét\\u202e.pdf  1        OCR 0.86         -         3      0.86 (page 3: 0.75)  11        9",
        "    no date; section number repeats (II.3)",
    ]


def test_an_empty_library_has_a_table_of_headings(tmp_path: Path) -> None:
    with Library(tmp_path / "trống.db", create=True) as library:
        assert table(entries(library)) == "document  version  provenance  encoding  pages  OCR  sections  passages"


def test_the_fields(library: Library) -> None:
    first, second = (json.loads(json.dumps(fields_of(entry))) for entry in entries(library))
    assert (first["encoding"], first["former_versions"], first["notes"]) == ("TCVN3", 1, ["macro bị bỏ qua"])
    assert second == {
        "source": "quét\u202e.pdf",
        "doc_id": SCANNED.doc_id,
        "version": 1,
        "former_versions": 0,
        "title": "Kế hoạch tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam",
        "number": "113-KH/BTGTU",
        "issuer": "Ban Tuyên giáo Tỉnh ủy",
        "date": "2025-02-05",
        "provenance": "OCR 0.86",
        "encoding": None,
        "pages": 3,
        "confidence": 0.86,
        "confidences": [0.97, None, 0.75],
        "sections": 11,
        "passages": 9,
        "warnings": ["no date", "section number repeats (II.3)"],
        "notes": [],
    }


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (FileResult("a.doc", "added", CONVERTED, 9), "added     a.doc: 11 sections, 9 passages; macro bị bỏ qua"),
        (FileResult("a.doc", "removed", CONVERTED), "removed   a.doc"),
        (FileResult("a.doc", "left out", message="was removed"), "left out  a.doc: was removed"),
        (FileResult("\u202ea.doc", "failed", message="một\ndòng"), "failed    \\u202ea.doc: một\\u000adòng"),
    ],
)
def test_the_line_of_a_file(result: FileResult, line: str) -> None:
    assert file_line(result) == line


def test_text_without_any_page_of_its_own_confidence(tmp_path: Path) -> None:
    unread: Document = replace(SCANNED, confidences=(None, None, None), provenance="text")
    with Library(tmp_path / "a.db", create=True) as library:
        library.put(unread, split_passages(unread))
        (entry,) = entries(library)
    assert (entry.confidence, entry.encoding) == (None, "Unicode")
