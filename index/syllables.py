"""Vietnamese syllables and the keys that type them: grammar, tone placement, Telex, VNI, slips; pure.

A syllable is an onset, a rime and a tone. Its canonical form is lower case NFC with the tone where the
plans place it ("hòa", "ủy"); "hoà" and "uỷ" are the same syllables.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ingest.folding import fold

TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VOWELS = frozenset("aăâeêioôơuưy")
_ONSETS = (*"ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x".split(), "")
_RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et"
    " ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot"
    " oa oac oach oai oam oan oang oanh oao oap oat oay oe oen oeo oet ooc oong oăc oăm oăn oăng oăt ô ôc ôi ôm"
    " ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uy uya uych uynh uyn uyt uyp uyu uyên uyêt uê uêch"
    " uênh uơ uân uâng uât uây uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt"
    " ươu y yêm yên yêng yêt yêu".split()
)
_RIMES_AFTER_QU = _RIMES | frozenset("ych ynh yt yp yn yu".split())
_TELEX_TONES = dict(zip("sfrxj", TONES, strict=True))
_VNI_TONES = dict(zip("12345", TONES, strict=True))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdeghiklmnopqrstuvxy"  # f, j, w and z are in no Vietnamese syllable


@lru_cache(maxsize=8_192)
def split_tone(text: str) -> tuple[str, str]:
    """Give a text in lower case without its tones, and the tones in order ("Đấu" -> "đâu", sắc)."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    plain = "".join(c for c in decomposed if c not in TONES)
    return unicodedata.normalize("NFC", plain), "".join(c for c in decomposed if c in TONES)


@lru_cache(maxsize=8_192)
def canonical(token: str) -> str | None:
    """Give the canonical form of a token, None where it cannot be a Vietnamese syllable ("trieồn", "web").

    A rime that ends in c, ch, p or t takes sắc or nặng; without a tone it stands for unmarked typing.
    """
    plain, tone = split_tone(token)
    if len(tone) > 1:
        return None
    for onset in _ONSETS:
        if plain.startswith(onset) and _fit(onset, rime := plain[len(onset) :]):
            if tone and rime.endswith(("c", "ch", "p", "t")) and tone not in (TONES[0], TONES[4]):
                return None
            return _with_tone(onset, rime, tone)
    return None


def _fit(onset: str, rime: str) -> bool:
    if rime not in (_RIMES_AFTER_QU if onset == "qu" else _RIMES):
        return False
    front = rime[0] in "eêiy"
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng") or (onset == "g" and rime[0] != "i"):
        return not front
    return not (onset == "gi" and rime[0] in "iy")


def _with_tone(onset: str, rime: str, tone: str) -> str:
    vowels = [i for i, c in enumerate(rime) if c in _VOWELS]
    marked = [i for i in vowels if rime[i] not in "aeiouy"]
    if marked:
        at = marked[-1]
    elif len(vowels) == 1 or (len(vowels) == 2 and len(rime) == 2):
        at = vowels[0]
    else:
        at = vowels[1]
    return unicodedata.normalize("NFC", onset + rime[: at + 1] + tone + rime[at + 1 :])


def keeps_marks(typed: str, syllable: str) -> bool:
    """Tell whether a syllable has every mark that was typed, and may be more of them."""
    (typed_plain, typed_tone), (plain, tone) = split_tone(typed), split_tone(syllable)
    if len(typed_plain) != len(plain) or (typed_tone and typed_tone != tone):
        return False
    return all(t == s or t == fold(s) for t, s in zip(typed_plain, plain, strict=True))


def decode_telex(token: str) -> str | None:
    """Give the syllable that Telex keys stand for ("ddaaus" -> "đấu"), None where they stand for none."""
    plain, tone = split_tone(token)
    letters: list[str] = []
    for key in plain:
        if key in _TELEX_TONES and _VOWELS.intersection(letters):
            tone += _TELEX_TONES[key]
        elif key == "d" and letters == ["d"]:
            letters = ["đ"]
        elif key in "aeo" and letters and letters[-1] == key:
            letters[-1] = _mark(key, _CIRCUMFLEX)
        elif key == "w":
            if not _put_horn_or_breve(letters, horn="ou", breve="a"):
                return None
        else:
            letters.append(key)
    decoded = _assembled(letters, tone)
    return decoded if decoded and split_tone(decoded) != split_tone(token) else None


def decode_vni(token: str) -> str | None:
    """Give the syllable that VNI keys stand for ("d9a61u" -> "đấu"), None where they stand for none."""
    plain, tone = split_tone(token)
    letters: list[str] = []
    for key in plain:
        if key in _VNI_TONES:
            tone += _VNI_TONES[key]
        elif key == "6":
            places = [i for i, c in enumerate(letters) if c in "aeo"]
            if not places:
                return None
            letters[places[-1]] = _mark(letters[places[-1]], _CIRCUMFLEX)
        elif key == "9":
            if letters[:1] != ["d"]:
                return None
            letters[0] = "đ"
        elif key in ("7", "8"):
            if not _put_horn_or_breve(letters, *(("ou", "") if key == "7" else ("", "a"))):
                return None
        else:
            letters.append(key)
    return _assembled(letters, tone) if any(c.isdigit() for c in plain) else None


def _put_horn_or_breve(letters: list[str], horn: str, breve: str) -> bool:
    """Mark the last vowel that takes the mark in place; "uo" becomes "ươ", "ua" (not after q) "ưa"."""
    if horn and breve and letters[-2:] == ["u", "a"] and letters[:1] != ["q"]:
        letters[-2] = "ư"
        return True
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] in breve:
            letters[i] = _mark("a", _BREVE)
            return True
        if letters[i] in horn:
            if letters[i] == "o" and i and letters[i - 1] == "u" and letters[:1] != ["q"]:
                letters[i - 1] = "ư"
            letters[i] = _mark(letters[i], _HORN)
            return True
    return False


def _mark(letter: str, mark: str) -> str:
    return unicodedata.normalize("NFC", letter + mark)


def _assembled(letters: list[str], tone: str) -> str | None:
    vowels = [i for i, c in enumerate(letters) if c in _VOWELS]
    if len(tone) > 1 or not vowels:
        return None
    at = vowels[-1] + 1
    return canonical(unicodedata.normalize("NFC", "".join(letters[:at]) + tone + "".join(letters[at:])))


def one_slip_away(token: str) -> Iterator[tuple[str, str]]:
    """Give what a token can have been before one wrong key, with the kind of slip; marks stay on their letters.

    Kinds: "neighbour" (the key beside it), "doubled", "extra" (a key too many), "swapped", "missing".
    """
    for i, letter in enumerate(token):
        rest = token[i + 1 :]
        for neighbour in _NEIGHBOURS.get(fold(letter), ""):
            yield token[:i] + neighbour + rest, "neighbour"
        doubled = i > 0 and fold(letter) == fold(token[i - 1])
        yield token[:i] + rest, "doubled" if doubled else "extra"
        if rest and rest[0] != letter:
            yield token[:i] + rest[0] + letter + rest[1:], "swapped"
    for i in range(len(token) + 1):
        for letter in _LETTERS:
            yield token[:i] + letter + token[i:], "missing"


def _neighbours() -> dict[str, str]:
    """The keys around each key; a row is shifted right by half a key against the row above it."""
    found = {}
    for row, keys in enumerate(_ROWS):
        for column, key in enumerate(keys):
            around = [
                (row, column - 1),
                (row, column + 1),
                (row - 1, column),
                (row - 1, column + 1),
                (row + 1, column - 1),
                (row + 1, column),
            ]
            near = [_ROWS[r][c] for r, c in around if 0 <= r < len(_ROWS) and 0 <= c < len(_ROWS[r])]
            found[key] = "".join(k for k in near if k in _LETTERS)
    return found


_NEIGHBOURS = _neighbours()
