"""What is embedded and indexed with a passage but never quoted: its document and its headings."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from index.abbreviations import Abbreviations
from index.late_interaction import NOWHERE, PlaceArray
from ingest.reading import one_line, one_line_offsets
from ingest.types import Document, Passage, SectionKind

_BEFORE_WORDS = ". "  # between the context and the words of a passage

# What people call a part that has no heading of its own.
_KIND_WORDS: dict[SectionKind, str] = {
    "header": "số văn bản, ngày ban hành, tên văn bản",
    "basis": "căn cứ ban hành, thực hiện theo văn bản nào",
    "closing": "yêu cầu báo cáo kết quả",
    "recipients": "nơi nhận, văn bản gửi cho ai",
    "signature": "người ký, chữ ký, chức vụ người ký ban hành",
}


def context_of(passage: Passage, document: Document) -> str:
    """Give the document's short title, the headings above the passage and its unit on one line."""
    parts = [document.facts.short_title, *_headings(passage)]
    if passage.kind in _KIND_WORDS:
        parts.append(_KIND_WORDS[passage.kind])
    return ". ".join(part.strip(" .") for part in parts if part)


def _headings(passage: Passage) -> list[str]:
    headings = list(passage.heading_path)
    if passage.unit and not any(passage.unit in heading for heading in headings):
        headings.append(passage.unit)
    return headings


def indexed_text(passage: Passage, document: Document, abbreviations: Abbreviations) -> str:
    """Give the context and the words of a passage as they are embedded and indexed.

    Abbreviations are written out behind them, so that both forms are found.
    """
    words = one_line(passage.text)
    long_forms = abbreviations.long_forms_in(words)
    behind = f" ({', '.join(long_forms)})" if long_forms else ""
    return f"{context_of(passage, document)}{_BEFORE_WORDS}{words}{behind}"


def indexed_place(passage: Passage, document: Document, at: int) -> int:
    """Give where a character of `passage.text` stands in its indexed text; of one that is not shown, the next."""
    above = len(context_of(passage, document)) + len(_BEFORE_WORDS)
    return above + bisect_left(one_line_offsets(passage.text), at)


def places_in(passage: Passage, document: Document, indexed: Sequence[int]) -> PlaceArray:
    """Give for ascending characters of a passage's indexed text those of `passage.text`, (n,) int32.

    NOWHERE for what stands above the passage, its length for what is written behind it.
    """
    offsets = one_line_offsets(passage.text)
    above = len(context_of(passage, document)) + len(_BEFORE_WORDS)
    behind = len(passage.text)
    return np.array(
        [NOWHERE if at < above else offsets[at - above] if at < above + len(offsets) else behind for at in indexed],
        np.int32,
    )
