"""How fast and how large: prints the times of answers and the memory they take on this machine."""

import statistics
import sys
import time
from pathlib import Path

from index.opening import open_index

_ROUNDS = 20
_QUESTIONS = (
    "ai chịu trách nhiệm đấu tranh thông tin xấu độc?",
    "Văn phòng Quận ủy Nam Từ Liêm có nhiệm vụ gì?",
    "ngày truyền thống Ban Đối ngoại Trung ương là ngày nào?",
    "ai ky ke hoach cua Phan Rang",
    "Kế hoạch 04-KH/BCĐ là của ban nào?",
    "dùng pano, áp phích ở những đâu?",
    "cách làm bánh xèo",
)


def run_benchmark(data: Path) -> None:
    """Print the time to open the index, of a first answer, of answers and of embedding alone."""
    started = time.perf_counter()
    index = open_index(data)
    opened = time.perf_counter()
    index.ask(_QUESTIONS[0])
    print(f"open the index and its model  {opened - started:6.2f} s")
    print(f"first answer after that       {(time.perf_counter() - opened) * 1000:6.0f} ms")
    answers, embeddings = [], []
    for number in range(_ROUNDS):
        for asked in _QUESTIONS:
            question = f"{asked} {number}"  # a question that was asked before is read faster
            answers.append(index.ask(question).elapsed_ms)
            before = time.perf_counter()
            index.embedder.embed_question(question)
            embeddings.append((time.perf_counter() - before) * 1000)
    _print_times("answer", answers)
    _print_times("embedding the question alone", embeddings)
    print(f"ratio of the medians          {statistics.median(answers) / statistics.median(embeddings):6.2f}")
    print(f"peak memory                   {_peak_megabytes():6.0f} MB")


def _print_times(name: str, times: list[float]) -> None:
    median, cuts = statistics.median(times), statistics.quantiles(times, n=100)
    print(f"{name:<29} {median:6.1f} ms median, {cuts[94]:.1f} p95, {cuts[98]:.1f} p99, {len(times)} runs")


def _peak_megabytes() -> float:
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
