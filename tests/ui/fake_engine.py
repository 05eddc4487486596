"""An engine with a handful of answers, over real plans whose sections are set by hand."""

import hashlib
from pathlib import Path
from threading import Event

from index.conversation_subject import Subject
from index.errors import FilterError
from index.follow_up import FollowUp
from index.types import Answer, Citation, Quote, SearchOptions
from ingest.types import Document, DocumentFacts, Passage, Section, SectionKind

CORPUS = Path(__file__).parents[2] / "corpus"

WHO = "ai chịu trách nhiệm đấu tranh thông tin xấu độc?"
WHERE = "dùng pano, áp phích ở những đâu?"
SIGNED = "ai ky ke hoach cua Phan Rang"
CUT = "nêu bật yêu cầu, nguyên tắc gì?"
EXAMPLE = "ai ký kế hoạch của Phan Rang - Tháp Chàm?"  # as the page makes it of this plan
FOLLOWING = "ai chịu trách nhiệm?"
SUBJECT = "thông tin xấu độc (Cần Thơ)"
HOPELESS = "cách làm bánh xèo"
TROUBLE = "câu hỏi làm máy chủ hỏng"
HOSTILE = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"> & "ai"?'

UNIT_35 = "Ban Chỉ đạo 35 các cấp thành phố"


def _section(text: str, label: str, heading: str, level: int, kind: SectionKind, parent: int | None) -> Section:
    """Give a section that starts at the first occurrence of its heading and runs to the end."""
    start = text.index(heading)
    title = heading.split(" ", 1)[1]
    locator = f"Mục {label}"
    body = start + len(heading)
    return Section(label, locator, title, level, start, len(text), body, kind, None, parent)


def _document(doc_id: str, source: str, facts: DocumentFacts, headings: list[str]) -> Document:
    text = (CORPUS / source).read_text(encoding="utf-8")
    sections: list[Section] = []
    for heading in headings:
        top = heading[0] in "IVX"
        number = heading.split(" ")[0].rstrip("-.")
        parent = None if top else max(i for i, s in enumerate(sections) if s.level == 1)
        label = number if parent is None else f"{sections[parent].label}.{number}"
        sections.append(_section(text, label, heading, 1 if top else 2, "content" if top else "tasks", parent))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(doc_id, source, sha256, text, (), "text", facts, tuple(sections))


CAN_THO = _document(
    "can-tho",
    "can-tho-tuyen-truyen-hoi-nghi-trung-uong-25-11-2024.txt",
    DocumentFacts(
        title="Kế hoạch tuyên truyền một số nội dung trọng tâm của Hội nghị Ban Chấp hành "
        "Trung ương Đảng khóa XIII ngày 25/11/2024",
        short_title="Kế hoạch của Cần Thơ",
        issuer="Thành ủy Cần Thơ",
        place="Cần Thơ",
        date="2024",
        implements=("Hướng dẫn số 173-HD/BTGTW ngày 28/11/2024",),
    ),
    ["I- MỤC ĐÍCH, YÊU CẦU", "II- NỘI DUNG TUYÊN TRUYỀN", "V- TỔ CHỨC THỰC HIỆN", "3. Ban Tuyên giáo Thành ủy"],
)
PHAN_RANG = _document(
    "phan-rang",
    "phan-rang-thap-cham-347-kh-tu-17-12-2024.txt",
    DocumentFacts(
        title="Kế hoạch tuyên truyền một số nội dung trọng tâm của Hội nghị Ban Chấp hành "
        "Trung ương Đảng khóa XIII ngày 25/11/2024",
        short_title="Kế hoạch của Phan Rang - Tháp Chàm",
        number="347-KH/TU",
        issuer="Thành ủy Phan Rang - Tháp Chàm",
        place="Phan Rang - Tháp Chàm",
        date="2024-12-17",
        signer="Bùi Văn Phú",
        signer_role="Phó Bí thư",
    ),
    ["I. MỤC ĐÍCH, YÊU CẦU", "II. TỔ CHỨC THỰC HIỆN", "4. Ban Chỉ đạo 35 thành phố"],
)
DOCUMENTS = [CAN_THO, PHAN_RANG]


def passage(document: Document, start: str, end: str, locator: str, unit: str | None = None) -> Passage:
    """Give the passage from the words `start` to the words `end`, both included."""
    first = document.text.index(start)
    last = document.text.index(end, first) + len(end)
    text = document.text[first:last]
    name = f"{document.doc_id}-{first}"
    return Passage(name, document.doc_id, first, last, text, (), locator, "tasks", unit, None)


def cite(label: str, document: Document, found: Passage, *quotes: str) -> Citation:
    """Cite a passage with quotes given by their words."""
    spans = [(found.text.index(words), words) for words in quotes]
    checked = tuple(Quote(start, start + len(words), words) for start, words in spans)
    return Citation(label, document, found, checked, 0.9)


IN_8 = passage(CAN_THO, "8. Ban Chỉ đạo 35", "vấn đề phức tạp, nhạy cảm", "Mục V.8", UNIT_35)
IN_4 = passage(PHAN_RANG, "- Phối hợp với các cơ", "hệ thống chính trị", "Mục II.4, gạch đầu dòng thứ 1")
PANO = [passage(document, "3. Tuyên truyền, cổ động", "văn hóa - văn nghệ.", "Mục III.3") for document in DOCUMENTS]
SIGNATURE = passage(PHAN_RANG, "**T/M BAN", "Bùi Văn Phú", "Chữ ký")
ACROSS_A_CUT = passage(PHAN_RANG, "- Nêu bật yêu cầu", "hiệu lực, hiệu quả.", "Mục II.1.1")

ANSWERS = {
    WHO: Answer(
        WHO,
        WHO,
        f"{UNIT_35} [1]",
        (
            cite("1", CAN_THO, IN_8, UNIT_35, "đấu tranh, ngăn chặn, xử lý thông tin xấu độc"),
            cite("2", PHAN_RANG, IN_4),
        ),
    ),
    WHERE: Answer(
        WHERE,
        WHERE,
        "trên các trục đường chính, trụ sở làm việc của các cơ quan, tổ chức [1]",
        tuple(
            cite(label, document, found, "pano, áp phích trên các trục đường chính")
            for label, document, found in zip(("1a", "1b"), DOCUMENTS, PANO, strict=True)
        ),
    ),
    SIGNED: Answer(
        SIGNED,
        "ai ký kế hoạch của Phan Rang",
        "PHÓ BÍ THƯ Bùi Văn Phú [1]",
        (cite("1", PHAN_RANG, SIGNATURE, "PHÓ BÍ THƯ**\n\nBùi Văn Phú"),),
    ),
    EXAMPLE: Answer(EXAMPLE, EXAMPLE, "Bùi Văn Phú [1]", (cite("1", PHAN_RANG, SIGNATURE, "Bùi Văn Phú"),)),
    CUT: Answer(CUT, CUT, "bộ máy của các cơ quan, tổ chức khác [1]", (cite("1", PHAN_RANG, ACROSS_A_CUT),)),
    HOPELESS: Answer(
        HOPELESS,
        HOPELESS,
        "Không có đoạn nào trong 2 văn bản nói về điều này.",
        (),
        (cite("1", CAN_THO, PANO[0]),),
        "not_found",
    ),
}


class FakeEngine:
    """Answers the questions above, refuses the others; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, SearchOptions]] = []
        self.is_stale = False
        self.former_versions: dict[tuple[str, str], Document] = {}

    def ask(self, question: str, options: SearchOptions) -> Answer:
        """Give the prepared answer."""
        self.asked.append((question, options))
        if question == TROUBLE:
            raise RuntimeError("bí mật của máy chủ")
        if any(self.document(doc_id) is None for doc_id in options.documents):
            raise FilterError(options.documents[0])
        if not question.strip() or len(question) > 1000:
            text = "Câu hỏi phải có từ 1 đến 1.000 ký tự."
            return Answer(question, question, text, refusal="invalid_question")
        if options.places == ("Cần Thơ",) and question == SIGNED:
            return Answer(question, question, "Không có trong Cần Thơ.", refusal="filtered_out")
        if options.as_typed and question == SIGNED:
            return Answer(question, question, "Không tìm thấy.", refusal="not_found")
        if question in ANSWERS:
            return ANSWERS[question]
        return Answer(question, question, "Không tìm thấy.", refusal="not_found")

    def documents(self) -> list[Document]:
        """Give both plans."""
        return DOCUMENTS

    def document(self, doc_id: str) -> Document | None:
        """Give one plan."""
        return next((d for d in DOCUMENTS if d.doc_id == doc_id), None)

    def former(self, doc_id: str, digest: str) -> Document | None:
        """Give what the test set."""
        return self.former_versions.get((doc_id, digest))

    def follow(self, question: str, subject: Subject | None) -> FollowUp:
        """Take FOLLOWING for a question on the subject, and every other one as it stands."""
        if question == FOLLOWING and subject is not None:
            return FollowUp(WHO, subject)
        return FollowUp(question, None)

    def subject(self, answer: Answer) -> Subject | None:
        """Give a subject for each answered question."""
        if answer.refusal is not None:
            return None
        return Subject(answer.understood_as, (CAN_THO.doc_id,), "thông tin xấu độc", SUBJECT)

    def version(self) -> str:
        """Give a version that stays."""
        return "v1"

    def passage_counts(self) -> dict[str, int]:
        """Give some numbers."""
        return {"can-tho": 1_234, "phan-rang": 47}

    def stale(self) -> bool:
        """Say what the test set."""
        return self.is_stale


class HeldEngine(FakeEngine):
    """Says when it is asked what a test asks, and answers once it is told to; the page's own examples at once."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked, self.may_answer = Event(), Event()

    def ask(self, question: str, options: SearchOptions) -> Answer:
        """Wait, then give the prepared answer."""
        if question in (WHO, WHERE, HOSTILE):
            self.is_asked.set()
            assert self.may_answer.wait(20)
        return super().ask(question, options)
