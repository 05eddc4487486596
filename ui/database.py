"""Where the page keeps what people did on it: one SQLite file beside the library, for conversations and feedback."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

PAGE_FILE = "page.db"
_WAIT = 10.0  # seconds for the change of another process

# A database goes through every step that it has not had, so that an old one is brought up to date.
_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE conversations (
        conversation_id TEXT PRIMARY KEY, user TEXT NOT NULL, name TEXT NOT NULL, named_by_hand INTEGER NOT NULL,
        changed TEXT NOT NULL, subject TEXT, deleted TEXT
        ) STRICT""",
        "CREATE INDEX conversations_by_user ON conversations (user, changed)",
        """CREATE TABLE turns (
        turn_id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
        number INTEGER NOT NULL, question TEXT NOT NULL, asked TEXT NOT NULL, answer TEXT, problem TEXT,
        refusal TEXT, about TEXT NOT NULL, index_version TEXT NOT NULL, UNIQUE (conversation_id, number)
        ) STRICT""",
        "CREATE INDEX turns_by_refusal ON turns (refusal, asked)",
        # Has the question and the answer themselves: it outlives the conversation that it is about.
        """CREATE TABLE feedback (
        turn_id TEXT PRIMARY KEY, user TEXT NOT NULL, question TEXT NOT NULL, about TEXT NOT NULL,
        answer TEXT NOT NULL, index_version TEXT NOT NULL, verdict TEXT NOT NULL, comment TEXT NOT NULL,
        given TEXT NOT NULL
        ) STRICT""",
    ),
)


class Database:
    """The page's own SQLite file; a connection serves one thread at a time and is then kept for the next.

    A connection that is closed as the last one writes the whole log into the file, which takes as
    long as answering a question.
    """

    def __init__(self, path: Path) -> None:
        """Make the file where it is missing, and bring its tables up to date; raises sqlite3.Error."""
        self.path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._changing = Lock()  # SQLite's own waiting sleeps for up to a tenth of a second at a time
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._opened() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            self._bring_up_to_date(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open for reading."""
        with self._opened() as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Open for one change that happens as a whole or not at all."""
        with self._changing, self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connected()
        try:
            yield connection
        finally:
            self._idle.append(connection)

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for step in _STEPS[found:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(found, len(_STEPS))}")
        connection.commit()


def now() -> str:
    """Give the present moment in ISO 8601, UTC, in a form that sorts by time."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
