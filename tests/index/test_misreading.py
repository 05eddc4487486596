"""Questions that are misread keep their letters: only marks change, on one syllable or two."""

import random
from collections import Counter

from index.diacritics import MODEL_FILE
from index.misreading import ALSO_A_SECOND, misread
from index.restoration import read_model
from ingest.folding import fold

MODEL = read_model(MODEL_FILE.read_bytes())
QUESTION = "ai chủ trì tuyên truyền Nghị quyết số 18-NQ/TW ở Cần Thơ, hạn nào?"
TIMES = 1_000


def changed(question: str, read: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(question.split(" "), read.split(" "), strict=True) if a != b]


def test_one_syllable_or_two_get_the_marks_of_another() -> None:
    chance = random.Random(0)
    counts = Counter(len(changed(QUESTION, misread(QUESTION, MODEL, chance))) for _ in range(TIMES))
    assert set(counts) == {1, 2}
    assert abs(counts[2] / TIMES - ALSO_A_SECOND) < 0.06  # four standard deviations


def test_letters_numbers_and_punctuation_stay() -> None:
    chance = random.Random(1)
    for _ in range(TIMES):
        read = misread(QUESTION, MODEL, chance)
        assert fold(read) == fold(QUESTION)
        assert all(known in read for known in ("18-NQ/TW", "Thơ,", "nào?"))


def test_what_has_no_other_form_stays() -> None:
    assert misread("18-NQ/TW 2025 xyz", MODEL, random.Random(0)) == "18-NQ/TW 2025 xyz"
    assert misread("", MODEL, random.Random(0)) == ""
