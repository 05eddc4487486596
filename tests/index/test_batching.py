"""What threads ask for at the same time is computed together, and each gets its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from index.batching import Batcher


class Lengths:
    """Gives the length of each text once it is told to; remembers its batches, and fails where a text says so."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.began = Event()
        self.may_go_on = Event()

    def __call__(self, texts: list[str]) -> list[int]:
        self.batches.append(texts)
        self.began.set()
        assert self.may_go_on.wait(10)
        if any(text.startswith("hỏng") for text in texts):
            raise ValueError(texts)
        return [len(text) for text in texts]


def asked_while_first_is_computed(
    lengths: Lengths, most: int, texts: Sequence[str], kind: Callable[[str], str] = lambda _: ""
) -> list[Future[int]]:
    """Ask for "đầu", and for all the texts while that one is being computed; gives what came of each."""
    batcher: Batcher[str, int] = Batcher(lengths, most, kind)
    with ThreadPoolExecutor(len(texts) + 1) as pool:
        first = pool.submit(batcher, "đầu")
        assert lengths.began.wait(10)
        others = [pool.submit(batcher, text) for text in texts]
        while len(batcher._waiting) < len(texts):
            assert not any(other.done() for other in others)
        lengths.may_go_on.set()
    return [first, *others]


def test_one_alone_is_computed_alone() -> None:
    lengths = Lengths()
    lengths.may_go_on.set()
    batcher: Batcher[str, int] = Batcher(lengths, 20)
    assert [batcher("một"), batcher("hai ba")] == [3, 6]
    assert lengths.batches == [["một"], ["hai ba"]]


def test_those_that_wait_are_computed_together_and_each_gets_its_own() -> None:
    lengths = Lengths()
    found = asked_while_first_is_computed(lengths, 20, ["a", "bb", "ccc", "dddd"])
    assert [one.result() for one in found] == [3, 1, 2, 3, 4]
    assert [sorted(batch) for batch in lengths.batches] == [["đầu"], ["a", "bb", "ccc", "dddd"]]


def test_no_batch_has_more_than_the_most() -> None:
    lengths = Lengths()
    found = asked_while_first_is_computed(lengths, 3, ["x" * size for size in range(1, 8)])
    assert [one.result() for one in found[1:]] == [1, 2, 3, 4, 5, 6, 7]
    assert [len(batch) for batch in lengths.batches] == [1, 3, 3, 1]


def test_only_those_of_one_kind_are_computed_together() -> None:
    lengths = Lengths()
    found = asked_while_first_is_computed(lengths, 2, ["b1", "a1", "b2", "a2", "b3"], kind=lambda text: text[0])
    assert [one.result() for one in found] == [3, 2, 2, 2, 2, 2]
    batches = [sorted(batch) for batch in lengths.batches]
    assert batches[0] == ["đầu"]
    assert sorted(len(batch) for batch in batches[1:]) == [1, 2, 2]
    assert all(len({text[0] for text in batch}) == 1 for batch in batches)


def test_what_fails_fails_for_its_own_asker_alone() -> None:
    lengths = Lengths()
    first, good, bad, other = asked_while_first_is_computed(lengths, 20, ["tốt", "hỏng một", "cũng tốt"])
    assert (first.result(), good.result(), other.result()) == (3, 3, 8)
    with pytest.raises(ValueError, match="hỏng một"):
        bad.result()
    with pytest.raises(ValueError, match="hỏng hai"):
        asked_while_first_is_computed(Lengths(), 20, ["hỏng hai"])[1].result()
