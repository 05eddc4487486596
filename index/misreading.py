"""Questions as they may be read after their marks were lost: some syllables with the marks of another."""

import random
from math import exp

from index.restoration import STEP, Model
from ingest.folding import fold

ALSO_A_SECOND = 0.3  # of the questions that are misread
_FORMS = 6  # of a syllable without marks: the most frequent
_FLATTENED = 2  # square root of the frequency: rare forms are misread too


def misread(question: str, model: Model, chance: random.Random) -> str:
    """Give a question with one syllable, or two, in another form that has the same letters without marks.

    A question without such a syllable stays as it is.
    """
    words = question.split(" ")
    found = {at: _other_forms(word, model) for at, word in enumerate(words)}
    places = [at for at, forms in found.items() if forms]
    for at in chance.sample(places, min(len(places), 1 + (chance.random() < ALSO_A_SECOND))):
        weights = [exp(-model.unigram[form] * STEP / _FLATTENED) for form in found[at]]
        words[at] = model.words[chance.choices(found[at], weights)[0]]
    return " ".join(words)


def _other_forms(word: str, model: Model) -> list[int]:
    return [form for form in model.forms.get(fold(word), ()) if model.words[form] != word][:_FORMS]
