"""Whether two documents are the same plan, by what they say of themselves."""

from ingest.folding import fold
from ingest.types import DocumentFacts


def same_plan(one: DocumentFacts, other: DocumentFacts) -> bool:
    """Say whether both have the same number of the same issuer, and no place or year that tells them apart.

    Numbers start again every year, many places have a "Ban Tuyên giáo Tỉnh ủy", and a number whose
    digits are left blank ("/TTCS-TTTQ") is that of many documents.
    """
    if not (one.number and one.issuer and other.number and other.issuer) or not one.number[0].isdigit():
        return False
    years = {facts.date[:4] for facts in (one, other) if facts.date}
    places = {_key(facts.place) for facts in (one, other) if facts.place}
    is_same_name = _key(one.number) == _key(other.number) and _key(one.issuer) == _key(other.issuer)
    return is_same_name and len(years) < 2 and len(places) < 2


def _key(words: str) -> str:
    return "".join(fold(words).split())
