"""What every reader gives: the text of a file, page by page, and what is known of its origin."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """The text of a file; `is_paged` is False where the format has no pages.

    `provenance` says where the letters come from ("text", "converted TCVN3", "OCR 0.93").
    `confidences` are those of the character recognition of each page, in [0, 1], None where a page
    had text of its own; empty where nothing was recognised. `notes` are in Vietnamese, for the
    librarian: what was left out and why ("macro bị bỏ qua"). Where `is_workbook`, each text is a
    sheet: its name, then a line a row with tabs between the cells.
    """

    texts: tuple[str, ...]
    is_paged: bool
    provenance: str = "text"
    confidences: tuple[float | None, ...] = ()
    notes: tuple[str, ...] = ()
    is_workbook: bool = False
