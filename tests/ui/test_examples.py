"""Questions to begin with: of the library's own documents, and none that is refused."""

from dataclasses import replace

from index.types import Answer, Refusal
from ingest.metadata import FileMetadata, load_metadata
from ingest.parse import read_document
from tests.ui.fake_engine import CORPUS
from ui.examples import COUNT, examples

METADATA = load_metadata(CORPUS)
PLANS = [read_document(path, METADATA.get(path.name, FileMetadata())) for path in sorted(CORPUS.glob("*.txt"))]


class Asked:
    """Answers every question but those that hold a word, and remembers them."""

    def __init__(self, refused: str = "") -> None:
        self.questions: list[str] = []
        self._refused = refused

    def __call__(self, question: str) -> Answer:
        self.questions.append(question)
        refusal: Refusal | None = "not_found" if self._refused and self._refused in question else None
        return Answer(question, question, "", refusal=refusal)


def test_each_plan_gives_one_of_another_kind_and_the_last_is_without_marks() -> None:
    asked = Asked()
    assert examples(PLANS, asked) == [
        "Ban Tổ chức Thành ủy có nhiệm vụ gì?",
        "ai ký công văn của Trung ương?",
        "kế hoạch của Nam Từ Liêm tuyên truyền bằng những hình thức nào?",
        "kế hoạch của Phan Rang - Tháp Chàm thực hiện theo văn bản nào?",
        "muc dich cua ke hoach cua vung tau la gi?",
    ]
    assert len(asked.questions) == COUNT


def test_what_is_refused_is_not_offered() -> None:
    found = examples(PLANS, Asked(refused="ký"))
    assert len(found) == COUNT
    assert not [question for question in found if "ký" in question]


def test_few_or_strange_documents_give_few_or_none() -> None:
    assert examples([], Asked()) == []
    nameless = replace(PLANS[0], facts=replace(PLANS[0].facts, place=None, number=None))
    assert examples([nameless], Asked()) == []
    numbered = replace(PLANS[1], facts=replace(PLANS[1].facts, title="V/v phòng dịch", place="", number="12/UBND"))
    assert examples([numbered], Asked())[0] == "ai ký văn bản số 12/UBND?"
