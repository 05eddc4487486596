"""Questions over government documents and the plans, from data/training_questions.jsonl, made examples to train on."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.abbreviations import read_abbreviations
from index.context import indexed_place, indexed_text
from index.lexical import Lexical
from ingest.parse import read_document
from ingest.passages import split_passages
from ingest.reading import one_line
from ingest.sentences import idea_spans, piece_spans
from ingest.types import Document, Passage

Span = tuple[int, int]

QUESTIONS_FILE = Path(__file__).parent / "data" / "training_questions.jsonl"
HARD = 15  # wrong passages a question that have most of its words

# Documents whose questions are only for measuring: chosen by lot among those of at most 650
# passages; the two that amend the same law stay together.
HELD_OUT = frozenset(
    {
        "2003-TT132001.txt",
        "2004-A40.txt",
        "2005-2942C_Detai2003.txt",
        "2005-QDINHUUDAI522.txt",
        "2005-QDSUA522.txt",
        "2006-huong-dan-ghi-phieu.txt",
    }
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the rows of the passages that answer it and of some that only look like it."""

    question: str
    file: str
    right: tuple[int, ...]  # empty where no document of the same folder answers
    wrong: tuple[int, ...]
    answering: tuple[frozenset[int], ...] = ()  # of each passage in `right`, which of its pieces answer


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions over the passages of some documents; a row is a place in `texts` and `files`."""

    questions: tuple[Example, ...]
    texts: tuple[str, ...]  # as passages are embedded
    files: tuple[str, ...]
    pieces: tuple[tuple[Span, ...], ...] = ()  # of each text: its sentences, or the parts of a single one

    def of(self, files: frozenset[str]) -> "Examples":
        """Give the questions of some files over the passages of those files alone."""
        rows = [row for row, file in enumerate(self.files) if file in files]
        place = {row: at for at, row in enumerate(rows)}
        kept = [
            Example(
                one.question,
                one.file,
                tuple(place[row] for row in one.right),
                tuple(place[row] for row in one.wrong if row in place),
                one.answering,
            )
            for one in self.questions
            if one.file in files
        ]
        pieces = tuple(self.pieces[row] for row in rows) if self.pieces else ()
        names = tuple(self.files[row] for row in rows)
        return Examples(tuple(kept), tuple(self.texts[row] for row in rows), names, pieces)


def training_questions(path: Path) -> list[dict[str, str]]:
    """Give the lines of a file of training questions: `file`, `kind`, `question`, `quote`, empty where none answers."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_examples(questions: Path, folders: Sequence[Path]) -> Examples:
    """Read the questions and, from the folders, the documents that they are about.

    A question whose quote is in no passage is left out; one with an empty quote is one that nothing answers. Raises
    FileNotFoundError for a document that is in no folder.
    """
    lines = training_questions(questions)
    names = sorted({line["file"] for line in lines})
    documents = [read_document(_found(name, folders)) for name in names]
    abbreviations = read_abbreviations(documents)
    passages = [split_passages(document) for document in documents]
    files = [name for name, own in zip(names, passages, strict=True) for _ in own]
    texts = [
        indexed_text(passage, document, abbreviations)
        for document, own in zip(documents, passages, strict=True)
        for passage in own
    ]
    lexical = Lexical.of(texts)
    firsts = dict(zip(names, np.cumsum([0, *map(len, passages)]).tolist(), strict=False))
    of_name = dict(zip(names, zip(documents, passages, strict=True), strict=True))
    found = []
    for line in lines:
        document, own = of_name[line["file"]]
        answers = answering(line["quote"], document, own) if line["quote"] else []
        if answers or not line["quote"]:
            right = [firsts[line["file"]] + at for at in answers]
            wrong = _alike(line["question"], lexical, texts, right)
            pieces = tuple(answering_pieces(line["quote"], own[at], document) for at in answers)
            found.append(Example(line["question"], line["file"], tuple(right), wrong, pieces))
    spans = (
        tuple((indexed_place(one, document, start), indexed_place(one, document, end)) for start, end in pieces_of(one))
        for document, own in of_name.values()
        for one in own
    )
    return Examples(tuple(found), tuple(texts), tuple(files), tuple(spans))


def answering(quote: str, document: Document, passages: Sequence[Passage]) -> list[int]:
    """Give which passages hold at least half of a quote, or the same words elsewhere."""
    wanted = unicodedata.normalize("NFC", quote)
    start = document.text.find(wanted)
    end = start + len(wanted)
    words = one_line(wanted)
    return [
        at
        for at, passage in enumerate(passages)
        if (start >= 0 and 2 * (min(passage.end, end) - max(passage.start, start)) >= len(wanted))
        or words in one_line(passage.text)
    ]


def pieces_of(passage: Passage) -> list[Span]:
    """Give the spans of a passage's sentences and clauses, of a single one those between its commas."""
    spans = idea_spans(passage.text)
    return spans if len(spans) > 1 else piece_spans(passage.text)


def answering_pieces(quote: str, passage: Passage, document: Document) -> frozenset[int]:
    """Give the pieces of a passage that answers which share with the quote at least half of themselves or of it."""
    wanted = unicodedata.normalize("NFC", quote)
    start = passage.text.find(wanted)
    if start < 0:  # it goes beyond the passage
        if wanted not in document.text:
            return frozenset()
        start = document.text.find(wanted) - passage.start
    end = start + len(wanted)
    return frozenset(
        at
        for at, (first, last) in enumerate(pieces_of(passage))
        if 2 * (min(last, end) - max(first, start)) >= min(last - first, len(wanted))
    )


def _alike(question: str, lexical: Lexical, texts: Sequence[str], right: Sequence[int]) -> tuple[int, ...]:
    """Give the wrong passages with most of the question's words, best first; the same text elsewhere is not wrong."""
    same = {texts[row] for row in right}
    _, rows = lexical.search(question, HARD + len(right) + len(same))
    return tuple([int(row) for row in rows if texts[row] not in same][:HARD])


def _found(name: str, folders: Sequence[Path]) -> Path:
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise FileNotFoundError(f"{name}: is in none of {', '.join(map(str, folders))}")
    return path
