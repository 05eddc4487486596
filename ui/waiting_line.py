"""A line in which questions wait for a place, without holding a thread while they wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class LineFullError(Exception):
    """A question found no place to wait, or waited in vain."""


class WaitingLine:
    """Lets so many in at once and has so many wait, first come first served."""

    def __init__(self, at_once: int, most_waiting: int, wait_s: float | None = None) -> None:
        """`wait_s` is for how many seconds one waits at most; None is without end."""
        self._free = asyncio.Semaphore(at_once)
        self._most_waiting = most_waiting
        self._wait_s = wait_s
        self._waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it; raises LineFullError at once where too many wait, or when the time is over."""
        if self._free.locked() and self._waiting >= self._most_waiting:
            raise LineFullError
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError:
            raise LineFullError from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()
