"""The page about the addresses for programs: what there is, commands to begin with, and a viewer to try it."""

import json
from urllib.parse import quote

from ui.headers import SCRIPTED_POLICY
from ui.markup import esc
from ui.pages import page, site_head
from ui.programs_openapi import TEXTS, examples
from ui.programs_problems import KINDS

VIEWER_FILES = ("swagger-ui.css", "swagger-ui-bundle.js")
# The viewer's style sheet holds its icons as data.
POLICY = SCRIPTED_POLICY.replace("img-src 'self';", "img-src 'self' data:;")


def commands(address: str) -> dict[str, str]:
    """Give a command of curl for each operation, by its name; `address` is that of the server."""
    question = json.dumps(examples()["ask-request"], ensure_ascii=False)
    plan, span = examples()["document-parameters"]["doc_id"], examples()["text-parameters"]
    document, cited = quote(plan, safe=""), examples()["passage-parameters"]
    hashed = f"text_sha256={cited['text_sha256']}"
    return {
        "ask": f"curl -s {address}/api/ask -H 'Content-Type: application/json' -d '{question}'",
        "passage": f"curl -s '{address}/api/passages/{document}/{cited['start']}-{cited['end']}?{hashed}'",
        "documents": f"curl -s {address}/api/documents",
        "document": f"curl -s {address}/api/documents/{document}",
        "text": f"curl -s '{address}/api/documents/{document}/text?start={span['start']}&end={span['end']}'",
        "health": f"curl -s {address}/api/health",
    }


def programs_page(address: str) -> str:
    """Give the page; `address` is where the server was reached."""
    shown = "".join(
        f"<h3>{esc(TEXTS[name]['summary'])}</h3><pre><code>{esc(command)}</code></pre>"
        for name, command in commands(address).items()
    )
    problems = "".join(
        f'<div id="{name}"><dt>{kind.status} <code>{name}</code></dt><dd>{esc(kind.meaning)}</dd></div>'
        for name, kind in KINDS.items()
    )
    return page(
        "Dành cho chương trình",
        f'{site_head()}<main class="programs"><h1>Dành cho chương trình</h1>'
        "<p>Chương trình khác trong mạng nội bộ có thể hỏi và nhận câu trả lời nguyên văn kèm chỗ trích, dạng JSON. "
        'Mô tả đầy đủ theo chuẩn OpenAPI: <a href="/api/openapi.json">/api/openapi.json</a>.</p>'
        "<h2>Lệnh mẫu</h2><p>Các lệnh dùng kế hoạch có sẵn khi cài đặt; với kho khác, lấy mã văn bản (doc_id) ở danh "
        f"sách văn bản.</p>{shown}"
        "<h2>Lỗi</h2><p>Lỗi là JSON dạng problem+json; <code>type</code> kết thúc bằng tên dưới đây.</p>"
        f'<dl class="facts">{problems}</dl>'
        "<h2>Xem và thử từng địa chỉ</h2><p>Mở một địa chỉ bên dưới, sửa giá trị nếu cần rồi bấm <b>Execute</b> "
        "để gửi; kết quả hiện ngay bên dưới nút.</p>"
        "<noscript><p>Phần này cần JavaScript; các lệnh mẫu ở trên thì không.</p></noscript>"
        '<link rel="stylesheet" href="/api/viewer/swagger-ui.css"><div id="api-viewer"></div></main>'
        '<script src="/api/viewer/swagger-ui-bundle.js" defer></script>'
        '<script src="/tai-nguyen/programs.js" defer></script>',
        styles=("reader.css", "programs.css"),
    )
