"""Changed at random, a file of any format gives pages or one clear error; `make fuzz` tries for longer."""

import io
import os
import unicodedata
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.isolated import IsolatedReader, Limits
from tests.rich_files import RICH_FILES

LONGER = int(os.environ.get("FUZZ_EXAMPLES", "0"))
FEWER = {".pdf": 30, ".png": 30}  # in the normal run; a page without text is recognised, which takes its time
WORDS = "0 -1 3 99999999999999999999 x % <p> </p> {\\* \\u-1 \\bin9 &#0; &#xD800; ể \u0323 \u202e | \t".split(" ")
NEW = st.sampled_from([word.encode() for word in WORDS]) | st.binary(min_size=1, max_size=6)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["put", "insert", "cut", "repeat", "end"]), st.floats(0, 1), NEW), min_size=1, max_size=8
)
Changes = list[tuple[str, float, bytes]]


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as opened:
        yield opened


def changed(raw: bytes, changes: Changes) -> bytes:
    """Change bytes at some places of a file."""
    for how, place, new in changes:
        at = int(place * len(raw))
        length = {"put": len(new), "cut": len(new) ** 3, "repeat": len(new) ** 3, "end": len(raw)}.get(how, 0)
        middle = {"put": new, "insert": new, "repeat": raw[at : at + length] * 2}.get(how, b"")
        raw = raw[:at] + middle + raw[at + length :]
    return raw


def changed_tree(raw: bytes, changes: Changes) -> bytes:
    """Change elements of an XML part, so that it stays XML."""
    root = ElementTree.fromstring(raw)
    for how, place, new in changes:
        elements = list(root.iter())
        if len(elements) > 2_000:
            break
        around = elements[int(place * len(elements))] if place < 1 else root
        children = list(around)
        child = children[len(new) % len(children)] if children else None
        if how == "put" and around.attrib:
            around.set(sorted(around.attrib)[len(new) % len(around.attrib)], new.decode("ascii", "ignore").strip("\0"))
        elif how == "insert":
            around.append(deepcopy(elements[len(new) * 7 % len(elements)]))
        elif how == "cut" and child is not None:
            around.remove(child)
        elif how == "repeat" and child is not None:
            around.extend([child] * (len(new) ** 2))
        elif how == "end":
            around.tag, around.text = elements[len(new) % len(elements)].tag, "1"
    return ElementTree.tostring(root)


def changed_archive(raw: bytes, which: float, is_tree: bool, changes: Changes) -> bytes:
    """Change one part of a zip archive, or the archive itself."""
    source = zipfile.ZipFile(io.BytesIO(raw))
    names = source.namelist()
    row = int(which * (len(names) + 1))
    if row >= len(names):
        return changed(raw, changes)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            part = source.read(name)
            if name == names[row]:
                part = (changed_tree if is_tree and part.startswith(b"<") else changed)(part, changes)
            target.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize("suffix", RICH_FILES)
def test_pages_or_one_clear_error(suffix: str, reader: IsolatedReader, tmp_path: Path) -> None:
    path = tmp_path / f"kế hoạch{suffix}"
    RICH_FILES[suffix](path)
    sound = path.read_bytes()
    is_archive = sound.startswith(b"PK")

    @settings(
        max_examples=LONGER or FEWER.get(suffix, 100),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.floats(0, 1), st.booleans(), CHANGES)
    def check(which: float, is_tree: bool, changes: Changes) -> None:
        path.write_bytes(changed_archive(sound, which, is_tree, changes) if is_archive else changed(sound, changes))
        try:
            text = "\f".join(reader.read(path, Limits(seconds=60)).texts)
        except ReadError as error:
            message = str(error)
            assert message.startswith(f"{path.name}: ")
            assert "; " in message
            assert ": cannot be read (" not in message  # a mistake of the reader
            assert "ended (" not in message or suffix == ".pdf"
            assert ", the limit; " not in message
        else:
            assert text.strip()
            assert text == unicodedata.normalize("NFC", text)
            assert not {"\r", "\0"} & set(text)

    check()
