"""python -m ingest.worker: the child that reads files for `ingest.isolated`, a line of JSON a request and a reply."""

import json
import os
import resource
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.read import read_pages

MEMORY_STATUS = 77  # with which this process ends where its memory is watched instead of limited

_GRACE_S = 5.0  # after which the child ends itself, its parent being gone
_LOOK_S = 0.1
_MAXRSS_UNIT = 1024 if sys.platform == "linux" else 1


def main() -> None:
    """Answer requests until there are no more."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        request = json.loads(line)
        # The signal ends the process without Python's help, also where a library never returns.
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE_S)
        reply = _reply_within(request["memory_bytes"], Path(request["path"]))
        signal.setitimer(signal.ITIMER_REAL, 0)
        replies.write(reply)
        replies.flush()


def watch_memory(memory_bytes: int) -> None:
    """End this process once it has held more memory than this, where the system sets no limit to it (macOS)."""

    def look() -> None:
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT <= memory_bytes:
            time.sleep(_LOOK_S)
        os._exit(MEMORY_STATUS)

    threading.Thread(target=look, daemon=True).start()


def _reply_within(memory_bytes: int, path: Path) -> bytes:
    """Read a file with a limit of memory; after a want of memory the process is not to be used again."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    is_limited = sys.platform == "linux"
    if is_limited:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))
    else:
        watch_memory(memory_bytes)
    try:
        return _line(_reply(path))
    except MemoryError:
        return b'{"memory": true, "ends": true}\n'
    finally:
        if is_limited:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _reply(path: Path) -> dict[str, Any]:
    try:
        return {"pages": asdict(read_pages(path))}
    except ReadError as error:
        if _is_from_memory(error):
            raise MemoryError from error
        return {"error": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # a reader's mistake is that file's failure alone
        reason = f"{type(error).__name__}: {error}"
        remedy = "open it in the program that made it and save it again"
        return {"error": f"{path.name}: cannot be read ({reason}); {remedy}", "ends": True}


def _is_from_memory(error: BaseException) -> bool:
    """Say whether a want of memory is behind an error; libraries pass it on under other names."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError) or "out of memory" in str(cause).lower():
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _line(reply: dict[str, Any]) -> bytes:
    return json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


if __name__ == "__main__":
    main()
