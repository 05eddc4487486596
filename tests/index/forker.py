"""Runs `python -m index …` in forked children, which start at once because everything is imported.

Reads a JSON line {"arguments": […], "copies": 1, "kill_after": seconds or null, "file_limit": bytes
or null} at a time and answers with a line: a list of {"status", "killed", "out", "err"}, and the
seconds that the slowest child ran.
"""

import json
import os
import resource
import select
import signal
import sys
import time
from tempfile import TemporaryFile
from typing import IO, Any

from index.__main__ import main
from index.text import segmented


def child(arguments: list[str], file_limit: int | None, out: IO[bytes], err: IO[bytes]) -> None:
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    if file_limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    status = 70
    try:
        status = main(arguments)
    except BaseException as error:
        sys.stderr.write(f"uncaught {error!r}\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def run(order: dict[str, Any]) -> dict[str, Any]:
    started = time.monotonic()
    running = []
    for _ in range(order.get("copies", 1)):
        out, err = TemporaryFile(), TemporaryFile()  # noqa: SIM115 (closed below)
        pid = os.fork()
        if pid == 0:
            child(order["arguments"], order.get("file_limit"), out, err)
        running.append((pid, os.pidfd_open(pid), out, err))
    results = []
    for pid, handle, out, err in running:
        done, _, _ = select.select([handle], [], [], order.get("kill_after"))
        if not done:
            os.kill(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(handle)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
            file.close()
        results.append({"status": status, "killed": status == -signal.SIGKILL, "out": texts[0], "err": texts[1]})
    return {"results": results, "seconds": time.monotonic() - started}


if __name__ == "__main__":
    import sentence_transformers  # noqa: F401

    segmented("Tuyên truyền")
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
