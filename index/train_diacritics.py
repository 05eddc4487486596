"""Trains the model of missing diacritics: python -m index.train_diacritics FOLDER...

Reads the .txt files of the folders (old government documents), the plans in corpus/ with their metadata, and beside
the model the everyday phrases and the questions that the adapter is trained on; writes index/data/diacritics.bin, the
same bytes for the same input.
"""

import argparse
import json
import re
import sys
import tomllib
import unicodedata
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

from index.diacritics import MODEL_FILE, Restorer
from index.restoration import CLASSES, STEP, read_model
from index.syllables import canonical
from index.training_examples import QUESTIONS_FILE, training_questions
from ingest.folding import fold

PHRASE_FILES = (MODEL_FILE.with_name("question_phrases.txt"), MODEL_FILE.with_name("everyday_phrases.txt"))
HELD_OUT_EVERY = 20  # one sentence of the old text in so many is kept for measuring
CORPUS = MODEL_FILE.parents[2] / "corpus"
_TOKEN = re.compile(r"\d[\d./-]*|[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.;:!?\n|()\[\]“”\"•]+")
END, NUMBER, OTHER = CLASSES
_Sentence = list[str]
_Ngram = tuple[str, ...]
Counts = list[Counter[_Ngram]]  # by length of n-gram - 1


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """How much each kind of text counts, and how the counts are smoothed."""

    plan_weight: int = 3  # times that a sentence of the plans counts
    phrase_weight: int = 10  # times that an everyday phrase counts
    question_weight: int = 2  # times that a question counts
    discount: float = 0.9  # taken off each count, in (0, 1)
    order: int = 3  # 2: bigrams, 3: trigrams


def sentences(text: str, least_known: float = 0.7) -> Iterator[_Sentence]:
    """Give the sentences of a text as canonical syllables and classes, without those that are not Vietnamese.

    `least_known` is the share of words, numbers aside, that must be syllables.
    """
    for part in _SENTENCE_END.split(unicodedata.normalize("NFC", text)):
        tokens = [NUMBER if t[0].isdigit() else canonical(t) or OTHER for t in _TOKEN.findall(part)]
        letters = [t for t in tokens if t != NUMBER]
        known = [t for t in letters if t != OTHER]
        marked = sum(t != fold(t) for t in known)
        if known and len(known) >= least_known * len(letters) and (len(known) < 4 or marked >= 0.3 * len(known)):
            yield tokens


def phrase_lines(text: str) -> str:
    """Give a phrase file without its comments."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def metadata_text(path: Path) -> str:
    """Give the texts of the values of metadata.toml, one a line."""
    tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return "\n".join(value for table in tables.values() for value in table.values())


def foreign_words(texts: Iterable[str]) -> set[str]:
    """Give the words of the texts that look foreign: three or more letters of a to z, small, no syllable."""
    words = {word for text in texts for word in _TOKEN.findall(text)}
    return {w for w in words if len(w) > 2 and w.isascii() and w.islower() and not canonical(w)}


def count(weighted: Iterable[tuple[_Sentence, int]], order: int) -> tuple[Counts, Counts]:
    """Count the n-grams of each length up to `order`, and give the greatest weight with which each was seen.

    Each sentence begins after END and closes with it.
    """
    counts: Counts = [Counter() for _ in range(order)]
    weights: Counts = [Counter() for _ in range(order)]
    for sentence, weight in weighted:
        padded = [END, *sentence, END]
        for n in range(1, order + 1):
            for i in range(0 if n > 1 else 1, len(padded) - n + 1):  # END at the front is never predicted
                gram = tuple(padded[i : i + n])
                counts[n - 1][gram] += weight
                weights[n - 1][gram] = max(weights[n - 1][gram], weight)
    return counts, weights


def continued(counts: Counts, weights: Counts) -> Counts:
    """Give Kneser-Ney counts: below the longest, in how many contexts an n-gram was seen, not how often.

    "minh" is frequent, but nearly always after "chí" or "thông": elsewhere "mình" is likelier. What begins
    with END has no context before it and keeps its count.
    """
    result: Counts = [
        Counter({gram: times for gram, times in level.items() if len(gram) > 1 and gram[0] == END}) for level in counts
    ]
    for longer, level in zip(weights[1:], result, strict=False):
        for gram, weight in longer.items():
            level[gram[1:]] += weight
    return [*result[:-1], counts[-1]]


def estimate(
    counts: Counts, weights: Counts, discount: float
) -> tuple[list[dict[_Ngram, float]], list[dict[_Ngram, float]]]:
    """Give log P(last | others) of each n-gram and the log backoff weights of contexts, by length.

    Interpolated Kneser-Ney (Chen and Goodman 1998, 2.7): each count gives up `discount` times its weight, and
    what a context gave up is shared out as its shorter context would.
    """
    words = {gram[-1] for gram in counts[0]}
    shorter: dict[_Ngram, float] = dict.fromkeys(((),), 1 / len(words))
    scores, backoffs = [], []
    for level, weight in zip(counts, weights, strict=True):
        totals: Counter[_Ngram] = Counter()
        given: defaultdict[_Ngram, float] = defaultdict(float)
        for gram, times in level.items():
            totals[gram[:-1]] += times
            given[gram[:-1]] += discount * weight[gram]
        kept = {context: given[context] / totals[context] for context in totals}
        probability = {
            gram: (times - discount * weight[gram]) / totals[gram[:-1]] + kept[gram[:-1]] * shorter[gram[1:]]
            for gram, times in level.items()
        }
        scores.append({gram: log(p) for gram, p in probability.items()})
        backoffs.append({context: log(p) for context, p in kept.items()})
        shorter = probability
    return scores, backoffs


def model_bytes(counts: Counts, weights: Counts, foreign: set[str], discount: float) -> bytes:
    """Give the bytes of the model file, as index.restoration describes them."""
    logs, backoffs = estimate(continued(counts, weights), weights, discount)
    words = [*CLASSES, *sorted({gram[0] for gram in logs[0]} - set(CLASSES))]
    ids = {word: i for i, word in enumerate(words)}
    size = len(words)
    pairs = {ids[gram[0]] * size + ids[gram[1]]: gram for gram in logs[1]}
    pair_keys = sorted(pairs)
    rank = {pairs[key]: i for i, key in enumerate(pair_keys)}
    triples = {rank[gram[:2]] * size + ids[gram[2]]: p for gram, p in logs[2].items()} if len(logs) > 2 else {}
    triple_keys = sorted(triples)
    after_pair = backoffs[2] if len(backoffs) > 2 else {}
    head = {"words": words, "foreign": sorted(foreign), "bigrams": len(pairs), "trigrams": len(triples)}
    body = [
        json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n",
        _costs(logs[0].get((word,), -16.0) for word in words),
        _costs(backoffs[1].get((word,), 0.0) for word in words),
        _differences(pair_keys),
        _costs(logs[1][pairs[key]] for key in pair_keys),
        _costs(after_pair.get(pairs[key], 0.0) for key in pair_keys),
        _differences(triple_keys),
        _costs(triples[key] for key in triple_keys),
    ]
    return zlib.compress(b"".join(body), 9)


def _costs(logs: Iterable[float]) -> bytes:
    return bytes(min(255, round(-p / STEP)) for p in logs)


def _differences(keys: list[int]) -> bytes:
    numbers = array("I", (key - before for key, before in zip(keys, [0, *keys], strict=False)))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def train(sources: list[tuple[list[_Sentence], int]], foreign: set[str], options: TrainOptions) -> bytes:
    """Give the bytes of a model of sentences, each list with the times that its sentences count."""
    weighted = ((sentence, weight) for part, weight in sources for sentence in part)
    counts, weights = count(weighted, options.order)
    return model_bytes(counts, weights, foreign, options.discount)


def accuracy(model: bytes, held_out: list[_Sentence]) -> float:
    """Give the share of syllables that are restored exactly when a sentence lacks all marks, in [0, 1]."""
    restorer = Restorer(read_model(model))
    right = total = 0
    for sentence in held_out:
        words = [word for word in sentence if word not in CLASSES]
        restored = restorer.restore(" ".join(fold(word) for word in words)).split(" ")
        right += sum(word == given for word, given in zip(words, restored, strict=True))
        total += len(words)
    return right / total if total else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Train, print counts and held-out accuracy, write the model file."""
    parser = argparse.ArgumentParser(prog="python -m index.train_diacritics", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of .txt files, UTF-8")
    parser.add_argument("--out", type=Path, default=MODEL_FILE, help="the model file (default: %(default)s)")
    given = parser.parse_args(arguments)
    files = sorted(file for folder in given.folders for file in folder.glob("*.txt"))
    if not files:
        print(f"{', '.join(map(str, given.folders))}: no .txt file; give a folder of texts", file=sys.stderr)
        return 1
    options = TrainOptions()
    plan_texts = [path.read_text(encoding="utf-8-sig") for path in sorted(CORPUS.glob("*.txt"))]
    phrase_text = "\n".join(phrase_lines(path.read_text(encoding="utf-8")) for path in PHRASE_FILES)
    old = [s for path in files for s in sentences(path.read_text(encoding="utf-8-sig"))]
    plans = [s for text in [*plan_texts, metadata_text(CORPUS / "metadata.toml")] for s in sentences(text)]
    phrases = list(sentences(phrase_text, least_known=0.0))
    asked = (line["question"] for line in training_questions(QUESTIONS_FILE))
    questions = [s for question in asked for s in sentences(question, least_known=0.0)]
    own = [(plans, options.plan_weight), (phrases, options.phrase_weight), (questions, options.question_weight)]
    foreign = foreign_words([*plan_texts, phrase_text])

    kept = [s for i, s in enumerate(old) if i % HELD_OUT_EVERY]
    held_out = [s for i, s in enumerate(old) if i % HELD_OUT_EVERY == 0]
    for order, name in ((2, "bigrams"), (3, "trigrams")):
        share = accuracy(train([(kept, 1), *own], foreign, replace(options, order=order)), held_out)
        print(f"held out, {len(held_out):,} sentences without marks, {name}: {share:.4f} of syllables restored")
    data = train([(old, 1), *own], foreign, options)
    given.out.write_bytes(data)
    model = read_model(data)
    print(
        f"{len(old):,} sentences of {len(files)} files, {len(plans):,} of the plans, {len(phrases):,} phrases, "
        f"{len(questions):,} questions"
    )
    print(f"{len(model.words):,} words, {len(model.bigrams):,} bigrams, {len(model.trigrams):,} trigrams")
    print(f"{given.out}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
