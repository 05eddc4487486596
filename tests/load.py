"""python -m tests.load --users 20 --seconds 60: many people ask at once, and each must get their own answers.

Most ask through the page as browsers do, every fifth one as a program; all ask the next question as
soon as the last one is answered. What each question is answered with is found first by one person
alone, who has the server to themselves. At the end all ask in the same moment, a few times. Ends
with 1 where anything was wrong.
"""

import argparse
import asyncio
import json
import math
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.chat_client import ChatError, Shown, Tab
from tests.plans import ROOT

QUESTIONS = 20  # different ones
IN_A_ROW = 3  # questions of a conversation
PROGRAMS = 5  # every fifth one is a program
MOMENTS = 5  # in which all ask
MOST_SHOWN = 20  # errors that are printed
MAX_WAIT_S = 10.0  # seconds that a program waits where the server says that it is busy
_TIMEOUT_S = 60.0  # seconds for one answer


@dataclass
class Seen:
    """What came of asking: seconds of each answer, questions that were turned away, and what was wrong."""

    page: list[float] = field(default_factory=list)
    program: list[float] = field(default_factory=list)
    turned_away: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass
class Crowd:
    """People and what they share: questions, the right replies, and whose each conversation is."""

    address: str
    questions: Sequence[str]
    replies: dict[tuple[str, ...], str] = field(default_factory=dict)  # by the questions of a conversation so far
    records: dict[str, Any] = field(default_factory=dict)  # by the question of a program
    owners: dict[str, int] = field(default_factory=dict)  # person by conversation

    def conversation(self, number: int) -> list[str]:
        """Give the questions of the conversation of that number; after so many they begin again."""
        return [self.questions[(number + row) % len(self.questions)] for row in range(IN_A_ROW)]

    def client(self) -> httpx.AsyncClient:
        """Give a new browser, or a program."""
        return httpx.AsyncClient(base_url=self.address, timeout=_TIMEOUT_S, trust_env=False)


async def measure(address: str, users: int, seconds: float, questions: Sequence[str]) -> tuple[Seen, Seen, Seen]:
    """Let one person ask everything once, then so many for so long, then all in the same moment; give all three."""
    crowd = Crowd(address, questions)
    alone, together, at_once = Seen(), Seen(), Seen()
    for number in range(len(questions)):
        async with crowd.client() as client:
            await _attempt(converse(crowd, alone, 0, number, client), alone)
            await _attempt(ask_as_program(crowd, alone, client, questions[number]), alone)
    deadline = time.monotonic() + seconds
    await asyncio.gather(*(_person(crowd, together, person, deadline) for person in range(1, users + 1)))
    await _attempt(ask_at_once(crowd, at_once, users), at_once)
    return alone, together, at_once


async def ask_at_once(crowd: Crowd, seen: Seen, users: int) -> None:
    """Let so many people ask in the same moment, each another question, and wait until all are answered."""

    async def ask(tab: Tab, question: str) -> None:
        started = time.perf_counter()
        now = await tab.ask(question)
        seen.page.append(time.perf_counter() - started)
        _expect(seen, now.questions[-1:] == (question,), f"asked {question!r} and is shown {now.questions}")

    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(crowd.client()) for _ in range(users)]
        tabs = [(await Tab.opened(client))[0] for client in clients]
        for moment in range(MOMENTS):
            asked = (crowd.questions[(person + moment) % len(crowd.questions)] for person in range(users))
            await asyncio.gather(*(_attempt(ask(*pair), seen) for pair in zip(tabs, asked, strict=True)))


async def _person(crowd: Crowd, seen: Seen, person: int, deadline: float) -> None:
    """Ask until the deadline, each person beginning elsewhere."""
    number = person * IN_A_ROW
    async with crowd.client() as client:
        while time.monotonic() < deadline:
            if person % PROGRAMS == 0:
                question = crowd.questions[number % len(crowd.questions)]
                done = await _attempt(ask_as_program(crowd, seen, client, question), seen)
            else:
                done = await _attempt(converse(crowd, seen, person, number, client), seen)
            number += 1
            if not done:
                await asyncio.sleep(0.1)  # a server that is gone fails at once, and would be asked without end


async def _attempt(work: Awaitable[None], seen: Seen) -> bool:
    """Do some work; what fails is written down."""
    try:
        await work
    except (ChatError, httpx.HTTPError, ValueError, KeyError) as error:
        seen.errors.append(f"{type(error).__name__}: {error}")
        return False
    return True


async def converse(crowd: Crowd, seen: Seen, person: int, number: int, client: httpx.AsyncClient) -> None:
    """Ask the questions of a conversation in a new tab, come back to it, and try to open another person's."""
    tab, first = await Tab.opened(client)
    _expect(seen, first.questions == (), f"person {person}: a new tab shows {first.questions}")
    asked: tuple[str, ...] = ()
    for question in crowd.conversation(number):
        started = time.perf_counter()
        now = await tab.ask(question)
        seen.page.append(time.perf_counter() - started)
        asked += (question,)
        _check(crowd, seen, person, asked, now)
    _, again = await Tab.opened(client, now.conversation_id)
    _expect(seen, again == now, f"person {person}: opened again, {now.conversation_id} shows {again.questions}")
    foreign = next((name for name, owner in reversed(crowd.owners.items()) if owner != person), None)
    if foreign:
        _, stolen = await Tab.opened(client, foreign)
        _expect(seen, stolen.questions == (), f"person {person} sees a conversation of another: {stolen.questions}")


def _check(crowd: Crowd, seen: Seen, person: int, asked: tuple[str, ...], now: Shown) -> None:
    """Look that a tab shows exactly what its person asked, each with its own reply."""
    _expect(seen, now.questions == asked, f"person {person} asked {asked} and is shown {now.questions}")
    owner = crowd.owners.setdefault(now.conversation_id, person)
    _expect(seen, owner == person, f"conversation {now.conversation_id} is of person {owner} and of {person}")
    _expect(seen, bool(now.conversation_id), f"person {person}: the conversation was not kept")
    for row, reply in enumerate(now.replies):
        right = crowd.replies.setdefault(asked[: row + 1], reply)
        _expect(seen, reply == right, f"person {person}: {asked[row]!r} is answered {reply!r} in place of {right!r}")


async def ask_as_program(crowd: Crowd, seen: Seen, client: httpx.AsyncClient, question: str) -> None:
    """Ask a question at /api/ask; where the server is busy, wait as long as it says."""
    started = time.perf_counter()
    response = await client.post("/api/ask", json={"question": question})
    seconds, record = time.perf_counter() - started, response.json()
    if response.status_code == 503 and record["type"].endswith("#busy"):
        seen.turned_away += 1
        await asyncio.sleep(min(MAX_WAIT_S, float(response.headers["retry-after"])))
        return
    if response.status_code != 200:
        raise ChatError(f"/api/ask: {response.status_code} {response.text[:200]}")
    seen.program.append(seconds)
    del record["elapsed_ms"]
    right = crowd.records.setdefault(question, record)
    _expect(seen, record == right, f"/api/ask: {question!r} is answered {record} in place of {right}")


def _expect(seen: Seen, is_right: bool, wrong: str) -> None:
    if not is_right:
        seen.errors.append(wrong)


def percentile(seconds: Sequence[float], share: float) -> float:
    """Give the smallest value that so large a share of the values does not exceed (nearest rank)."""
    return sorted(seconds)[max(0, math.ceil(share * len(seconds)) - 1)]


def line(name: str, seconds: Sequence[float]) -> str:
    """Give a line of the report, times in milliseconds."""
    if not seconds:
        return f"{name:<24} {0:>6} answers"
    parts = (f"p{share * 100:.0f} {percentile(seconds, share) * 1000:>6.0f} ms" for share in (0.5, 0.95, 0.99))
    return f"{name:<24} {len(seconds):>6} answers   {'   '.join(parts)}"


def real_questions() -> list[str]:
    """Give questions as staff type them, spread over the kinds of the gold questions."""
    rows = map(json.loads, (ROOT / "eval" / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    asked = [row["question"] for row in rows if row["split"] == "dev"]
    return asked[:: len(asked) // QUESTIONS][:QUESTIONS]


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Run the application over a copy of a data folder, which stays as it is; gives its address."""
    if not (data / "index" / "CURRENT").is_file():
        raise SystemExit(f"{data}: has no index; run: python -m index build --data {data}")
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        shutil.copytree(data / "index", copy / "index")
        for name in ("library.db", "vectors.db"):
            shutil.copy(data / name, copy)
        if (data / "models").exists():
            (copy / "models").symlink_to((data / "models").resolve())
        command = [sys.executable, "app.py", "--port", "0", "--data", str(copy)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            if found is None:
                raise SystemExit("app.py did not start")
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            finally:
                process.kill()


def report(address: str, users: int, seconds: float, questions: Sequence[str]) -> int:
    """Ask and print what came of it; 1 where anything was wrong."""
    alone, together, at_once = asyncio.run(measure(address, users, seconds, questions))
    programs = users // PROGRAMS
    print(f"{address}, {seconds:.0f} seconds")
    print(line("page, one person alone", alone.page))
    print(line("one program alone", alone.program))
    print(line(f"page, {users - programs} people", together.page))
    print(line(f"meanwhile, programs: {programs}", together.program), f"  {together.turned_away} turned away")
    print(line("page, in the same moment", at_once.page))
    errors = alone.errors + together.errors + at_once.errors
    for error in errors[:MOST_SHOWN]:
        print(error, file=sys.stderr)
    asked = len(together.page) + len(together.program)
    print(f"{asked / seconds:.1f} answers a second, {len(errors)} errors")
    return 1 if errors else 0


def main(arguments: list[str] | None = None) -> int:
    """Measure a running server, or one that is started for it."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--data", type=Path, default=Path("data"), help="library and index folder; it is copied")
    parser.add_argument("--address", help="a running server, in whose kept conversations the questions stay")
    options = parser.parse_args(arguments)
    if options.address:
        return report(options.address.rstrip("/"), options.users, options.seconds, real_questions())
    with served(options.data) as address:
        return report(address, options.users, options.seconds, real_questions())


if __name__ == "__main__":
    sys.exit(main())
