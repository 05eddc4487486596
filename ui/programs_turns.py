"""Programs take turns, so that they leave the processor to the people on the page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ui.programs_problems import busy

AT_ONCE = 2  # answers for programs worked on at once; people on the page have 20
WAIT_S = 5.0  # seconds that a program's question waits for its turn
MAX_WAITING = 20  # questions waiting; more are turned away at once
RETRY_AFTER_S = 5  # seconds after which a question that was turned away may be sent again


class Turns:
    """Lets so many questions of programs in at once; the others wait without holding a thread."""

    def __init__(self, at_once: int = AT_ONCE, wait_s: float = WAIT_S, max_waiting: int = MAX_WAITING) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._wait_s = wait_s
        self._max_waiting = max_waiting
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it; raises ProblemError where it does not come in time."""
        if self._free.locked() and self._waiting >= self._max_waiting:
            raise busy(RETRY_AFTER_S)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError:
            raise busy(RETRY_AFTER_S) from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()
