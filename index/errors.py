"""What can go wrong between a library and an answer; every message names the remedy."""


class IndexUnavailableError(Exception):
    """There is no index that fits this library and this program."""


class ModelUnavailableError(Exception):
    """The embedding model cannot be loaded."""


class VerbatimError(Exception):
    """A quote is not an exact span of its document: the answer must not be shown."""


class FilterError(ValueError):
    """A filter names a document, a place or a kind that the index does not have."""
