"""How a question speaks of documents: "ở Cần Thơ", "kế hoạch của Cần Thơ", "kế hoạch 443-KH/TU"."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.question_pieces import Lexicon, Syllables, vocabulary
from index.text import folded_syllables, one_spelling, syllables
from ingest.types import Document

ANY_NOUN = "văn bản"
_BODY = "Ban Thường vụ "


@dataclass(frozen=True, slots=True)
class Reference:
    """A name of documents as a question says it."""

    name: str  # "Cần Thơ", "Cục Thông tin cơ sở", "kế hoạch 443-KH/TU"
    is_place: bool
    noun: str = ""  # "kế hoạch", "" where the name begins with it
    office: str = ""  # "Thành ủy Cần Thơ"
    is_assumed: bool = False  # nobody named them: a name would push out answers of other documents

    @property
    def in_full(self) -> str:
        """Give the document itself: "kế hoạch của Cần Thơ"."""
        return f"{self.noun} của {self.name}" if self.noun else self.name

    @property
    def located(self) -> str:
        """Give where something is said: "ở Cần Thơ", "trong công văn của Cục Thông tin cơ sở"."""
        return f"ở {self.name}" if self.is_place else f"trong {self.in_full}"


def reference_of(doc_ids: Sequence[str], lexicon: Lexicon) -> Reference | None:
    """Give how a question names these documents and, where that is possible, no other; None for no document."""
    known = [lexicon.documents[doc_id] for doc_id in doc_ids if doc_id in lexicon.documents]
    each = [_reference(document, lexicon) for document in known]
    if not each:
        return None
    if len(each) == 1:
        return each[0]
    nouns = {one.noun for one in each}
    return Reference(
        name=" và ".join(one.name for one in each),
        is_place=all(one.is_place for one in each),
        noun=nouns.pop() if len(nouns) == 1 else ANY_NOUN,
    )


def noun_of(words: str) -> str:
    """Give what words call a document that they begin with: "kế hoạch" of "kế hoạch 443", "" where they name none."""
    said = tuple(syllables(words))
    found = [" ".join(noun) for noun in vocabulary()["noun"] if said[: len(noun)] == noun]
    return max(found, key=len, default="")


def _reference(document: Document, lexicon: Lexicon) -> Reference:
    facts = document.facts
    noun = " ".join(syllables(facts.title)[:2])
    noun = noun if tuple(noun.split(" ")) in vocabulary()["noun"] else ANY_NOUN
    place = (facts.place or "").split(",")[0].strip()
    office = one_spelling(facts.issuer or "").removeprefix(_BODY)
    candidates = [
        Reference(place, is_place=True, noun=noun, office=office),
        Reference(office, is_place=False, noun=noun),
        Reference(f"{noun} {facts.number}", is_place=False),
    ]
    named = [(len(_meant(one.name, lexicon)), row) for row, one in enumerate(candidates)]
    telling = [(count, row) for count, row in named if document.doc_id in _meant(candidates[row].name, lexicon)]
    if telling:
        return candidates[min(telling)[1]]
    return Reference(facts.short_title, is_place=False)


def place_reference(name: str) -> Reference:
    """Give how a question speaks of a place of which there is no document."""
    return Reference(name, is_place=True, noun=ANY_NOUN)


def _meant(name: str, lexicon: Lexicon) -> set[str]:
    """Give the documents that a name means, as `index.question.understand` reads it."""
    words = tuple(folded_syllables(name))
    spans: list[Syllables] = [words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
    return {doc_id for span in spans for doc_id in lexicon.names.get(span, ())}
