"""Letters of one file become Unicode, by font where fonts are named; remembers what they were in."""

from collections import Counter

from ingest.encoding import font_encoding, repair, to_unicode


class Letters:
    """Converts the letters of one file and tells what it converted."""

    def __init__(self) -> None:
        self._converted: Counter[str] = Counter()

    def convert(self, text: str, font: str | None) -> str:
        """Give letters in a font as Unicode NFC."""
        shown = to_unicode(text, font)
        encoding = font_encoding(font)
        if encoding and shown != text:
            self._converted[encoding] += len(text)
        return shown

    def finish(self, text: str) -> tuple[str, str]:
        """Give the whole text with lines repaired whose fonts did not tell, and its provenance."""
        repaired = repair(text)
        if repaired.encoding:
            self._converted[repaired.encoding] += 1
        encoding = self._converted.most_common(1)
        # Only now: in TCVN3 the optional hyphen is the letter ư.
        text = repaired.text.replace("\u00ad", "")
        return text, f"converted {encoding[0][0]}" if encoding else "text"
