"""What programs are told when something is wrong: problem details (RFC 9457), in short Vietnamese."""

import json
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from ui.engine import EngineUnavailableError

MEDIA_TYPE = "application/problem+json"
TROUBLE = (
    "Máy chủ gặp trục trặc nên chưa trả lời được. Xin thử lại sau ít phút; nếu vẫn lỗi, báo cho người quản lý kho."
)
_NOT_READY_S = 30  # seconds after which it is worth asking again for an engine that is not there yet
_MAX_ECHO = 60  # characters of a wrong value that are shown back

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, its English title, and in Vietnamese when it comes."""

    status: int
    title: str
    meaning: str


# The names are the ends of the problems' types ("/api#text-changed") and stay.
KINDS = {
    "unknown-document": Kind(404, "Unknown document", "Kho không có văn bản mang mã này, hoặc văn bản đã được gỡ."),
    "unknown-address": Kind(404, "Unknown address", "Không có địa chỉ này; xem danh sách địa chỉ tại /api."),
    "wrong-method": Kind(405, "Method not allowed", "Địa chỉ có thật nhưng gọi sai phương thức (GET, POST)."),
    "text-changed": Kind(409, "Text has changed", "Vị trí thuộc một bản nguyên văn khác với bản đang lưu."),
    "invalid-request": Kind(422, "Invalid request", "Yêu cầu sai; errors nêu từng chỗ sai và cách sửa."),
    "internal": Kind(500, "Internal error", "Máy chủ gặp trục trặc; lý do được ghi ở máy chủ."),
    "not-ready": Kind(503, "Not ready", "Chưa có chỉ mục hoặc mô hình; thử lại sau số giây nêu ở Retry-After."),
    "busy": Kind(503, "Too busy", "Đang có nhiều chương trình hỏi; thử lại sau số giây nêu ở Retry-After."),
}


@dataclass(frozen=True, slots=True)
class WrongValue:
    """What is wrong with one part of a request; `field` is its name ("top", "documents.0")."""

    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """The body of an answer that is none, see RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[WrongValue, ...] = ()


class ProblemError(Exception):
    """Ends a request with one of the problems of KINDS; `headers` go with it."""

    def __init__(
        self, name: str, detail: str, errors: Sequence[WrongValue] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        kind = KINDS[name]
        self.problem = Problem(f"/api#{name}", kind.title, kind.status, detail, tuple(errors))
        self.headers = headers

    def response(self) -> Response:
        """Give the answer to the request."""
        text = json.dumps(asdict(self.problem), ensure_ascii=False)
        # What is shown back of a request may hold halves of characters, which have no UTF-8.
        return Response(text.encode(errors="replace"), self.problem.status, self.headers, MEDIA_TYPE)


def busy(retry_after: int) -> ProblemError:
    """Give the problem of a request that waited in vain; `retry_after` is in seconds."""
    detail = (
        f"Đang có nhiều chương trình hỏi cùng lúc nên câu này chưa được trả lời. Xin gửi lại sau {retry_after} giây."
    )
    return ProblemError("busy", detail, headers={"Retry-After": str(retry_after)})


def wrong_value(field: str, detail: str) -> ProblemError:
    """Give the problem of a request with one wrong value."""
    return invalid_request([WrongValue(field, detail)])


def invalid_request(errors: Sequence[WrongValue]) -> ProblemError:
    """Give the problem of a request that is wrong in these places."""
    return ProblemError("invalid-request", " ".join(f"{e.field}: {e.detail}." for e in errors), errors)


class ProblemRoute(APIRoute):
    """A route whose every failure becomes a problem; what is unexpected is logged and not told."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler with its failures translated."""
        handler = super().get_route_handler()

        async def translated(request: Request) -> Response:
            try:
                return await handler(request)
            except Exception as error:
                return _problem_of(error).response()

        return translated


def _problem_of(error: Exception) -> ProblemError:
    match error:
        case ProblemError():
            return error
        case RequestValidationError():
            return invalid_request([_wrong(one) for one in error.errors()])
        case EngineUnavailableError():
            return ProblemError("not-ready", str(error), headers={"Retry-After": str(_NOT_READY_S)})
        case HTTPException(status_code=400):  # FastAPI's for a body that it cannot read at all
            return wrong_value("body", "không đọc được, phải là JSON viết bằng UTF-8")
        case _:
            log.error("a program's request failed", exc_info=error)
            return ProblemError("internal", TROUBLE)


_TYPES = {
    "string_type": "phải là chuỗi ký tự",
    "string_unicode": "có ký tự không hợp lệ",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_parsing_size": "là số quá lớn",
    "int_from_float": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "list_type": "phải là danh sách",
    "model_attributes_type": "phải là một đối tượng JSON, gửi với Content-Type: application/json",
    "dict_type": "phải là một đối tượng JSON, gửi với Content-Type: application/json",
    "extra_forbidden": "không có trường này; các trường dùng được xem tại /api",
    "string_pattern_mismatch": "phải là 64 chữ số thập lục phân viết thường",
}


def _wrong(error: Mapping[str, Any]) -> WrongValue:
    """Say what one of pydantic's errors means, in Vietnamese and without pydantic's words."""
    kind, limits = error["type"], error.get("ctx", {})
    parts = [str(part) for part in error["loc"][1:]]
    field = _echo(".".join(parts)) or "body"
    if kind == "json_invalid":
        return WrongValue("body", f"không phải JSON hợp lệ, sai từ ký tự thứ {error['loc'][-1]}")
    if kind == "missing":
        return WrongValue(field, "còn thiếu")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"nhỏ nhất là {limits['ge']}" if "ge" in limits else f"lớn nhất là {limits['le']}"
        return WrongValue(field, f"{bound}; đã nhận {_echo(error['input'])}")
    if kind in ("string_too_long", "too_long"):
        unit = "ký tự" if kind == "string_too_long" else "giá trị"
        return WrongValue(field, f"dài nhất {limits['max_length']} {unit}; đã nhận {len(error['input'])}")
    if kind == "literal_error":
        allowed = limits["expected"].replace(" or ", ", ").replace("'", "")
        return WrongValue(field, f"phải là một trong: {allowed}; đã nhận {_echo(error['input'])}")
    meaning = _TYPES.get(kind, "không hợp lệ")
    shows_value = isinstance(error["input"], str | int | float) and kind != "extra_forbidden"
    return WrongValue(field, f"{meaning}; đã nhận {_echo(error['input'])}" if shows_value else meaning)


def _echo(value: object) -> str:
    """Give a value of a request as far as it is shown back."""
    text = str(value)
    return text if len(text) <= _MAX_ECHO else f"{text[:_MAX_ECHO]}…"
