"""Which passages a search may give."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.arrays import RowArray
from index.errors import FilterError
from index.types import SearchOptions
from ingest.types import Document, Passage


def allowed_rows(passages: Sequence[Passage], documents: Mapping[str, Document], options: SearchOptions) -> RowArray:
    """Give the rows of the passages that the filters of the options leave, (n,) int64, ascending.

    Raises FilterError for a document that is not among `documents`, which are by their ids.
    """
    unknown = [doc_id for doc_id in options.documents if doc_id not in documents]
    if unknown:
        raise FilterError(f"no document {unknown[0]!r}; known: {', '.join(documents)}")
    places = {document.doc_id: document.facts.place for document in documents.values()}
    return np.array(
        [
            row
            for row, passage in enumerate(passages)
            if (not options.documents or passage.doc_id in options.documents)
            and (not options.places or places[passage.doc_id] in options.places)
            and (not options.kinds or passage.kind in options.kinds)
        ],
        np.int64,
    )
