"""What the handlers of the server work with."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import HTTPException, Request

from ui.conversations import Conversations
from ui.engine import Engine
from ui.feedback import FeedbackBook
from ui.librarian import Librarian
from ui.people import user_of

NO_LIBRARIAN = (
    "Máy này chỉ được xem kho văn bản. Việc thêm, sửa, gỡ văn bản làm trên máy chủ, hoặc trên máy được cho phép khi "
    "khởi động trang (--manage-from)."
)


@dataclass(frozen=True, slots=True)
class Services:
    """The parts behind the page; `may_manage` says whether a request comes from a librarian's machine."""

    engine: Engine
    conversations: Conversations
    feedback: FeedbackBook
    librarian: Librarian | None
    may_manage: Callable[[Request], bool]

    def user(self, request: Request) -> str:
        """Give who asks; ends the request with 403 where the page has not been opened before."""
        user = user_of(request)
        if user is None:
            raise HTTPException(403, "Xin mở trang hỏi đáp trước, rồi thử lại.")
        return user

    def managing(self, request: Request) -> Librarian:
        """Give the librarian; ends the request with 403 where the machine that asks may not manage."""
        if self.librarian is None or not self.may_manage(request):
            raise HTTPException(403, NO_LIBRARIAN)
        return self.librarian
