"""The full system with one part switched off at a time: what a part earns is what its absence costs."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from eval.systems import Answering, System, part, with_parts
from index.abbreviations import Abbreviations
from index.dense import Dense
from index.engine import Index
from index.late_interaction import TokenVectors
from index.lexical import Lexical
from index.proper_names import ProperNames
from index.search import Weights
from index.vectors import embed_tokens_cached
from ingest.reading import one_line
from ingest.types import Passage

_VECTORS_FILE = "vectors.db"


def switched_off(weights: Weights) -> Iterator[tuple[str, Weights]]:
    """Give a name and weights for every field of Weights, that field off: 0 or False.

    A field that is added to Weights gets its row without a change here; one that is off already
    gets none.
    """
    yield "without meaning (words only)", replace(weights, late=0.0, dense=0.0)  # only together they leave it out
    for field in fields(Weights):
        value = getattr(weights, field.name)
        if not isinstance(value, bool | int | float):
            continue
        off = replace(weights, **{field.name: type(value)(0)})
        if off != weights:
            yield f"without {field.name}", off


def ablations(index: Index, out: Path) -> list[System]:
    """Give the full system without each part in turn; `out` keeps the vectors of bare passages."""
    changed = {name: with_parts(index, weights=weights) for name, weights in switched_off(part(index, "weights"))} | {
        "without restoring marks": with_parts(index, restore=str),
        "without writing out abbreviations in the question": with_parts(index, abbreviations=Abbreviations({})),
        "without the capitals of names": with_parts(index, proper_names=ProperNames({})),
        "without refusing": with_parts(index, refusal=replace(part(index, "refusal"), threshold=0.0)),
        "without title and headings in what is searched": _without_context(index, out),
    }
    return [Answering(name, index) for name, index in changed.items()]


def _without_context(index: Index, out: Path) -> Index:
    passages: list[Passage] = part(index, "passages")
    texts = [one_line(passage.text) for passage in passages]
    embedded = embed_tokens_cached(texts, index.embedder, out / _VECTORS_FILE)
    return with_parts(
        index,
        dense=Dense.of(np.stack([one.whole for one in embedded])),
        tokens=TokenVectors.of([one.tokens for one in embedded], index.embedder.dimension),
        lexical=Lexical.of(texts),
    )
