"""Letters of a paragraph with how they are printed, the same for every word processor's format."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.readers.letters import Letters
from ingest.readers.symbols import without_symbol_places

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are printed; None where a style leaves it to the one that it is based on."""

    font: str | None = None
    is_capital: bool | None = None
    is_hidden: bool | None = None
    is_bold: bool | None = None

    def over(self, base: "Look") -> "Look":
        """Give this look with what it leaves open taken from another."""
        return Look(
            base.font if self.font is None else self.font,
            base.is_capital if self.is_capital is None else self.is_capital,
            base.is_hidden if self.is_hidden is None else self.is_hidden,
            base.is_bold if self.is_bold is None else self.is_bold,
        )


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one look, a note that they cite (its kind and id), a text box that is anchored to them."""

    text: str = ""
    look: Look = PLAIN
    note: tuple[str, str] | None = None
    box: "_Element | None" = None


def printed(pieces: Iterable[Piece], letters: Letters) -> str:
    """Give the letters of a paragraph as printed, in Unicode NFC."""

    def key(piece: Piece) -> tuple[str | None, bool]:
        return piece.look.font, bool(piece.look.is_capital)

    parts = []
    for (font, is_capital), same in groupby((piece for piece in pieces if piece.text), key):
        # Neighbours go together: a letter with its marks may be spread over several runs.
        text = letters.convert(without_symbol_places("".join(piece.text for piece in same), font), font)
        parts.append(text.upper() if is_capital else text)
    return unicodedata.normalize("NFC", "".join(parts))


def is_bold(pieces: Iterable[Piece]) -> bool:
    """Say whether there are letters and all of them are bold."""
    shown = [piece.look.is_bold for piece in pieces if piece.text.strip()]
    return bool(shown) and all(shown)
