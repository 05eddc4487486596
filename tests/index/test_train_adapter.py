"""Training examples are found by their quotes; training lowers the loss and changes only the adapter."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sklearn.feature_extraction.text import CountVectorizer

from index.offline_model import prepare_model
from index.text import folded_syllables
from index.train_adapter import TOGETHER, batches, train
from index.training import Trainee, TrainOptions, late_likeness
from index.training_examples import (
    HELD_OUT,
    QUESTIONS_FILE,
    Example,
    Examples,
    answering_pieces,
    pieces_of,
    read_examples,
)
from ingest.passages import split_passages
from tests.index.test_e5_file import HIDDEN, tiny_file
from tests.plans import ROOT, parsed

OPTIONS = TrainOptions(first_layer=0, rank=2, rate=0.01, epochs=1, batch=2)
ALIKE = 0.5  # Jaccard index of the syllables of two questions
PLAN = """KẾ HOẠCH
Tuyên truyền về chuyển đổi số

1. Sở Thông tin và Truyền thông chủ trì tập huấn cho cán bộ xã trước ngày 15/12/2024.
2. Sở Tài chính bố trí kinh phí tập huấn cho cán bộ của các sở, ban, ngành.
"""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SentenceTransformer:
    monkeypatch.setattr("tests.index.test_e5_file.POSITIONS", 32)  # "passage: " alone is more than four tokens here
    return SentenceTransformer(str(prepare_model(tiny_file(tmp_path / "tiny.bin"), tmp_path / "models")), device="cpu")


def example(question: str, file: str, right: int, wrong: int) -> Example:
    return Example(question, file, (right,), (wrong,))


def test_a_quote_finds_its_passage_and_wrong_ones_share_words(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    question = {
        "file": "plan.txt",
        "question": "ai lo tập huấn cán bộ xã",
        "quote": "Sở Thông tin và Truyền thông chủ trì",
    }
    lost = {"file": "plan.txt", "question": "ai ký", "quote": "không có trong văn bản"}
    far = {"file": "plan.txt", "question": "cách nấu phở", "quote": ""}
    lines = "\n".join(json.dumps(line, ensure_ascii=False) for line in (question, lost, far))
    (tmp_path / "questions.jsonl").write_text(lines, encoding="utf-8")
    examples = read_examples(tmp_path / "questions.jsonl", [tmp_path / "nowhere", tmp_path])
    only, unanswered = examples.questions
    assert only.question == "ai lo tập huấn cán bộ xã"
    assert all("Sở Thông tin và Truyền thông" in examples.texts[row] for row in only.right)
    assert any("Sở Tài chính" in examples.texts[row] for row in only.wrong)
    assert not set(only.right) & set(only.wrong)
    assert (unanswered.question, unanswered.right) == ("cách nấu phở", ())


def test_pieces_that_share_half_with_the_quote_answer() -> None:
    plan = parsed("Sở Y tế tập huấn; Sở Tài chính bố trí kinh phí, trả trước; Công an giữ trật tự cho mọi nơi có họp.")
    (passage,) = split_passages(plan)
    assert [passage.text[start:end] for start, end in pieces_of(passage)] == [
        "Sở Y tế tập huấn;",
        "Sở Tài chính bố trí kinh phí,",
        "trả trước;",
        "Công an giữ trật tự cho mọi nơi có họp.",
    ]
    assert answering_pieces("Sở Tài chính", passage, plan) == {1}  # all of the quote
    assert answering_pieces("chính bố trí kinh phí, trả trước; Công an", passage, plan) == {1, 2}  # half of each
    assert answering_pieces("không có trong văn bản", passage, plan) == frozenset()


def test_a_document_that_is_nowhere_is_named(tmp_path: Path) -> None:
    line = {"file": "missing.txt", "question": "ai", "quote": "ai"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"missing\.txt: is in none of"):
        read_examples(tmp_path / "questions.jsonl", [tmp_path])


def test_examples_of_some_files_keep_their_own_rows() -> None:
    questions = (Example("q", "b", (2,), (0, 3)), example("r", "a", 0, 2))
    found = Examples(questions, ("t0", "t1", "t2", "t3"), ("a", "a", "b", "b")).of(frozenset({"b"}))
    assert found == Examples((Example("q", "b", (0,), (1,)),), ("t2", "t3"), ("b", "b"))


def test_held_out_documents_have_questions() -> None:
    files = {json.loads(line)["file"] for line in QUESTIONS_FILE.read_text(encoding="utf-8").splitlines()}
    assert files > HELD_OUT


def test_nothing_like_a_gold_question_is_trained_on() -> None:
    def asked(*paths: Path) -> list[str]:
        return [
            json.loads(line)["question"] for path in paths for line in path.read_text(encoding="utf-8").splitlines()
        ]

    gold = asked(
        *(
            ROOT / "eval" / name
            for name in ("gold.jsonl", "held_out_gold.jsonl", "other_gold.jsonl", "calibration_gold.jsonl")
        )
    )
    vectorizer = CountVectorizer(analyzer=folded_syllables, binary=True, dtype=np.int32).fit(gold)
    for known in np.array_split(np.array(asked(QUESTIONS_FILE)), 10):
        shared = (vectorizer.transform(known) @ vectorizer.transform(gold).T).toarray()
        own = np.array([[len(set(folded_syllables(question)))] for question in known])
        theirs = np.array([len(set(folded_syllables(question))) for question in gold])
        assert (shared / (own + theirs - shared)).max() < ALIKE


def test_late_likeness_by_hand() -> None:
    asked = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [9.0, 9.0]]])
    tokens = torch.tensor([[[1.0, 0.0], [0.6, 0.8]], [[0.0, 1.0], [9.0, 9.0]]])
    is_asked = torch.tensor([[True, True, False]])
    is_own = torch.tensor([[True, True], [True, False]])
    assert late_likeness(asked, is_asked, tokens, is_own).tolist() == [pytest.approx([0.9, 0.5])]


def test_batches_keep_questions_of_a_document_together() -> None:
    some = [example(f"{file}{i}", file, 0, 1) for file in "abcd" for i in range(TOGETHER)]
    found = list(batches(some, TrainOptions(batch=2 * TOGETHER), random.Random(1)))
    assert sorted(one.question for batch in found for one in batch) == sorted(one.question for one in some)
    assert [len({one.file for one in batch[at : at + TOGETHER]}) for batch in found for at in (0, TOGETHER)] == [1] * 4


def test_training_changes_the_adapter_and_nothing_else(model: SentenceTransformer) -> None:
    torch.manual_seed(0)
    before = {name: values.clone() for name, values in model.state_dict().items()}
    trainee = Trainee(model, OPTIONS)
    fixed = trainee.adapter()
    assert all((one.up == 0).all() for one in fixed.values())
    texts = ("xin chào", "chào", "xin xin", "ế xin")
    examples = Examples((example("xin", "a", 0, 1), example("chào", "b", 2, 3)), texts, ("a", "a", "b", "b"))
    told: list[str] = []
    train(trainee, examples, told.append)
    assert told[0].startswith("epoch 1 of 1: loss ")
    adapter = trainee.adapter()
    assert any((one.up != 0).any() for one in adapter.values())
    assert adapter["encoder.layer.0.attention.self.query.weight"].down.shape == (2, HIDDEN)
    after = {name.replace(".fixed.", "."): values for name, values in model.state_dict().items()}
    assert all(torch.equal(values, after[name]) for name, values in before.items())
