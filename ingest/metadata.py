"""`metadata.toml` beside the plans: facts that a text does not state."""

import tomllib
import unicodedata
from dataclasses import dataclass, fields, replace
from pathlib import Path

from ingest.errors import IngestError
from ingest.types import DocumentFacts, WarningCode

METADATA_FILE = "metadata.toml"

# What a warning misses in a text; it is settled where a person has stated it.
FACT_OF_WARNING: dict[WarningCode, str] = {
    "no_title": "title",
    "no_number": "number",
    "incomplete_number": "number",
    "no_date": "date",
    "incomplete_date": "date",
    "no_signature": "signer",
}


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """Facts for one file; None leaves what the text says."""

    title: str | None = None
    short_title: str | None = None
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None


def load_metadata(folder: Path) -> dict[str, FileMetadata]:
    """Read the metadata of a folder by file name; empty where it has no such file.

    Raises IngestError for a file that is not TOML or has a table or key that does not belong.
    """
    path = folder / METADATA_FILE
    if not path.is_file():
        return {}
    known = {field.name for field in fields(FileMetadata)}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IngestError(f"{path}: is not valid TOML ({error}); correct the line") from error
    metadata = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise IngestError(f'{path}: "{name}" stands outside a table; put it under ["file name.txt"]')
        for key, value in table.items():
            if key not in known or not isinstance(value, str):
                allowed = ", ".join(sorted(known))
                raise IngestError(f'{path}: ["{name}"] {key} = {value!r}; known keys with a text: {allowed}')
        metadata[unicodedata.normalize("NFC", name)] = FileMetadata(**table)
    return metadata


def with_metadata(facts: DocumentFacts, metadata: FileMetadata) -> DocumentFacts:
    """Give the facts of the text with those of the metadata in their place."""
    given = {field.name: getattr(metadata, field.name) for field in fields(FileMetadata)}
    return replace(facts, **{name: value for name, value in given.items() if value is not None})
