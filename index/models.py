"""The embedding models that need something said about them; any other name works as it is."""

import re
from dataclasses import dataclass

DEFAULT_MODEL = "e5-small"  # comes with the installed packages: nothing is downloaded
DEFAULT_MODEL_HUB_NAME = "intfloat/multilingual-e5-small"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """How a model wants its texts."""

    pattern: str  # of the model's name or folder, in lower case
    question_prefix: str = ""
    passage_prefix: str = ""
    needs_segmented_words: bool = False  # "tuyên_truyền": models trained on segmented text


MODELS: tuple[ModelEntry, ...] = (
    ModelEntry(r"(?:^|[/-])e5[-_]", "query: ", "passage: "),
    ModelEntry(r"bkai-foundation-models/vietnamese-bi-encoder", needs_segmented_words=True),
    ModelEntry(r"phobert", needs_segmented_words=True),
    ModelEntry(r"keepitreal/vietnamese-sbert", needs_segmented_words=True),
    ModelEntry(r"dangvantuan/vietnamese-embedding", needs_segmented_words=True),
)
_PLAIN = ModelEntry("")


def entry_of(model: str) -> ModelEntry:
    """Give the entry whose pattern is found in the model's name, or one that changes nothing."""
    return next((entry for entry in MODELS if re.search(entry.pattern, model.lower())), _PLAIN)
