"""The page "Góp ý": what people say of answers, and the questions that found nothing."""

from collections.abc import Sequence

from ui.citation_text import quoted_words, source_text
from ui.feedback import Feedback, Unanswered
from ui.markup import esc
from ui.names import passage_url
from ui.pages import page, site_head
from ui.record import CitationRecord
from ui.times import short_time
from ui.turn import Verdict

MAX_LISTED = 1_000  # entries of each list that the page has; the files to take away have all
PER_PAGE = 50  # judgements
MAX_CITED = 5  # citations shown of one answer
_FILTERS: tuple[tuple[str, Verdict | None, str], ...] = (
    ("", None, "Tất cả"),
    ("dung", "right", "Đúng"),
    ("chua-dung", "wrong", "Chưa đúng"),
)
_VERDICT_NAMES: dict[Verdict, str] = {"right": "Đúng", "wrong": "Chưa đúng"}


def feedback_page(feedback: Sequence[Feedback], unanswered: Sequence[Unanswered], wanted: str, number: str) -> str:
    """Give the page; `wanted` and `number` are filter and page as the address has them, unchecked."""
    name, verdict, _ = next((f for f in _FILTERS if f[0] == wanted), _FILTERS[0])
    chosen = [given for given in feedback if verdict in (None, given.verdict)]
    pages = max(1, -(-len(chosen) // PER_PAGE))
    at = min(pages, int(number)) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1
    at = max(1, at)
    shown = chosen[(at - 1) * PER_PAGE : at * PER_PAGE]
    body = (
        f'{site_head("feedback")}<main class="feedback"><h1>Góp ý và câu chưa trả lời được</h1>'
        f'<section aria-labelledby="gop-y"><h2 id="gop-y">Góp ý của người dùng</h2>'
        f"{_filters(feedback, name)}{_judgements(shown, bool(feedback))}{_turning(name, at, pages)}{_limit(feedback)}"
        f"{_DOWNLOADS if feedback else ''}</section>"
        '<section aria-labelledby="chua-tra-loi"><h2 id="chua-tra-loi">Câu hỏi không tìm thấy câu trả lời</h2>'
        f"{_questions(unanswered)}</section></main>"
    )
    return page("Góp ý", body, styles=("reader.css", "feedback.css"))


def _filters(feedback: Sequence[Feedback], current: str) -> str:
    if not feedback:
        return ""
    links = []
    for name, verdict, label in _FILTERS:
        count = sum(verdict in (None, given.verdict) for given in feedback)
        here = ' aria-current="true"' if name == current else ""
        links.append(f'<a href="{_address(name, 1)}"{here}>{label} ({_figure(count)})</a>')
    return f'<nav class="filters" aria-label="Lọc góp ý">{"".join(links)}</nav>'


def _judgements(shown: Sequence[Feedback], any_at_all: bool) -> str:
    if shown:
        return f'<ol class="judgements">{"".join(map(_judgement, shown))}</ol>'
    if any_at_all:
        return '<p class="none">Không có góp ý nào loại này.</p>'
    return (
        '<p class="none">Chưa có góp ý nào. Dưới mỗi câu trả lời có nút “Đúng” và “Chưa đúng”; '
        "những gì người dùng bấm và viết sẽ hiện ở đây.</p>"
    )


def _judgement(given: Feedback) -> str:
    about = f'<p class="about">Hỏi tiếp câu: {esc(given.about)}</p>' if given.about else ""
    comment = f'<p class="comment">{esc(given.comment)}</p>' if given.comment else ""
    answer = f'<p class="shown">{esc(given.record.answer)}</p>' if given.record.answer else ""
    cited = "".join(map(_cited, given.record.citations[:MAX_CITED]))
    more = len(given.record.citations) - MAX_CITED
    version = f" · chỉ mục {esc(given.index_version)}" if given.index_version else ""
    return (
        f'<li class="{given.verdict}"><p class="verdict">{_VERDICT_NAMES[given.verdict]}</p>'
        f"<h3>{esc(given.question.strip() or '(câu hỏi trống)')}</h3>{about}{comment}"
        f'<details><summary>Câu trả lời đã hiện</summary>{answer}<ul class="cited">{cited}</ul>'
        f"{f'<p>… và {more} trích dẫn nữa.</p>' if more > 0 else ''}</details>"
        f'<p class="when"><time datetime="{esc(given.given)}">{short_time(given.given)}</time>{version}</p></li>'
    )


def _cited(citation: CitationRecord) -> str:
    url = passage_url(citation.doc_id, citation.start, citation.end, citation.text_sha256)
    return (
        f'<li><span class="label">{esc(citation.label)}</span> <q>{esc(quoted_words(citation))}</q>'
        f' <a href="{esc(url)}" target="_blank" rel="noopener">{esc(source_text(citation))}</a></li>'
    )


def _turning(name: str, at: int, pages: int) -> str:
    """Give the way to the pages before and after."""
    if pages == 1:
        return ""
    before = f'<a rel="prev" href="{_address(name, at - 1)}">← Mới hơn</a>' if at > 1 else ""
    after = f'<a rel="next" href="{_address(name, at + 1)}">Cũ hơn →</a>' if at < pages else ""
    return f'<nav class="turning" aria-label="Các trang góp ý">{before}<span>Trang {at}/{pages}</span>{after}</nav>'


def _address(name: str, number: int) -> str:
    parameters = [f"loc={name}"] if name else []
    parameters += [f"trang={number}"] if number > 1 else []
    return f"/phan-hoi?{'&amp;'.join(parameters)}" if parameters else "/phan-hoi"


def _questions(unanswered: Sequence[Unanswered]) -> str:
    if not unanswered:
        return '<p class="none">Chưa có câu hỏi nào không tìm thấy câu trả lời.</p>'
    rows = "".join(
        f'<tr><td class="question">{esc(question.question.strip())}{_about(question)}</td>'
        f'<td class="times">{_figure(question.times)}</td>'
        f'<td class="asked"><time datetime="{esc(question.asked)}">{short_time(question.asked)}</time></td></tr>'
        for question in unanswered
    )
    return (
        "<p>Những câu này cho biết kho còn thiếu văn bản nào, hoặc máy chưa hiểu cách hỏi nào.</p>"
        '<table><thead><tr><th scope="col">Câu hỏi</th><th scope="col" class="times">Số lần</th>'
        f'<th scope="col">Lần cuối</th></tr></thead><tbody>{rows}</tbody></table>{_limit(unanswered)}'
        '<p class="downloads"><a href="/phan-hoi/chua-tra-loi.csv" download>Tải bảng cho Excel (.csv)</a></p>'
    )


def _limit(entries: Sequence[object]) -> str:
    return f'<p class="hint">Chỉ hiện {_figure(MAX_LISTED)} mục mới nhất.</p>' if len(entries) == MAX_LISTED else ""


def _about(question: Unanswered) -> str:
    return f'<span class="about">Hỏi tiếp câu: {esc(question.about)}</span>' if question.about else ""


def _figure(count: int) -> str:
    return f"{count:,}".replace(",", ".")


_DOWNLOADS = (
    '<p class="downloads"><a href="/phan-hoi/ung-vien.jsonl" download>Tải câu trả lời đúng (.jsonl)</a>'
    '<a href="/phan-hoi/can-xem.jsonl" download>Tải các góp ý cần người xem (.jsonl)</a></p>'
    '<p class="hint">Tệp thứ nhất dùng được ngay để đánh giá: <code>python -m eval --gold ung-vien.jsonl</code>. '
    "Tệp thứ hai gồm câu chưa đúng, câu từ chối và câu mà văn bản đã thay đổi, để điền đáp án bằng tay.</p>"
)
