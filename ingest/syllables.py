"""How a Vietnamese syllable is spelled: tells Vietnamese from other letters without a dictionary."""

import unicodedata
from functools import cache, lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED_TONES = "\u0301\u0323"  # syllables that end in c, ch, p or t have no other
_ONSETS = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ")
_FRONT = frozenset("eêiy")
_BEFORE_FRONT = ("k", "gh", "ngh")
_BEFORE_OTHERS = ("c", "g", "ng")
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp
uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
""".split()
_LONGEST = 7  # letters of a syllable ("nghiêng")
_CACHED_WORDS = 50_000


def is_syllable(letters: str) -> bool:
    """Tell whether the letters, of either case, are one Vietnamese syllable with its tone."""
    decomposed = unicodedata.normalize("NFD", letters.lower())
    tones = [c for c in decomposed if c in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if len(tones) > 1 or plain not in _plain_syllables() or (plain == "gi" and not tones):
        return False
    return not plain.endswith(("c", "ch", "p", "t")) or (bool(tones) and tones[0] in _STOPPED_TONES)


@lru_cache(_CACHED_WORDS)
def is_word(letters: str, at_most: int = 4) -> bool:
    """Tell whether the letters are one to `at_most` Vietnamese syllables written together ("kilômét", "HàNội")."""
    if is_syllable(letters):
        return True
    cuts = range(1, min(len(letters), _LONGEST + 1)) if at_most > 1 else ()
    return any(is_syllable(letters[:cut]) and is_word(letters[cut:], at_most - 1) for cut in cuts)


@cache
def _plain_syllables() -> frozenset[str]:
    return frozenset(onset + rhyme for onset in _ONSETS for rhyme in _RHYMES if _fit(onset, rhyme)) | {"gi", "gin"}


def _fit(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme == "ôc" or (rhyme[0] in "aăâeêiơy" and not rhyme.startswith(("ia", "iê", "iu")))
    if onset in _BEFORE_FRONT:
        return rhyme[0] in _FRONT
    return not (onset in _BEFORE_OTHERS and rhyme[0] in _FRONT)
