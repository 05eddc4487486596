"""Former versions stay as they were, and every change can be taken back, the last one first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.history import Undone
from ingest.library import Library
from ingest.passages import split_passages
from ingest.types import Document, FormerVersion, Passage, ReadingWarning
from tests.plans import HUE, parsed

FIRST = replace(
    parsed(HUE, "huế.txt"),
    page_starts=(0, 200),
    provenance="OCR 0.93",
    warnings=(ReadingWarning("repeated_label", "II.3"),),
    notes=("macro bị bỏ qua",),
    confidences=(0.9312345678901234, None),
)
SECOND = parsed(HUE.replace("văn nghệ", "xiếc"), "huế.txt")
THIRD = parsed(HUE.replace("văn nghệ", "chèo"), "huế.txt")
VINH = parsed(HUE.replace("Thừa Thiên Huế", "Nghệ An"), "vinh.txt")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db", create=True) as opened:
        yield opened


def put(library: Library, *documents: Document) -> None:
    for document in documents:
        library.put(document, split_passages(document))


def contents(library: Library) -> tuple[list[Document], list[Passage]]:
    return library.documents(), library.passages()


def of(*documents: Document) -> tuple[list[Document], list[Passage]]:
    return list(documents), [passage for document in documents for passage in split_passages(document)]


def test_a_replaced_version_stays_readable_as_it_was(library: Library) -> None:
    put(library, FIRST, SECOND, THIRD)
    assert contents(library) == of(THIRD)
    assert library.version_of(FIRST.doc_id) == 3
    assert library.former_versions(FIRST.doc_id) == [
        FormerVersion(1, "replaced", FIRST),
        FormerVersion(2, "replaced", SECOND),
    ]
    assert library.former_versions(VINH.doc_id) == []
    assert library.version_of(VINH.doc_id) is None


def test_the_same_text_keeps_its_version(library: Library) -> None:
    put(library, FIRST)
    titled = replace(FIRST, facts=replace(FIRST.facts, short_title="Kế hoạch"), sha256="1" * 64)
    put(library, titled)
    assert contents(library) == of(titled)
    assert library.version_of(FIRST.doc_id) == 1
    assert library.former_versions(FIRST.doc_id) == []
    assert library.undo() == Undone(withdrawn=(("huế.txt", 1),))
    assert contents(library) == of()


def test_undo_goes_back_change_by_change(library: Library) -> None:
    put(library, FIRST, VINH, SECOND)
    library.remove(VINH.doc_id)
    assert library.undo() == Undone(restored=(("vinh.txt", 1),))
    assert contents(library) == of(SECOND, VINH)
    assert library.undo() == Undone(restored=(("huế.txt", 1),), withdrawn=(("huế.txt", 2),))
    assert contents(library) == of(FIRST, VINH)
    assert library.undo() == Undone(withdrawn=(("vinh.txt", 1),))
    assert library.undo() == Undone(withdrawn=(("huế.txt", 1),))
    assert contents(library) == of()
    assert library.undo() == Undone()
    assert [former.reason for former in library.former_versions(FIRST.doc_id)] == ["undone", "undone"]


def test_undo_of_one_document_leaves_the_others(library: Library) -> None:
    put(library, FIRST, SECOND, VINH)
    assert library.undo(FIRST.doc_id) == Undone(restored=(("huế.txt", 1),), withdrawn=(("huế.txt", 2),))
    assert contents(library) == of(FIRST, VINH)
    assert library.undo("không có") == Undone()


def test_versions_are_never_numbered_twice(library: Library) -> None:
    put(library, FIRST, SECOND)
    library.undo()
    put(library, THIRD)
    assert library.version_of(FIRST.doc_id) == 3
    assert [(f.version, f.reason) for f in library.former_versions(FIRST.doc_id)] == [(1, "replaced"), (2, "undone")]
    library.remove(FIRST.doc_id)
    put(library, FIRST)
    assert library.version_of(FIRST.doc_id) == 4
    assert library.undo(FIRST.doc_id) == Undone(withdrawn=(("huế.txt", 4),))
    assert library.undo(FIRST.doc_id) == Undone(restored=(("huế.txt", 3),))
    assert contents(library) == of(THIRD)


def test_a_document_in_place_of_another_is_undone_with_it(library: Library) -> None:
    put(library, FIRST)
    library.put(VINH, split_passages(VINH), replaces=FIRST.doc_id, reason="superseded")
    assert contents(library) == of(VINH)
    assert library.former_versions(FIRST.doc_id) == [FormerVersion(1, "superseded", FIRST)]
    assert library.undo() == Undone(restored=(("huế.txt", 1),), withdrawn=(("vinh.txt", 1),))
    assert contents(library) == of(FIRST)


def test_undo_does_not_tear_apart_what_has_changed_since(library: Library) -> None:
    put(library, FIRST)
    library.put(VINH, split_passages(VINH), replaces=FIRST.doc_id)
    put(library, THIRD)
    before = contents(library)
    with pytest.raises(LibraryError) as caught:
        library.undo(VINH.doc_id)
    assert str(caught.value) == "huế.txt: has changed since; undo that first: python -m ingest undo 'huế.txt'"
    assert contents(library) == before
    library.undo(THIRD.doc_id)
    library.undo(VINH.doc_id)
    assert contents(library) == of(FIRST)


def test_what_a_person_put_aside_is_known_until_the_document_comes_in_again(library: Library) -> None:
    first, second = replace(FIRST, sha256="1" * 64), replace(SECOND, sha256="2" * 64)
    put(library, first, second)
    assert library.put_aside_by_hand(FIRST.doc_id) == {}
    library.undo()
    assert library.put_aside_by_hand(FIRST.doc_id) == {"2" * 64: "undone"}
    library.remove(FIRST.doc_id)
    assert library.put_aside_by_hand(FIRST.doc_id) == {"2" * 64: "undone", "1" * 64: "removed"}
    put(library, THIRD)
    assert library.put_aside_by_hand(FIRST.doc_id) == {}
    library.remove(FIRST.doc_id, "gone")
    assert library.put_aside_by_hand(FIRST.doc_id) == {}


def test_documents_are_found_by_id_and_name_also_when_they_are_gone(library: Library) -> None:
    put(library, FIRST, VINH)
    library.remove(VINH.doc_id)
    assert library.find("huế.txt") == library.find(FIRST.doc_id) == FIRST.doc_id
    assert library.find("vinh.txt") == VINH.doc_id
    assert library.find("hue.txt") is None


def test_history_changes_nothing_of_the_digest_of_the_contents(library: Library, tmp_path: Path) -> None:
    put(library, SECOND, VINH)
    with Library(tmp_path / "khác.db", create=True) as other:
        put(other, FIRST, VINH, SECOND)
        other.remove(VINH.doc_id)
        other.undo()
        assert other.version() == library.version()
