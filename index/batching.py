"""What several threads ask for at the same time is computed in one batch."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting(Generic[Asked, Given]):
    asked: Asked
    kind: Hashable
    future: Future[Given]


class Batcher(Generic[Asked, Given]):
    """A computation shared by threads: one of those that wait computes for all of them.

    Who comes alone waits for nobody. `compute` gives one value for each one asked, is called by
    one thread at a time and with at most `most` of one `kind`: those like the one that waits longest.
    """

    def __init__(
        self, compute: Callable[[list[Asked]], list[Given]], most: int, kind: Callable[[Asked], Hashable] = lambda _: 0
    ) -> None:
        self._compute = compute
        self._most = most
        self._kind = kind
        self._waiting: list[_Waiting[Asked, Given]] = []
        self._adding = Lock()
        self._computing = Lock()

    def __call__(self, asked: Asked) -> Given:
        """Give the value of one; raises what `compute` raises for this one alone."""
        own: Future[Given] = Future()
        waiting = _Waiting(asked, self._kind(asked), own)
        with self._adding:
            self._waiting.append(waiting)
        while not own.done():
            with self._computing:
                if not own.done():
                    self._compute_next()
        return own.result()

    def _compute_next(self) -> None:
        with self._adding:
            alike = [one for one in self._waiting if one.kind == self._waiting[0].kind][: self._most]
            self._waiting = [one for one in self._waiting if one not in alike]
        try:
            found = self._compute([one.asked for one in alike])
        except Exception:  # whose it is shows when each is computed by itself
            for one in alike:
                self._compute_alone(one)
            return
        for one, given in zip(alike, found, strict=True):
            one.future.set_result(given)

    def _compute_alone(self, one: "_Waiting[Asked, Given]") -> None:
        try:
            (given,) = self._compute([one.asked])
        except Exception as error:
            one.future.set_exception(error)
        else:
            one.future.set_result(given)
