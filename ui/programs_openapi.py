"""The OpenAPI document of the addresses for programs, with texts in Vietnamese: people read it at /api."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from starlette.routing import BaseRoute

from ui.names import PRODUCT
from ui.programs_problems import KINDS, MEDIA_TYPE, Problem
from ui.programs_words import FIELDS, FORMS, PARAMETERS

API_VERSION = "1"  # grows only where a field or an address is taken away, which is not planned
_EXAMPLES = Path(__file__).with_name("programs_examples.json")
_REFERENCE = "#/components/schemas/{model}"

_ABOUT = (
    "Hỏi đáp trên các kế hoạch trong kho, dành cho chương trình khác trong mạng nội bộ. Mỗi câu trả lời là nguyên văn "
    "trong văn bản, kèm chỗ trích. Vị trí (start, end) tính theo ký tự Unicode của nguyên văn đang lưu, không gồm "
    "ký tự ở end; text_sha256 cho biết vị trí thuộc bản nguyên văn nào. Các trường chỉ được thêm, không đổi tên, không "
    "bỏ. Khi có lỗi, nội dung là problem+json (RFC 9457) với type cho chương trình và detail cho người đọc."
)
TEXTS: dict[str, dict[str, Any]] = {
    "ask": {
        "operation_id": "ask",
        "summary": "Hỏi một câu",
        "description": "Tìm và trích nguyên văn các đoạn trả lời. Khi kho không nói đến, refusal cho biết vì sao và "
        "nearest là các đoạn gần nhất. Mỗi lúc chỉ trả lời một câu cho chương trình để nhường người dùng trên trang; "
        "câu khác chờ tới lượt vài giây rồi nhận 503 kèm Retry-After.",
        "response_description": "Câu trả lời, hoặc lời từ chối có lý do",
    },
    "documents": {
        "operation_id": "listDocuments",
        "summary": "Danh sách văn bản",
        "description": "Thông tin của mọi văn bản đang tìm được, không kèm nguyên văn.",
        "response_description": "Các văn bản",
    },
    "document": {
        "operation_id": "getDocument",
        "summary": "Thông tin và các mục của một văn bản",
        "description": "Như trong danh sách, thêm các mục theo thứ tự trong văn bản.",
        "response_description": "Văn bản",
    },
    "text": {
        "operation_id": "getText",
        "summary": "Nguyên văn, cả bài hoặc một đoạn",
        "description": "Đúng từng ký tự như đang lưu. Gửi kèm text_sha256 của trích dẫn để biết chắc vị trí còn đúng: "
        "nếu nguyên văn đã thay đổi thì nhận 409.",
        "response_description": "Đoạn nguyên văn",
    },
    "passage": {
        "operation_id": "getPassage",
        "summary": "Một đoạn trích với các mục chứa nó và hai đoạn liền kề",
        "description": "Dùng doc_id, start, end và text_sha256 của một trích dẫn hoặc của một câu trích (quotes).",
        "response_description": "Đoạn trích và những gì ở quanh nó",
    },
    "health": {
        "operation_id": "getHealth",
        "summary": "Tình trạng máy chủ",
        "description": "Bản chỉ mục đang dùng và số văn bản, số đoạn tìm được trong đó.",
        "response_description": "Trả lời được",
    },
}


@cache
def examples() -> dict[str, Any]:
    """Give what each operation is really asked and what it answers, by the name of the operation in TEXTS."""
    found: dict[str, Any] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found


def problem_responses(*names: str) -> dict[int | str, dict[str, Any]]:
    """Give the problems that an operation may answer with, and the one that all may, by status."""
    responses: dict[int | str, dict[str, Any]] = {}
    for name in (*names, "internal"):
        kind = KINDS[name]
        example = {"type": f"/api#{name}", "title": kind.title, "status": kind.status, "detail": kind.meaning}
        response = responses.setdefault(kind.status, {"description": "", "content": {MEDIA_TYPE: {"examples": {}}}})
        content = response["content"][MEDIA_TYPE]
        content["schema"] = {"$ref": _REFERENCE.format(model="Problem")}
        content["examples"][name] = {"summary": kind.title, "value": {**example, "errors": []}}
        response["description"] = " ".join(filter(None, (response["description"], kind.meaning)))
        if kind.status == 503:
            response["headers"] = {"Retry-After": {"description": "Số giây nên chờ", "schema": {"type": "integer"}}}
    return responses


def openapi_document(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """Give the OpenAPI document of the described ones among these routes."""
    document = get_openapi(title=f"{PRODUCT}: API", version=API_VERSION, description=_ABOUT, routes=list(routes))
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    schemas = document["components"]["schemas"]
    _drop_fastapi_errors(operations, schemas)
    problem = TypeAdapter(Problem).json_schema(ref_template=_REFERENCE)
    schemas.update(problem.pop("$defs"), Problem=problem)
    for name, schema in schemas.items():
        schema["description"] = FORMS[name]
        for field, of_field in schema["properties"].items():
            of_field["description"] = FIELDS.get(f"{name}.{field}") or FIELDS[field]
    by_id = {texts["operation_id"]: name for name, texts in TEXTS.items()}
    for operation in operations:
        _describe(operation, by_id[operation["operationId"]])
    return document


def _drop_fastapi_errors(operations: list[dict[str, Any]], schemas: dict[str, Any]) -> None:
    """Take out the form of errors that FastAPI describes where a route declares no 422: ours is another."""
    for operation in operations:
        if MEDIA_TYPE not in operation["responses"].get("422", {"content": MEDIA_TYPE})["content"]:
            del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)


def _describe(operation: dict[str, Any], name: str) -> None:
    """Add to an operation what its parameters mean, and an example of request and answer."""
    for parameter in operation.get("parameters", ()):
        parameter["description"] = PARAMETERS[parameter["name"]]
        parameter["example"] = examples()[f"{name}-parameters"][parameter["name"]]
    if "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["example"] = examples()[f"{name}-request"]
    operation["responses"]["200"]["content"]["application/json"]["example"] = examples()[name]
