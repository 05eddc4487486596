"""Roman numbers of headings, which character recognition miscounts ("II" for "III"), counted in the image."""

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels

_NUMBER = re.compile(r"(?P<ones>[IlL1|]+)(?P<end>[-–.]?)")
_MIDDLE = (0.3, 0.7)  # of the height of the letters: between the serifs, above the full stop
_INK = 128  # a column of pixels darker than that in the mean is an upright stroke
_MAX_STROKES = 3


def counted_number(word: str, after: str, image: "Image", box: Box) -> str:
    """Give the first word of a heading in capitals with as many "I" as its image has upright strokes.

    `after` is the rest of the line; a word that is not I, II or III stays as it is. What stands for
    the last stroke together with the full stop ("IL" for "II.") becomes both.
    """
    found = _NUMBER.fullmatch(word)
    if found is None or "I" not in found["ones"] or not after.isupper():
        return word
    strokes = _strokes(image, box)
    if not 1 <= strokes <= _MAX_STROKES:
        return word
    return "I" * strokes + (found["end"] or ".")


def _strokes(image: "Image", box: Box) -> int:
    from PIL.Image import Resampling

    left, top, right, bottom = box
    height = bottom - top
    band = image.crop((left, top + int(_MIDDLE[0] * height), right, top + int(_MIDDLE[1] * height) + 1))
    columns = band.resize((band.width, 1), Resampling.BOX).tobytes()
    return sum(is_ink for is_ink, _ in groupby(columns, lambda mean: mean < _INK))
