"""Which documents of the library are wanted: words of the search box, place, issuer, year, and origin."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from ingest.folding import fold
from ingest.types import Document
from ui.holdings_order import order_key
from ui.names import vietnamese_date
from ui.origin import provenance_name, warning_text

LIBRARY_URL = "/kho"
MAX_WORDS = 200  # characters of the search box that count
_ORIGINS = {"text": "Chữ có sẵn trong tệp", "converted": "Đã chuyển mã", "ocr": "Nhận dạng từ ảnh (OCR)"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address of the page asks for, unchecked; "" wants everything."""

    words: str = ""
    place: str = ""
    issuer: str = ""
    year: str = ""
    origin: str = ""
    order: str = ""  # the address name of a column, "-" before it for descending


@dataclass(frozen=True, slots=True)
class Facet:
    """Something by which documents can be chosen; `address` is its name in addresses."""

    field: str
    address: str
    label: str
    everything: str  # what the choice of all is called
    value: Callable[[Document], str]
    name: Callable[[str], str] = str


def origin_of(document: Document) -> str:
    """Give where the letters come from, as one of the few kinds that can be chosen."""
    first = document.provenance.partition(" ")[0]
    return {"converted": "converted", "OCR": "ocr"}.get(first, "text")


FACETS = (
    Facet("place", "noi", "Địa phương", "Mọi địa phương", lambda document: document.facts.place or ""),
    Facet("issuer", "co-quan", "Cơ quan ban hành", "Mọi cơ quan", lambda document: document.facts.issuer or ""),
    Facet("year", "nam", "Năm", "Mọi năm", lambda document: (document.facts.date or "")[:4]),
    Facet("origin", "nguon", "Nguồn chữ", "Mọi nguồn", origin_of, lambda kind: _ORIGINS.get(kind, kind)),
)
_ADDRESSES = {"words": "tim", **{facet.field: facet.address for facet in FACETS}, "order": "xep"}


def wanted_by(parameters: Mapping[str, str]) -> Wanted:
    """Give what the parameters of an address ask for."""
    asked = {field: parameters.get(name, "") for field, name in _ADDRESSES.items()}
    return Wanted(**{**asked, "words": asked["words"][:MAX_WORDS].strip()})


def address_of(wanted: Wanted) -> str:
    """Give the address of the page that shows what is wanted."""
    asked = {name: value for field, name in _ADDRESSES.items() if (value := getattr(wanted, field))}
    return f"{LIBRARY_URL}?{urlencode(asked)}" if asked else LIBRARY_URL


def matching(documents: Iterable[Document], wanted: Wanted) -> list[Document]:
    """Give the documents that have every word somewhere, with or without diacritics, and all that was chosen."""
    words = fold(wanted.words).split()
    return [
        document
        for document in documents
        if all(getattr(wanted, facet.field) in ("", facet.value(document)) for facet in FACETS)
        and _has_all(words, document)
    ]


def choices(documents: Sequence[Document], wanted: Wanted, facet: Facet) -> list[tuple[str, int]]:
    """Give the values of a facet that would find something beside all else that is wanted, with how many."""
    others = matching(documents, replace(wanted, **{facet.field: ""}))
    counts = Counter(value for document in others if (value := facet.value(document)))
    chosen = getattr(wanted, facet.field)
    values = {*counts, chosen} - {""}
    return [(value, counts[value]) for value in sorted(values, key=lambda value: order_key(facet.name(value)))]


def _has_all(words: Sequence[str], document: Document) -> bool:
    if not words:
        return True
    text = _searched(document)
    return all(word in text for word in words)


def _searched(document: Document) -> str:
    """Give what the search looks at: what the row shows, the short name, and the signer."""
    facts, date = document.facts, document.facts.date or ""
    shown = vietnamese_date(date) if date else ""
    short = "/".join(part.removeprefix("0") for part in shown.split("/"))  # "5/3/2025"
    words = (facts.title, facts.short_title, document.source, facts.number, shown, short, date, facts.issuer)
    remarks = (*map(warning_text, document.warnings), *document.notes)
    return fold("\n".join(filter(None, (*words, facts.place, facts.signer, provenance_name(document), *remarks))))
