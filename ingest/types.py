"""What flows out of ingest: frozen values whose text always keeps its origin.

Offsets are code points into `Document.text`, end exclusive. Pages count from 1.
"""

from dataclasses import dataclass
from typing import Literal, get_args

SectionKind = Literal[
    "header",  # number, date, issuer and title, before the first section
    "basis",  # what the document implements ("Thực hiện Hướng dẫn số …")
    "purpose",
    "content",
    "forms",
    "slogans",
    "audience",
    "tasks",
    "schedule",
    "budget",
    "closing",  # the paragraph after the last item ("Trên đây là kế hoạch …")
    "recipients",
    "signature",
    "table",  # the rows of a spreadsheet
    "other",
]
SECTION_KINDS: tuple[SectionKind, ...] = get_args(SectionKind)

WarningCode = Literal[
    "no_sections",
    "no_title",
    "no_number",
    "incomplete_number",
    "no_date",
    "incomplete_date",
    "repeated_label",
    "label_out_of_order",
    "no_signature",
]


@dataclass(frozen=True, slots=True)
class Section:
    """One node of the outline; `text[start:end]` spans its marker, heading and everything below it.

    `label` is the path of numbers as printed ("V.8", "II.1.2"), with the words of chapters, articles
    and annexes ("Điều 5 khoản 2 điểm a"); bullets and sections without a number have the label "".
    `locator` is how a person cites it ("Mục V.8", "Điều 5 khoản 2 điểm a", "Phụ lục I, Mục 2",
    "Mục V.1, gạch đầu dòng thứ 2", "Nơi nhận"). `title` is the heading alone, marks and line
    breaks repaired, or "" where the section is a plain paragraph. `body_start` is where the text
    after the heading begins (equal to `start` of the text after the marker where there is no
    heading). `parent` is the row of the parent section in `Document.sections`, None at the top.
    """

    label: str
    locator: str
    title: str
    level: int  # 1 at the top
    start: int
    end: int
    body_start: int
    kind: SectionKind
    unit: str | None  # who is responsible, in tasks sections
    parent: int | None


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something a librarian should look at; `detail` is what the code is about ("II.3")."""

    code: WarningCode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says of itself; metadata fills what its text leaves out.

    `date` is ISO 8601, possibly of reduced precision ("2024-12-17", "2024").
    """

    title: str
    short_title: str
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    implements: tuple[str, ...] = ()
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One stored document; `text` is exactly what every offset and every quote refers to."""

    doc_id: str
    source: str  # file name
    sha256: str  # of the file's bytes
    text: str
    page_starts: tuple[int, ...]  # offset of each page; empty where the format has no pages
    provenance: str  # "text", later "converted TCVN3", "OCR 0.93"
    facts: DocumentFacts
    sections: tuple[Section, ...]
    warnings: tuple[ReadingWarning, ...] = ()
    notes: tuple[str, ...] = ()  # of the reader, in Vietnamese: what was left out and why
    confidences: tuple[float | None, ...] = ()  # of the character recognition of each page, in [0, 1]


FormerReason = Literal[
    "replaced",  # its file has other content now
    "renamed",  # the same text came under another name
    "superseded",  # another file of the same number was put in its place
    "gone",  # its file was gone and it was pruned
    "removed",  # by hand
    "undone",  # the change that brought it was taken back
]


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """A version of a document that is not the present one, kept for old citations; versions count from 1."""

    version: int
    reason: FormerReason
    document: Document


@dataclass(frozen=True, slots=True)
class Passage:
    """One idea that can be quoted; `text == document.text[start:end]`."""

    passage_id: str
    doc_id: str
    start: int
    end: int
    text: str
    heading_path: tuple[str, ...]  # from the top, e.g. ("V- TỔ CHỨC THỰC HIỆN", "8. Ban Chỉ đạo 35")
    locator: str
    kind: SectionKind
    unit: str | None
    page: int | None
