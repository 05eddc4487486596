"""Which documents and passages a search may give."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.arrays import RowArray
from index.errors import FilterError
from index.types import SearchOptions
from ingest.types import Document, Passage


def allowed_documents(documents: Mapping[str, Document], options: SearchOptions) -> tuple[str, ...]:
    """Give the ids of the documents that the filters of the options leave, all of them where there is no filter.

    Raises FilterError for a document that is not among `documents`, which are by their ids.
    """
    unknown = [doc_id for doc_id in options.documents if doc_id not in documents]
    if unknown:
        raise FilterError(f"no document {unknown[0]!r}; known: {', '.join(documents)}")
    return tuple(
        doc_id
        for doc_id, document in documents.items()
        if (not options.documents or doc_id in options.documents)
        and (not options.places or document.facts.place in options.places)
    )


def allowed_rows(passages: Sequence[Passage], documents: Mapping[str, Document], options: SearchOptions) -> RowArray:
    """Give the rows of the passages that the filters of the options leave, (n,) int64, ascending.

    Raises FilterError as `allowed_documents`.
    """
    among = frozenset(allowed_documents(documents, options))
    rows = [
        row
        for row, passage in enumerate(passages)
        if passage.doc_id in among and (not options.kinds or passage.kind in options.kinds)
    ]
    return np.array(rows, np.int64)
