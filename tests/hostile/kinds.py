"""What a hostile file is, and the words of those that can be read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class HostileFile:
    """A file to make under a name; `reason` is a part of what is said of it.

    `is_read`: it is taken in all the same, and what is hostile in it does nothing.
    """

    name: str
    make: Callable[[Path], object]
    reason: str = ""
    is_read: bool = False


def plan(path: Path) -> str:
    """Give words that no other file has."""
    name = "".join(char for char in path.name if char.isalnum() or char == " ")
    return f"Kế hoạch kiểm tra tệp {name} của Ủy ban nhân dân thành phố Đà Nẵng"
