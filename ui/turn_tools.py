"""What can be done with an answer: copied, taken away, printed, judged.

The chat's sanitiser lets no data and no ARIA attributes through; static/turn_tools.js adds those and does the work.
"""

from ui.markup import esc
from ui.turn import Turn, Verdict

_VERDICTS: tuple[tuple[Verdict, str], ...] = (("right", "Đúng"), ("wrong", "Chưa đúng"))
_TAKE_BACK = '<button type="button" class="take-back">Bỏ góp ý</button>'


def turn_tools_html(turn: Turn) -> str:
    """Give the HTML of an answered turn's tools on one line, "" where there is nothing to take away."""
    if not turn.turn_id or turn.record is None or turn.record.refusal == "invalid_question":
        return ""
    verdicts = "".join(
        f'<button type="button" class="verdict {verdict}{" chosen" if turn.verdict == verdict else ""}">{name}</button>'
        for verdict, name in _VERDICTS
    )
    comment = f'<p class="judged-comment">{esc(turn.comment)}</p>' if turn.comment else ""
    return (
        f'<div class="turn-tools" id="cong-cu-{esc(turn.turn_id)}">'
        '<button type="button" class="copy-answer">Chép câu trả lời</button>'
        f'<a class="word-file" href="/luot/{esc(turn.turn_id)}.docx" download="">Tải .docx</a>'
        '<button type="button" class="print-answer">In</button>'
        f'<div class="judge" role="group"><span class="judge-label">Câu trả lời này:</span>{verdicts}'
        f"{_TAKE_BACK if turn.verdict else ''}</div>{comment}</div>"
    )
