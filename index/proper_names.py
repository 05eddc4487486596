"""Names as the documents write them: "nam từ liêm" is "Nam Từ Liêm", "fta" is "FTA".

The embedding model tells names from other words by their capitals, and questions are typed in small letters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 5  # syllables of a name
_MORE_OFTEN = 3  # times that a name is written with capitals for each time that it is not


@dataclass(frozen=True, slots=True)
class ProperNames:
    """Names with their capitals, by their small letters."""

    names: Mapping[str, str]

    def capitalized(self, question: str) -> str:
        """Give a question with the capitals of the names that it holds, the longest names first."""
        words = list(_WORD.finditer(question))
        parts, at, row = [], 0, 0
        while row < len(words):
            length, name = self._name_at(question, words, row)
            parts += [question[at : words[row].start()], name]
            at = words[row + length - 1].end()
            row += length
        return "".join([*parts, question[at:]])

    def _name_at(self, question: str, words: list[re.Match[str]], row: int) -> tuple[int, str]:
        """Give how many words from `row` on are a name, and the name; one word as it is where none is."""
        for length in range(min(_LONGEST, len(words) - row), 0, -1):
            typed = question[words[row].start() : words[row + length - 1].end()]
            if typed.lower() in self.names:
                return length, self.names[typed.lower()]
        return 1, words[row].group()


def read_names(texts: Iterable[str]) -> ProperNames:
    """Give the names in texts: words in a row that nearly always have capitals; lines in capitals tell nothing."""
    cased: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for line in (line for text in texts for line in text.splitlines() if not line.isupper()):
        words = list(_WORD.finditer(line))
        for first, word in enumerate(words):
            for last in range(first, min(first + _LONGEST, len(words))):
                span = words[first : last + 1]
                if any(line[a.end() : b.start()] != " " for a, b in pairwise(span)):
                    break
                found = line[word.start() : words[last].end()]
                small[found.lower()] += 1
                if _is_name(span):
                    cased[found] += 1
    return ProperNames(
        {name.lower(): name for name, times in cased.items() if _is_written_so(times, small[name.lower()])}
    )


def _is_name(words: list[re.Match[str]]) -> bool:
    """Say whether words look like a name: an abbreviation, or two words or more that begin with capitals."""
    if len(words) == 1:
        return len(words[0].group()) > 1 and words[0].group().isupper()
    return all(word.group().istitle() for word in words)


def _is_written_so(times: int, all_times: int) -> bool:
    return times >= _MORE_OFTEN * (all_times - times)
