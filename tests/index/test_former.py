"""Former versions of a document, as links to them need: by the beginning of their text's SHA-256."""

from pathlib import Path

import pytest

from index.engine import Index
from index.report import text_sha256
from ingest.library import LIBRARY_FILE, Library
from ingest.passages import split_passages
from tests.fakes import build, open_fake
from tests.plans import HUE, parsed

OLD, NEW = parsed(HUE, "hue.txt"), parsed(HUE.replace("văn nghệ", "xiếc"), "hue.txt")
DIGEST = text_sha256(OLD.text)[:12]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    with Library(tmp_path / LIBRARY_FILE, create=True) as library:
        for document in (OLD, NEW):
            library.put(document, split_passages(document))
    build(tmp_path)
    return open_fake(tmp_path)


def test_a_replaced_text_is_found_by_its_digest(index: Index) -> None:
    former = index.former(OLD.doc_id, DIGEST)
    assert former is not None
    assert former.text == OLD.text
    assert index.former(OLD.doc_id, "0" * 12) is None
    assert index.former("khong-co", DIGEST) is None


def test_what_a_person_took_out_is_not_shown(index: Index, tmp_path: Path) -> None:
    with Library(tmp_path / LIBRARY_FILE) as library:
        library.undo()
    assert index.former(OLD.doc_id, text_sha256(NEW.text)[:12]) is None
