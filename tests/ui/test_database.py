"""The page's own database: made, brought up to date, changed as a whole or not at all, by several threads."""

import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ui.database import Database, now


def tables(path: Path) -> set[str]:
    """Give the names of the tables of a file."""
    with Database(path).reading() as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {row["name"] for row in rows}


def add(database: Database, name: str) -> None:
    """Add a conversation."""
    with database.changing() as connection:
        connection.execute("INSERT INTO conversations VALUES (?, 'lan', ?, 0, ?, NULL, NULL)", (name, name, now()))


def names(database: Database) -> list[str]:
    """Give the names of the conversations."""
    with database.reading() as connection:
        return [row["name"] for row in connection.execute("SELECT name FROM conversations ORDER BY name")]


def test_it_is_made_with_its_folder(tmp_path: Path) -> None:
    assert tables(tmp_path / "mới" / "page.db") == {"conversations", "turns", "feedback"}


def test_what_was_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    add(Database(tmp_path / "page.db"), "bánh xèo")
    assert names(Database(tmp_path / "page.db")) == ["bánh xèo"]


def test_an_empty_file_and_one_of_a_newer_program_are_taken_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "page.db").touch()
    database = Database(tmp_path / "page.db")
    with database.changing() as connection:
        connection.execute("PRAGMA user_version = 7")
    add(Database(tmp_path / "page.db"), "một")
    with database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 7


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "page.db")
    twice = [("a",), ("a",)]
    with pytest.raises(sqlite3.IntegrityError), database.changing() as connection:
        connection.executemany("INSERT INTO conversations VALUES (?, 'lan', 'a', 0, 'x', NULL, NULL)", twice)
    assert names(database) == []
    add(database, "b")
    assert names(database) == ["b"]


def test_a_turn_belongs_to_a_conversation_and_goes_with_it(tmp_path: Path) -> None:
    database = Database(tmp_path / "page.db")
    turn = "INSERT INTO turns VALUES ('t', 'a', 1, 'ai?', 'x', NULL, NULL, NULL, '', '')"
    with pytest.raises(sqlite3.IntegrityError), database.changing() as connection:
        connection.execute(turn)
    add(database, "a")
    with database.changing() as connection:
        connection.execute(turn)
        connection.execute("DELETE FROM conversations")
        assert connection.execute("SELECT count(*) FROM turns").fetchone()[0] == 0


def test_threads_change_it_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "page.db"

    def work(own: str) -> None:
        database = Database(path)  # several of them also make it
        for number in range(10):
            add(database, f"{own}-{number}")

    threads = [threading.Thread(target=work, args=(str(own),)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(Database(path)) == sorted(f"{own}-{number}" for own in range(4) for number in range(10))


def test_one_reads_while_another_changes(tmp_path: Path) -> None:
    database = Database(tmp_path / "page.db")
    add(database, "a")
    with database.changing() as connection:
        connection.execute("DELETE FROM conversations")
        assert names(database) == ["a"]
    assert names(database) == []


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.db").write_text("đây không phải cơ sở dữ liệu" * 100, encoding="utf-8")
    with pytest.raises(sqlite3.DatabaseError):
        Database(tmp_path / "page.db")


def test_moments_sort_by_time_and_say_that_they_are_utc() -> None:
    earlier, later = now(), now()
    assert earlier <= later
    assert len(earlier) == len("2026-11-22T04:05:06.789+00:00")
    assert abs(datetime.fromisoformat(earlier) - datetime.now(UTC)).total_seconds() < 60
