"""What went wrong, question by question: what was asked, what was wanted, what was returned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eval.gold import as_entry
from eval.types import Result
from eval.variants import PLAIN

# In the order of a report: (fault, what it means).
FAULTS: dict[str, str] = {
    "refused": "Answerable, but refused",
    "not_found": "Gold is not in the first 5 cards",
    "not_first": "Gold is in the cards, but not in the first",
    "group_missing": "A part of the full answer is not in the first 5 cards",
    "short_answer": "Found, but the line shown first is not the short answer",
    "near_answered": "Near question passed off as answered",
    "far_answered": "Far question answered",
    "not_verbatim": "A quote does not stand in its document",
}


@dataclass(frozen=True, slots=True)
class Miss:
    """One fault of one question in one variant."""

    fault: str
    result: Result


def faults_of(result: Result) -> list[str]:
    """Give what is wrong with a result: at most one fault of finding, and the others."""
    value = {metric: part.got for metric, part in result.parts.items()}
    found = []
    if result.question.groups:
        if value.get("false_refusal"):
            found.append("refused")
        elif not value["hit@5"]:
            found.append("not_found")
        elif value["group_recall@5"] < 1:
            found.append("group_missing")
        elif not value["hit@1"]:
            found.append("not_first")
        if value["hit@5"] and value.get("short_answer") == 0:
            found.append("short_answer")
    elif not value.get("refusal_recall", 1.0):
        found.append(f"{result.question.refusal}_answered")
    if "verbatim" in result.parts and result.parts["verbatim"].got < result.parts["verbatim"].of:
        found.append("not_verbatim")
    return found


def misses_of(results: Sequence[Result]) -> list[Miss]:
    """Give the misses in plain wording, and those that another variant has and the plain wording has not."""
    plain = {r.question.question_id: set(faults_of(r)) for r in results if r.variant == PLAIN}
    found = [
        Miss(fault, result)
        for result in results
        for fault in faults_of(result)
        if result.variant == PLAIN or fault not in plain.get(result.question.question_id, set())
    ]
    order = {fault: row for row, fault in enumerate(FAULTS)}
    return sorted(found, key=lambda miss: (miss.result.variant != PLAIN, order[miss.fault]))


def counted(misses: Sequence[Miss]) -> dict[str, dict[str, int]]:
    """Give the number of misses of each fault in plain wording by split."""
    counts = Counter((m.fault, m.result.question.split) for m in misses if m.result.variant == PLAIN)
    return {fault: {split: counts[fault, split] for split in ("dev", "test")} for fault in FAULTS}


def as_entries(misses: Sequence[Miss], *, show_test: bool) -> list[dict[str, Any]]:
    """Give the misses as they stand in a report; those of `test` only where asked for."""
    return [
        as_entry(miss.result.question)
        | {
            "fault": miss.fault,
            "split": miss.result.question.split,
            "variant": miss.result.variant,
            "typed": miss.result.typed,
            "understood_as": miss.result.shown.understood_as,
            "answer": miss.result.shown.text,
            "refused": miss.result.shown.refused,
            "returned": list(miss.result.shown.returned),
        }
        for miss in misses
        if show_test or miss.result.question.split == "dev"
    ]
