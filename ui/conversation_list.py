"""What stands around the chat: the page's head and the list of kept conversations, which a script fills."""

from ui.markup import esc
from ui.names import PRODUCT
from ui.pages import site_head

_BUTTON = '<button type="button" id="open-conversations" aria-haspopup="dialog">Các cuộc hỏi đáp</button>'
_LIST = (
    '<dialog id="conversations" aria-labelledby="conversations-title">'
    '<div class="dialog-head"><h2 id="conversations-title">Các cuộc hỏi đáp</h2>'
    '<button type="button" class="close">Đóng</button></div>'
    '<input type="search" aria-label="Tìm trong các cuộc hỏi đáp" maxlength="200" '
    'placeholder="Tìm theo tên hoặc câu hỏi (không cần dấu)">'
    '<p class="status" role="status"></p><ul class="entries"></ul></dialog>'
)
CHAT_FRAME_HTML = f'<h1 class="unseen">{esc(PRODUCT)}</h1>{site_head("ask", _BUTTON)}{_LIST}'
