"""Where a document's letters come from and what its reader remarked, in plain Vietnamese."""

import re
from statistics import fmean

from ingest.types import Document, ReadingWarning, WarningCode
from ui.markup import esc

WARNING_NAMES: dict[WarningCode, str] = {
    "no_sections": "Không thấy mục nào được đánh số",
    "no_title": "Không thấy tên văn bản",
    "no_number": "Không thấy số văn bản",
    "incomplete_number": "Số văn bản còn để trống",
    "no_date": "Không thấy ngày ban hành",
    "incomplete_date": "Ngày ban hành chưa đủ",
    "repeated_label": "Số mục bị lặp",
    "label_out_of_order": "Số mục không theo thứ tự",
    "no_signature": "Không thấy chữ ký",
}
UNSURE = 0.85  # a recognition below this confidence is marked
_CONVERTED = "converted "
_CONFIDENCE = re.compile(r"OCR ([01](?:\.\d+)?)")


def provenance_name(document: Document) -> str:
    """Give where the letters come from: "văn bản", "đã chuyển mã TCVN3", "OCR 93 %"."""
    provenance = document.provenance
    if provenance == "text":
        return "văn bản"
    if provenance.startswith(_CONVERTED):
        return f"đã chuyển mã {provenance.removeprefix(_CONVERTED)}"
    confidence = _confidence(document)
    return provenance if confidence is None else f"OCR {_percent(confidence)}"


def provenance_html(document: Document) -> str:
    """Give the badge of the provenance, with the worst page where several were recognised."""
    provenance, confidence = document.provenance, _confidence(document)
    kind = "converted" if provenance.startswith(_CONVERTED) else "ocr" if provenance.startswith("OCR") else "text"
    unsure = " unsure" if confidence is not None and confidence < UNSURE else ""
    badge = f'<span class="badge {kind}{unsure}">{esc(provenance_name(document))}</span>'
    worst = worst_page(document)
    return f'{badge} <span class="worst">{esc(worst)}</span>' if worst else badge


def worst_page(document: Document) -> str:
    """Say which page was read least surely: a mean hides the one page that nobody can read."""
    known = [(confidence, page) for page, confidence in enumerate(document.confidences, 1) if confidence is not None]
    if len(known) < 2:
        return ""
    lowest, page = min(known)
    return f"thấp nhất: trang {page}, {_percent(lowest)}"


def warning_text(warning: ReadingWarning) -> str:
    """Say a warning in Vietnamese, with what it is about."""
    return WARNING_NAMES[warning.code] + (f": {warning.detail}" if warning.detail else "")


def capitalized(note: str) -> str:
    """Give a note as a sentence begins."""
    return note[:1].upper() + note[1:]


def _confidence(document: Document) -> float | None:
    known = [confidence for confidence in document.confidences if confidence is not None]
    stated = _CONFIDENCE.fullmatch(document.provenance)
    return fmean(known) if known else float(stated[1]) if stated else None


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", "\N{NO-BREAK SPACE}%")
