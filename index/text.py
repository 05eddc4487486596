"""Vietnamese text as search terms: words, syllables, folded syllables.

The only import of underthesea is here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from typing import cast

from ingest.folding import fold

TEXT_VERSION = 3  # part of the manifest: an index made with other terms is built anew

_SYMBOL = re.compile(r"\d+(?:\s?[-/]\s?[^\W_\d]+)+", re.UNICODE)  # 18-NQ/TW, 04-KH/BCĐ
_LOADING = Lock()
_BEHIND_SERIAL = re.compile(r"\s?[-/]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
# "hoà", "thuý" and "hòa", "thúy" are two spellings of one syllable; after q the u is not a vowel.
# In "luật" and "hoặc" the dot below stands before the mark of "â" and "ă" once decomposed.
_LATE_TONE = re.compile(rf"(?<!q)([ou])([aey])([{_TONES}])(?![^\W\d_]|[\u0302\u0306])", re.IGNORECASE)
_SYLLABLE = re.compile(r"[^\W_]+")

# Words that ask or bind and say nothing of the subject. With their marks: "bao" asks, "báo" does not.
QUESTION_SYLLABLES = frozenset(
    "ai gì nào đâu sao mấy bao nhiêu khi thế là thì mà và hay hoặc của cho ở tại trong ngoài trên dưới về với theo từ"
    " đến do để bởi vì nên bị được có không đã đang sẽ các những một mỗi này kia đó ấy đây à ừ nhé nhỉ vậy rồi chưa"
    " hỏi xin biết giùm giúp mình tôi em anh chị bạn phải cần ra vào lại cũng còn nữa như thôi lúc".split()
)


def one_spelling(text: str) -> str:
    """Give a text in NFC with the tone mark of "oa", "oe", "uy" on the first vowel ("uỷ" -> "ủy")."""
    decomposed = unicodedata.normalize("NFD", text)
    moved = _LATE_TONE.sub(r"\1\3\2", decomposed) if any(c in decomposed for c in _TONES) else decomposed
    return unicodedata.normalize("NFC", moved)


def syllables(text: str) -> list[str]:
    """Give the syllables and numbers of a text in lower case NFC, marks kept, in one spelling."""
    return _SYLLABLE.findall(one_spelling(text).lower())


def folded_syllables(text: str) -> list[str]:
    """Give the syllables and numbers of a text without marks."""
    return _SYLLABLE.findall(fold(text))


def bigrams(terms: list[str]) -> list[str]:
    """Give neighbouring pairs of syllables joined by "_"."""
    return [f"{left}_{right}" for left, right in pairwise(terms)]


@lru_cache(maxsize=1_000)
def segmented(text: str) -> str:
    """Give the text with the syllables of a word joined by "_", as PhoBERT models expect it."""
    with _LOADING:
        word_tokenize = _tokenizer()
    return str(word_tokenize(one_spelling(text), format="text"))


@cache
def _tokenizer() -> Callable[..., object]:
    """Load the segmenter, which takes seconds and which not every command needs.

    It loads its model at its first word, and a second thread would find it half loaded.
    """
    from underthesea import word_tokenize

    word_tokenize("tuyên truyền")
    return cast(Callable[..., object], word_tokenize)


def accented_terms(text: str) -> list[str]:
    """Give the terms of the accented field: syllables, their bigrams, and words of underthesea."""
    parts = syllables(text)
    pairs = bigrams(parts)
    words = {w.lower() for w in segmented(text).split() if "_" in w}
    longer = [word for word in words if word.count("_") > 1]
    return [*parts, *pairs, *longer, *symbols(text)]


def folded_terms(text: str) -> list[str]:
    """Give the terms of the folded field: syllables without marks and their bigrams."""
    parts = folded_syllables(text)
    return [*parts, *bigrams(parts), *(fold(symbol) for symbol in symbols(text))]


def symbols(text: str) -> list[str]:
    """Give the document numbers of a text without spaces, in lower case ("18-nq/tw")."""
    return [re.sub(r"\s", "", match).lower() for match in _SYMBOL.findall(text)]


def shortened(words: str, longest: int) -> str:
    """Give words, from the last space before `longest` characters on replaced by "…" where there are more."""
    if len(words) <= longest:
        return words
    space = words.rfind(" ", 0, longest)
    return f"{words[: space if space > 0 else longest].rstrip(' ,;')}…"


def serial_of(number: str) -> str:
    """Give the serial of a document's number: "18" of "18-NQ/TW"."""
    return _BEHIND_SERIAL.split(number, maxsplit=1)[0]


def content_terms(text: str) -> list[str]:
    """Give the folded syllables of a question that say what it is about, each once, in order."""
    return list(dict.fromkeys(fold(s) for s in syllables(text) if s not in QUESTION_SYLLABLES))


def shingles(terms: Iterable[str], size: int = 3) -> frozenset[tuple[str, ...]]:
    """Give the set of `size` neighbouring terms, by which shared paragraphs are recognised."""
    items = list(terms)
    return frozenset(zip(*(items[i:] for i in range(size)), strict=False))
