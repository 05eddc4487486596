"""One file for each file format; `ingest.read.READERS` names them by suffix."""
