"""What several threads ask for at the same time is computed in one batch."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class Batcher(Generic[Asked, Given]):
    """A computation shared by threads: one of those that wait computes for all of them.

    Who comes alone waits for nobody. `compute` gives one value for each one asked, is called by
    one thread at a time and with at most `most`.
    """

    def __init__(self, compute: Callable[[list[Asked]], list[Given]], most: int) -> None:
        self._compute = compute
        self._most = most
        self._waiting: list[tuple[Asked, Future[Given]]] = []
        self._adding = Lock()
        self._computing = Lock()

    def __call__(self, asked: Asked) -> Given:
        """Give the value of one; raises what `compute` raises for this one alone."""
        own: Future[Given] = Future()
        with self._adding:
            self._waiting.append((asked, own))
        while not own.done():
            with self._computing:
                if not own.done():
                    self._compute_next()
        return own.result()

    def _compute_next(self) -> None:
        with self._adding:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            found = self._compute([asked for asked, _ in batch])
        except Exception:  # whose it is shows when each is computed by itself
            for one in batch:
                self._compute_alone(*one)
            return
        for (_, future), given in zip(batch, found, strict=True):
            future.set_result(given)

    def _compute_alone(self, asked: Asked, future: Future[Given]) -> None:
        try:
            (given,) = self._compute([asked])
        except Exception as error:
            future.set_exception(error)
        else:
            future.set_result(given)
