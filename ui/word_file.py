"""Answers and conversations as Word files: question, answering line, quoted passages, sources."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import pairwise

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.text.paragraph import Paragraph

from ingest.reading import one_line, readable
from ui.citation_text import NEAREST, is_cited_by_number, source_text
from ui.markup import Span, merged
from ui.names import PRODUCT
from ui.record import AnswerRecord, CitationRecord
from ui.times import full_time
from ui.turn import Turn
from ui.word_style import SOURCE, new_document

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTE = (
    "Các đoạn trích là nguyên văn trong văn bản; phần tô màu là chỗ được chọn để trả lời câu hỏi. "
    "Số trong ngoặc vuông là số của đoạn trích."
)
_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer_file(turn: Turn, made: datetime) -> bytes:
    """Give one question with its answer as a .docx file; `made` has a time zone."""
    document = _started("TRẢ LỜI CÂU HỎI", turn.question, made)
    _add_turn(document, turn, "Câu hỏi")
    return _finished(document, [turn])


def conversation_file(name: str, turns: Iterable[Turn], made: datetime) -> bytes:
    """Give a conversation as a .docx file; `made` has a time zone."""
    turns = list(turns)
    document = _started(f"HỎI ĐÁP: {name}", name, made)
    if turns and turns[0].number > 1:
        _add(document, f"Tệp này có các câu hỏi từ số {turns[0].number}; các câu trước đó không có ở đây.")
    for turn in turns:
        _add_turn(document, turn, f"Câu hỏi {turn.number}")
    return _finished(document, turns)


def _started(title: str, subject: str, made: datetime) -> WordDocument:
    document = new_document(_held(one_line(subject)), made)
    _add(document, title, "Title")
    line = _add(document, f"{PRODUCT}, lập lúc {full_time(made)}")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.runs[0].italic = True
    return document


def _finished(document: WordDocument, turns: Iterable[Turn]) -> bytes:
    if any(turn.record is not None and turn.record.citations for turn in turns):
        note = _add(document, _NOTE, SOURCE)
        note.paragraph_format.left_indent = 0
        note.runs[0].italic = True
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_turn(document: WordDocument, turn: Turn, heading: str) -> None:
    _add(document, f"{heading}: {' '.join(turn.question.split()) or '(câu hỏi trống)'}", "Heading 1")
    if turn.about:
        _add_labelled(document, "Hỏi tiếp câu", turn.about)
    if turn.record is not None:
        _add_answer(document, turn.record)
    elif turn.problem is not None:
        _add(document, turn.problem)


def _add_answer(document: WordDocument, record: AnswerRecord) -> None:
    if record.is_repaired:
        _add_labelled(document, "Hiểu câu hỏi là", record.understood_as)
    if record.answer:
        _add_labelled(document, "Trả lời", record.answer)
    for group in _same_passages(record.citations):
        _add_group(document, group)
    if record.nearest:
        _add(document, NEAREST, "Heading 2")
        for group in _same_passages(record.nearest):
            _add_group(document, group)


def _same_passages(citations: Iterable[CitationRecord]) -> list[list[CitationRecord]]:
    """Put citations of the same words together: the words are printed once, with every source."""
    groups: dict[str, list[CitationRecord]] = {}
    for citation in citations:
        groups.setdefault(one_line(citation.text), []).append(citation)
    return list(groups.values())


def _add_group(document: WordDocument, group: list[CitationRecord]) -> None:
    view = readable(group[0].text)
    spans = merged(view.shown_span(*span) for span in group[0].quote_spans)
    for start, end in _lines(view.text):
        paragraph = document.add_paragraph(style="Quote")
        for text, answers in _runs(view.text, (start, end), spans):
            run = paragraph.add_run(_held(text))
            if answers:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        paragraph.paragraph_format.keep_with_next = end == len(view.text)
    for citation in group:
        _add_source(document, citation)


def _add_source(document: WordDocument, citation: CitationRecord) -> None:
    paragraph = _add(document, f"[{citation.label}] ", SOURCE)
    paragraph.runs[0].bold = True
    title = f" – {one_line(citation.title)}" if is_cited_by_number(citation) else ""
    unit = f". Đơn vị: {one_line(citation.unit)}" if citation.unit else ""
    paragraph.add_run(_held(f"{source_text(citation)}{title}{unit}."))


def _lines(text: str) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", text):
        yield line.span()


def _runs(text: str, line: Span, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Cut a line into what answers and what does not."""
    edges = sorted({*line, *(edge for span in spans for edge in span if line[0] < edge < line[1])})
    for start, end in pairwise(edges):
        yield text[start:end], any(first <= start and end <= last for first, last in spans)


def _add(document: WordDocument, text: str, style: str | None = None) -> Paragraph:
    return document.add_paragraph(_held(text), style=style)


def _add_labelled(document: WordDocument, label: str, text: str) -> None:
    paragraph = _add(document, f"{label}: ")
    paragraph.add_run(_held(text)).bold = True
    paragraph.paragraph_format.keep_with_next = True


def _held(text: str) -> str:
    """Give text that XML can hold; what it cannot becomes U+FFFD, so that it is seen that something stood there."""
    return _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
