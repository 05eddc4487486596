"""RTF becomes paragraphs with the font of each run; read here, since other readers drop the fonts."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.readers.paragraphs import (
    CHANGES_NOTE,
    HIDDEN_NOTE,
    PICTURES_NOTE,
    Ending,
    Paragraph,
    Run,
    Story,
    list_mark,
    with_asides,
)

MAX_DEPTH = 1_000  # open groups; word processors write fewer than 50
_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<plain>[^\\{}\r\n\x00]+)"
    rb"|[\r\n\x00]+"
    rb"|\\"  # the file ends in it
)
_START = re.compile(rb"[\s\x00]*\{\\rtf")
_CODEC_OF_CHARSET = {161: "cp1253", 162: "cp1254", 163: "cp1258", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
_CODEPAGES = frozenset({437, 850, *range(1250, 1259)})
_SIGNS = {"tab": "\t", "line": "\v", "nestrow": "\v", "nestcell": "\t", "emdash": "—", "endash": "–", "bullet": "•"}
_SIGNS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " "}
_SIGNS |= {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\"}
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "column", "\n", "\r"})
# Groups whose text is not the document's, also where no "\*" says that they may be skipped.
_SKIPPED = frozenset(
    "colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf annotation objdata"
    " fldinst nonshppict xe tc ftnsep ftnsepc aftnsep aftnsepc nonesttables shprslt filetbl listtable sp upr".split()
)
_KEPT_THOUGH_STARRED = frozenset({"shpinst", "do"})
_TARGETS: dict[str, "_Target"] = {"fonttbl": "fonts", "footnote": "aside", "shptxt": "aside", "dptxbxtext": "aside"}
_Target = Literal["body", "aside", "fonts", "skip"]


class RichTextError(ValueError):
    """The bytes are no RTF or cannot be read to the end; says what is wrong."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a group takes over from the group around it."""

    target: _Target = "body"
    font: int = -1  # its number in the file, -1 for the default font
    fallback_length: int = 1  # characters after "\u" that stand in for it
    is_hidden: bool = False
    is_number: bool = False  # the number or bullet of a list's item
    in_table: bool = False


@dataclass(slots=True)
class _Font:
    name: str = ""
    codec: str | None = None


def read_rich_text(raw: bytes) -> Story:
    """Read an RTF file: its paragraphs, each with its footnotes and text boxes behind it.

    Headers, footers, comments, hidden and deleted text are left out. Raises RichTextError.
    """
    if not _START.match(raw):
        raise RichTextError("does not begin as RTF does")
    reader = _Reader()
    position = 0
    while position < len(raw):
        match = _TOKEN.match(raw, position)
        assert match is not None  # every byte begins a token
        position = match.end() + reader.read(match)
    return reader.story()


class _Reader:
    def __init__(self) -> None:
        self._state = _State()
        self._around: list[_State] = []
        self._fonts: dict[int, _Font] = {}
        self._default_font = 0
        self._codec = "cp1252"
        self._is_starred = False
        self._to_skip = 0  # characters that stand in for the one before
        self._half = 0  # the first half of a character beyond U+FFFF
        self._footnotes = 0
        self._paragraphs: list[Paragraph] = []
        self._asides: list[Paragraph] = []  # of the paragraph that is open
        self._runs: dict[_Target, list[Run]] = {"body": [], "aside": []}
        self._mark: list[Run] = []  # the number or bullet that is open
        self._notes: set[str] = set()

    def story(self) -> Story:
        """Give all that was read; what is still open ends here."""
        self._end("aside", "line")
        self._end("body", "line")
        return Story(tuple(self._paragraphs), tuple(sorted(self._notes)))

    def read(self, match: re.Match[bytes]) -> int:
        """Take one token; give the number of bytes to leave out after it."""
        match match.lastgroup:
            case "brace":
                self._open() if match["brace"] == b"{" else self._close()
            case "plain" | "byte":
                self._letters(match["plain"] or bytes.fromhex(match["byte"].decode()))
            case "symbol":
                self._word(match["symbol"].decode("latin-1"), None)
            case "word" | "number":
                number = int(match["number"]) if match["number"] else None
                if match["word"] == b"bin":
                    return max(0, number or 0)
                self._word(match["word"].decode(), number)
        return 0

    def _open(self) -> None:
        if len(self._around) >= MAX_DEPTH:
            raise RichTextError(f"has more than {MAX_DEPTH} groups inside one another")
        self._around.append(self._state)
        self._to_skip = 0

    def _close(self) -> None:
        inner = self._state
        self._state = self._around.pop() if self._around else inner
        if self._mark and not self._state.is_number:
            mark = list_mark("".join(run.text for run in self._mark), self._mark[0].font)
            self._runs.get(self._state.target, []).extend([mark] if mark else [])
            self._mark.clear()
        if inner.target == "aside" != self._state.target:
            self._end("aside", "line")
        self._to_skip, self._is_starred = 0, False

    def _end(self, target: _Target, ends: Ending) -> None:
        runs = self._runs[target]
        paragraph = Paragraph(tuple(runs), ends)
        runs.clear()
        if target == "aside":
            self._asides.append(paragraph)
        else:
            self._paragraphs += with_asides(paragraph, self._asides)
            self._asides.clear()

    def _letters(self, raw: bytes) -> None:
        skipped = min(self._to_skip, len(raw))
        self._to_skip -= skipped
        if raw[skipped:]:
            font = self._fonts.get(self._font_number())
            self._write(_decoded(raw[skipped:], (font and font.codec) or self._codec))

    def _word(self, word: str, number: int | None) -> None:
        starred, self._is_starred = self._is_starred, word == "*"
        target = self._state.target
        if word == "u":
            self._unicode(number or 0)
        elif self._to_skip:
            self._to_skip -= 1
        elif target == "skip" or word in _SKIPPED or (starred and word not in _KEPT_THOUGH_STARRED):
            self._state = replace(self._state, target="skip")
            self._notes |= {PICTURES_NOTE} if word == "pict" else set()
        elif word in _TARGETS:
            self._state = replace(self._state, target=_TARGETS[word], in_table=False)
            self._footnotes += word == "footnote"
        elif target == "fonts":
            self._font_word(word, number or 0)
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif word == "chftn":
            # The mark in the text stands before the note that it cites.
            self._write(f"[{self._footnotes + (target == 'body')}]")
        elif word in _PARAGRAPH_ENDS:
            self._end(target, "line of cell" if self._state.in_table else "line")
        elif word in ("cell", "row"):
            self._end(target, "cell" if word == "cell" else "row")
        else:
            self._property(word, number)

    def _property(self, word: str, number: int | None) -> None:
        match word:
            case "f":
                self._state = replace(self._state, font=number or 0)
            case "uc":
                self._state = replace(self._state, fallback_length=max(0, number if number is not None else 1))
            case "v" | "deleted":
                self._state = replace(self._state, is_hidden=number != 0)
                self._notes |= {HIDDEN_NOTE if word == "v" else CHANGES_NOTE} if number != 0 else set()
            case "plain":
                self._state = replace(self._state, font=-1, is_hidden=False)
            case "pard" | "intbl":
                self._state = replace(self._state, in_table=word == "intbl")
            case "listtext" | "pntext":
                self._state = replace(self._state, is_number=True)
            case "deff":
                self._default_font = number or 0
            case "ansicpg" if number in _CODEPAGES:
                self._codec = f"cp{number}"

    def _font_word(self, word: str, number: int) -> None:
        if word == "f":
            self._state = replace(self._state, font=number)
            self._fonts[number] = _Font()
        elif word == "fcharset" and self._state.font in self._fonts:
            self._fonts[self._state.font].codec = _CODEC_OF_CHARSET.get(number)

    def _unicode(self, number: int) -> None:
        self._to_skip = self._state.fallback_length
        code = number % 0x1_0000
        if 0xD800 <= code < 0xDC00:
            self._half = code
        elif 0xDC00 <= code < 0xE000:
            if self._half:
                self._write(chr(0x1_0000 + ((self._half - 0xD800) << 10) + code - 0xDC00))
            self._half = 0
        else:
            self._write(chr(code))

    def _write(self, text: str) -> None:
        state, font = self._state, self._fonts.get(self._font_number())
        if state.target == "fonts" and font:
            font.name += text
        elif state.target in self._runs and not state.is_hidden:
            name = font.name.partition(";")[0].strip() if font else ""
            runs = self._mark if state.is_number else self._runs[state.target]
            runs.append(Run(text, name or None))

    def _font_number(self) -> int:
        return self._default_font if self._state.font < 0 else self._state.font


def _decoded(raw: bytes, codec: str) -> str:
    """Decode letters; a byte that the code page leaves open stands for itself, as in the fonts of old encodings."""
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return "".join(_decoded(bytes([byte]), codec if byte < 0x80 else "latin-1") for byte in raw)
