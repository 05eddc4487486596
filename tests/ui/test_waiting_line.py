"""Who gets a place in a line, and who is turned away."""

import pytest
from anyio.from_thread import start_blocking_portal

from ui.waiting_line import LineFullError, WaitingLine


async def _seen(line: WaitingLine) -> list[str]:
    seen = []
    async with line.place():
        try:
            async with line.place():
                seen.append("two at once")
        except LineFullError:
            seen.append("turned away")
    with pytest.raises(ZeroDivisionError):
        async with line.place():
            raise ZeroDivisionError
    async with line.place():
        seen.append("free again")
    return seen


@pytest.mark.parametrize(
    "line",
    [WaitingLine(1, most_waiting=1, wait_s=0.01), WaitingLine(1, most_waiting=0)],
    ids=["its time is over", "nobody may wait"],
)
def test_who_gets_no_place_is_turned_away_and_what_fails_gives_its_place_back(line: WaitingLine) -> None:
    with start_blocking_portal() as portal:
        assert portal.call(_seen, line) == ["turned away", "free again"]
