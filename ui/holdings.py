"""The documents of the library as a table, a card for each in a narrow window, with how many there are."""

from collections.abc import Sequence
from dataclasses import replace

from ui.holdings_columns import (
    COLUMNS,
    Column,
    Holding,
    column_of,
    count_text,
    document_name,
    in_order,
)
from ui.holdings_filter import Wanted, address_of, matching
from ui.markup import esc

MAX_ROWS = 200  # documents shown at once; search and filters find the others
_ACTIONS = (("edit", "Sửa thông tin"), ("replace", "Thay tệp"), ("remove", "Gỡ khỏi kho"))


def holdings_html(holdings: Sequence[Holding], wanted: Wanted, *, manages: bool) -> str:
    """Give the count and the table of what is wanted; `manages` adds what can be done with each document."""
    kept = {document.doc_id for document in matching((held.document for held in holdings), wanted)}
    found = in_order([held for held in holdings if held.document.doc_id in kept], wanted.order)
    table = _table(found[:MAX_ROWS], wanted, manages)
    return f'<p id="count" role="status">{_count(holdings, found)}</p><div id="holdings">{table}</div>'


def _count(holdings: Sequence[Holding], found: Sequence[Holding]) -> str:
    total = sum(held.passages or 0 for held in found)
    if len(found) == len(holdings):
        text = f"{count_text(len(holdings))} văn bản, {count_text(total)} đoạn được tìm."
    elif found:
        text = f"{count_text(len(found))} trong {count_text(len(holdings))} văn bản khớp, {count_text(total)} đoạn."
    else:
        text = f"Không có văn bản nào khớp trong {count_text(len(holdings))} văn bản. Thử ít chữ hơn hoặc bỏ bớt lọc."
    if len(found) > MAX_ROWS:
        text += f" Bảng chỉ hiện {MAX_ROWS} văn bản đầu; gõ vào ô tìm để thấy các văn bản khác."
    return text


def _table(holdings: Sequence[Holding], wanted: Wanted, manages: bool) -> str:
    if not holdings:
        return ""
    head = "".join(_head(column, wanted) for column in COLUMNS)
    rows = "".join(_row(held, manages) for held in holdings)
    # The roles stay where a narrow window turns the table into cards.
    return (
        '<table role="table"><caption class="unseen">Các văn bản trong kho</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _head(column: Column, wanted: Wanted) -> str:
    """Give the head of a column: a link that sorts by it, the other way round where that is done already."""
    current, descending = column_of(wanted.order)
    is_current = column is current
    order = f"-{column.address}" if is_current and not descending else column.address
    url = esc(address_of(replace(wanted, order=order)))
    sorted_so = f' aria-sort="{"descending" if descending else "ascending"}"' if is_current else ""
    return (
        f'<th class="{column.css}" scope="col" role="columnheader"{sorted_so}>'
        f'<a href="{url}" data-key="sort-{column.css}">{column.name}</a></th>'
    )


def _row(held: Holding, manages: bool) -> str:
    """Give a row; each cell brings its column's name, which narrow windows show."""
    cells = []
    for column in COLUMNS:
        html = column.content(held)
        is_title = column is COLUMNS[0]
        if is_title and manages:
            html += _actions(held)
        named = "" if is_title else f'<span class="name">{column.name}</span>'
        css = f"{column.css}{'' if html else ' none'}"
        cells.append(f'<td class="{css}" role="cell">{f"{named}<div>{html}</div>" if html else ""}</td>')
    return f'<tr role="row">{"".join(cells)}</tr>'


def _actions(held: Holding) -> str:
    """Give the buttons of a document; a script tells them apart by their data."""
    doc_id, name = esc(held.document.doc_id), esc(document_name(held.document))
    buttons = "".join(
        f'<button type="button" class="small" data-action="{action}" data-key="{action}-{doc_id}"'
        f' aria-label="{label}: {name}">{label}</button>'
        for action, label in _ACTIONS
    )
    return f'<div class="actions" data-document="{doc_id}" data-name="{name}">{buttons}</div>'
