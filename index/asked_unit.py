"""Which kind of unit a question asks for: "sở nào" wants a "Sở …", "đoàn thể nào" a union or a front."""

import re

from index.text import one_spelling

_ANY = "đơn vị|cơ quan|tổ chức|ban ngành|nơi|bên|lực lượng|cấp|bộ phận".split("|")
_KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_ANY, ()),
    "đoàn thể": ("đoàn", "hội", "mặt trận", "ủy ban mặt trận", "ủy ban mttq", "công đoàn", "liên đoàn"),
    "hội": ("hội", "liên hiệp", "mặt trận"),
    "báo đài": ("báo", "đài", "cổng thông tin", "trung tâm"),
    "đài": ("đài", "trung tâm"),
    "mặt trận": ("mặt trận", "ủy ban mặt trận", "ủy ban mttq", "mttq"),
    **{
        kind: (kind,)
        for kind in (
            "sở|phòng|ban|bộ|cục|vụ|chi cục|đoàn|báo|trung tâm|văn phòng|ủy ban|công an|công đoàn|đảng ủy|đảng bộ"
            "|chi bộ|thanh tra|tòa án|trường|bệnh viện|công ty|ngân hàng|kho bạc|hội đồng|tổng cục"
        ).split("|")
    },
}
UNIT_ASKED = rf"(?:{'|'.join(sorted(_KINDS, key=len, reverse=True))}) nào"  # in lower case
_ASKED = re.compile(rf"(?<!\blà của )\b{UNIT_ASKED}\b")  # "là của ban nào" asks whose it is, not who is responsible
_OF_A_NAME = 3  # words by which a unit is known
_QUANTIFIER = re.compile(r"^(?:các|những) ")


def asked_kinds(question: str) -> tuple[str, ...]:
    """Give the words with which a unit of the asked kind begins, in lower case; none where any unit will do."""
    found = _ASKED.search(one_spelling(question).lower())
    return _KINDS[found.group().removesuffix(" nào")] if found else ()


def asks_for_any_unit(question: str) -> bool:
    """Say whether a question asks for a unit in so many words, so that no person answers it."""
    return _ASKED.search(one_spelling(question).lower()) is not None


def units_named(unit: str) -> tuple[str, ...]:
    """Give the units that a responsible unit names, in lower case: itself, and those that begin within it.

    "Ủy ban nhân dân chỉ đạo Phòng Văn hóa" names also "phòng văn hóa".
    """
    words = one_spelling(unit).split()
    starts = [0, *(row for row in range(1, len(words)) if words[row][0].isupper() and words[row - 1].islower())]
    return tuple(_QUANTIFIER.sub("", " ".join(words[start:]).lower()) for start in starts)


def is_named(named: tuple[str, ...], question: str) -> bool:
    """Say whether a question names one of the units; `question` is in lower case in one spelling.

    Three words of a name are enough: "ban tuyên giáo" is "Ban Tuyên giáo và Dân vận Quận ủy".
    """
    return any(f" {' '.join(name.split()[:_OF_A_NAME])} " in f" {question} " for name in named if _is_long(name))


def _is_long(name: str) -> bool:
    return name.count(" ") + 1 >= _OF_A_NAME


def is_of_kind(named: tuple[str, ...], kinds: tuple[str, ...]) -> bool:
    """Say whether one of the units is of one of the kinds."""
    return any(f"{name} ".startswith(f"{kind} ") for name in named for kind in kinds)
