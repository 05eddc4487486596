"""Text in the Vietnamese encodings from before Unicode becomes Unicode; text that is right stays as it is."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from ingest.legacy_capitals import with_capitals, with_hyphens_read
from ingest.legacy_letters import decode
from ingest.legacy_lines import choose_encodings, read_line
from ingest.legacy_words import UNICODE_LETTER

_SUBSET = re.compile(r"^[A-Z]{6}\+")  # a PDF that embeds some glyphs of a font puts this before its name
_TCVN3_FONT = re.compile(r"[._]?vn(?!i|u)[a-z]", re.IGNORECASE)
_CAPITAL_FONT = re.compile(r"[._]?vn[a-z0-9 ]*?h(?:[ ,_-]|bold|italic|$)", re.IGNORECASE)
_FONTS = (
    (re.compile(r"vni[-_ a-z]", re.IGNORECASE), "VNI"),
    (re.compile(r"vps[-_ ]", re.IGNORECASE), "VPS"),
    (re.compile(r"(?:vi(?:scii)?[-_ ]?(?:times|arial|helv)|viscii)", re.IGNORECASE), "VISCII"),
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text in Unicode, and the encoding ("TCVN3", "VNI", "VISCII", "VPS") that most of what changed was in."""

    text: str
    encoding: str | None


def font_encoding(font: str | None) -> str | None:
    """Give the encoding that a font's name stands for, None for a Unicode font."""
    name = _SUBSET.sub("", font or "")
    for pattern, encoding in _FONTS:
        if pattern.match(name):
            return encoding
    return "TCVN3" if _TCVN3_FONT.match(name) else None


def to_unicode(text: str, font: str | None = None) -> str:
    """Give a run of text as Unicode NFC, read as its font shows it; without a legacy font only NFC is made.

    Neighbouring runs in VNI fonts are best joined before, as a letter and its mark may lie in two runs.
    """
    encoding = font_encoding(font)
    if encoding is None or UNICODE_LETTER.search(text):
        return unicodedata.normalize("NFC", text)
    decoded = decode(text, encoding)
    if encoding != "TCVN3":
        return decoded
    return decoded.upper() if _CAPITAL_FONT.match(_SUBSET.sub("", font or "")) else with_capitals(text, decoded)


def repair(text: str) -> Repaired:
    """Give a text without fonts as Unicode NFC, each line from the encoding that it is in.

    A line that is right stays as it is, and so does one in another language; a line that could be
    either goes with the one above it.
    """
    text = unicodedata.normalize("NFC", text)
    lines = text.split("\n")
    chosen = choose_encodings(lines)
    counts = Counter(encoding for encoding in chosen if encoding)
    if not counts:
        return Repaired(text, None)
    repaired = [read_line(line, encoding) if encoding else line for line, encoding in zip(lines, chosen, strict=True)]
    abc = [row for row, encoding in enumerate(chosen) if encoding == "TCVN3"]
    has_hyphens = not any("ư" in repaired[row] for row in abc)
    for row in abc:
        restored = with_capitals(lines[row], repaired[row])
        repaired[row] = with_hyphens_read(restored) if has_hyphens else restored
    return Repaired("\n".join(repaired), counts.most_common(1)[0][0])
