"""The JSON form is a public interface: these keys, this order, these values."""

import hashlib
import json

from index.report import answer_fields, citation_fields
from index.types import Answer, Citation, Quote
from ingest.metadata import FileMetadata
from ingest.passages import split_passages
from tests.plans import HUE, parsed

PLAN = parsed(HUE, "hue.txt", FileMetadata(issuer="Ban Tuyên giáo Tỉnh ủy Thừa Thiên Huế"))
PASSAGE = next(p for p in split_passages(PLAN) if p.locator == "Mục II.1")
START = HUE.index("Sở Văn hóa và Thể thao chủ trì")
SENTENCE = "Sở Văn hóa và Thể thao chủ trì tổ chức chương trình văn nghệ tại Nhà hát Sông Hương."
CITATION = Citation("1a", PLAN, PASSAGE, (Quote(0, 22, "Sở Văn hóa và Thể thao"),), 0.87654321)

CITATION_FIELDS = {
    "label": "1a",
    "doc_id": "hue",
    "source": "hue.txt",
    "text_sha256": hashlib.sha256(HUE.encode()).hexdigest(),
    "title": "Kế hoạch tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam",
    "number": "112-KH/BTGTU",
    "issuer": "Ban Tuyên giáo Tỉnh ủy Thừa Thiên Huế",
    "place": "Huế",
    "date": "2025-02-05",
    "locator": "Mục II.1",
    "heading_path": ["II. TỔ CHỨC THỰC HIỆN"],
    "kind": "tasks",
    "unit": "Sở Văn hóa và Thể thao",
    "page": None,
    "start": START,
    "end": START + len(SENTENCE),
    "text": SENTENCE,
    "quotes": [{"start": START, "end": START + 22, "text": "Sở Văn hóa và Thể thao"}],
    "score": 0.8765,
}


def test_a_citation_in_full() -> None:
    fields = citation_fields(CITATION)
    assert fields == CITATION_FIELDS
    assert list(fields) == list(CITATION_FIELDS)
    assert HUE[fields["start"] : fields["end"]] == fields["text"]


def test_an_answer_in_full() -> None:
    answer = Answer("ai chu tri?", "ai chủ trì?", "Sở Văn hóa và Thể thao [1a]", (CITATION,), (), None, 12.3456)
    expected = {
        "id": 7,
        "question": "ai chu tri?",
        "understood_as": "ai chủ trì?",
        "refusal": None,
        "answer": "Sở Văn hóa và Thể thao [1a]",
        "citations": [CITATION_FIELDS],
        "nearest": [],
        "elapsed_ms": 12.3,
    }
    fields = answer_fields(answer, 7)
    assert fields == expected
    assert list(fields) == list(expected)
    assert json.loads(json.dumps(fields, ensure_ascii=False)) == expected


def test_a_refusal_in_full() -> None:
    answer = Answer("mưa", "mưa", "Không tìm thấy.", nearest=(CITATION,), refusal="not_found")
    assert answer_fields(answer) == {
        "id": None,
        "question": "mưa",
        "understood_as": "mưa",
        "refusal": "not_found",
        "answer": "Không tìm thấy.",
        "citations": [],
        "nearest": [CITATION_FIELDS],
        "elapsed_ms": 0.0,
    }
