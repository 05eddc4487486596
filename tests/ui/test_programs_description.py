"""What programs and the people who write them are told: the OpenAPI document, its page, and docs/http.md."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from playwright.sync_api import expect

from ingest.types import Document
from tests.plans import ROOT
from tests.ui.conftest import OpenPage, serving
from tests.ui.plans_engine import PlansEngine
from ui.database import PAGE_FILE
from ui.headers import STRICT_POLICY
from ui.programs_openapi import TEXTS, examples
from ui.programs_page import commands
from ui.programs_problems import KINDS, MEDIA_TYPE
from ui.routes.programs import MAX_WAITING, WAIT_S
from ui.server import create_app

DOCUMENTED_AT = "http://127.0.0.1:7860"
HTTP_MD = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture
def plans_site(corpus_documents: list[Document], tmp_path: Path) -> Iterator[str]:
    """Give the address of a running server of the five plans."""
    with serving(create_app(PlansEngine(corpus_documents), database=tmp_path / PAGE_FILE)) as address:
        yield address


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    """Give the OpenAPI document."""
    document: dict[str, Any] = client.get("/api/openapi.json").json()
    return document


def operations(described: dict[str, Any]) -> dict[str, Any]:
    """Give the operations by their names in TEXTS."""
    by_id = {o["operationId"]: o for path in described["paths"].values() for o in path.values()}
    return {name: by_id[texts["operation_id"]] for name, texts in TEXTS.items()}


def run(command: str) -> str:
    """Run a command as a person does; it must succeed."""
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def documented() -> list[tuple[str, list[str]]]:
    """Give the commands of docs/http.md with the lines that it shows of their output."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```\n(.+?)^```", HTTP_MD, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            found.append((command, [line for line in lines if line.strip() != "…"]))
    return found


def test_the_document_is_openapi_and_has_only_what_is_for_programs(described: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []
    assert {path: list(methods) for path, methods in described["paths"].items()} == {
        "/api/ask": ["post"],
        "/api/documents": ["get"],
        "/api/documents/{doc_id}": ["get"],
        "/api/documents/{doc_id}/text": ["get"],
        "/api/passages/{doc_id}/{start}-{end}": ["get"],
        "/api/health": ["get"],
    }


def test_every_operation_parameter_and_field_is_explained(described: dict[str, Any]) -> None:
    for operation in operations(described).values():
        assert operation["summary"]
        assert operation["description"]
        assert all(p["description"] and p["example"] is not None for p in operation.get("parameters", ()))
    for schema in described["components"]["schemas"].values():
        assert schema["description"]
        assert all(field["description"] for field in schema["properties"].values())


def test_failures_are_described_as_problems_alone(described: dict[str, Any]) -> None:
    told = set()
    for operation in operations(described).values():
        failures = {status: r for status, r in operation["responses"].items() if status != "200"}
        assert all(list(response["content"]) == [MEDIA_TYPE] for response in failures.values())
        told |= {name for response in failures.values() for name in response["content"][MEDIA_TYPE]["examples"]}
    assert told == set(KINDS) - {"unknown-address", "wrong-method"}  # no operation of their own
    assert {"HTTPValidationError", "ValidationError"}.isdisjoint(described["components"]["schemas"])


def test_every_example_has_the_form_that_is_described(described: dict[str, Any]) -> None:
    for operation in operations(described).values():
        contents = [response["content"] for response in operation["responses"].values()]
        contents += [operation["requestBody"]["content"]] if "requestBody" in operation else []
        for content in (body for by_type in contents for body in by_type.values()):
            schema = {**content["schema"], "components": described["components"]}
            values = [one["value"] for one in content.get("examples", {}).values()] or [content["example"]]
            for value in values:
                OAS31Validator(schema).validate(value)


def test_every_example_is_what_the_plans_say(corpus_documents: list[Document], tmp_path: Path) -> None:
    app = create_app(PlansEngine(corpus_documents), database=tmp_path / PAGE_FILE)
    client, given = TestClient(app, base_url="http://localhost"), examples()
    plan = given["document-parameters"]["doc_id"]
    assert given["documents"][0] in client.get("/api/documents").json()
    details = client.get(f"/api/documents/{plan}").json()
    assert given["document"] == details | {"outline": details["outline"][:3]}
    span = dict(given["text-parameters"])
    assert given["text"] == client.get(f"/api/documents/{span.pop('doc_id')}/text", params=span).json()
    cited = given["passage-parameters"]
    path = f"/api/passages/{cited['doc_id']}/{cited['start']}-{cited['end']}"
    assert given["passage"] == client.get(path, params={"text_sha256": cited["text_sha256"]}).json()
    answer = client.post("/api/ask", json=given["ask-request"]).json()
    assert given["ask"] == answer | {"elapsed_ms": given["ask"]["elapsed_ms"]}
    health = client.get("/api/health").json()
    assert given["health"] == health | {"index_version": given["health"]["index_version"]}


def test_the_commands_of_the_page_work(plans_site: str) -> None:
    shown = commands(plans_site)
    assert set(shown) == set(TEXTS)
    assert '"answer":"“Bùi Văn Phú”' in run(f"{shown['ask']} --fail")
    assert '"locator":"Mục III.3"' in run(f"{shown['passage']} --fail")
    for command in shown.values():
        assert run(f"{command} --fail").startswith(("{", "["))


def test_the_commands_of_the_manual_print_what_it_shows(plans_site: str) -> None:
    found = documented()
    assert len(found) == 7
    for command, shown in found:
        lines = iter(run(command.replace(DOCUMENTED_AT, plans_site)).splitlines())
        assert [line for line in shown if line not in lines] == [], command


def test_the_manual_names_every_address_problem_and_limit(described: dict[str, Any]) -> None:
    for name in KINDS:
        assert f"`{name}`" in HTTP_MD
    assert f"next {MAX_WAITING} wait for up to {WAIT_S:g} seconds" in " ".join(HTTP_MD.split())
    for path in described["paths"]:
        assert path.split("{")[0] in HTTP_MD


def test_the_page_for_people_is_html_with_own_scripts_only(client: TestClient) -> None:
    response = client.get("/api")
    policy = response.headers["content-security-policy"]
    assert policy == STRICT_POLICY.replace(
        "default-src 'none';", "default-src 'none'; script-src 'self'; connect-src 'self';"
    ).replace("img-src 'self';", "img-src 'self' data:;")
    assert all(f'id="{name}"' in response.text for name in KINDS)
    assert re.findall(r'(?:src|href)="(?:https?:)?//', response.text) == []
    assert re.findall(r"<script(?![^>]* src=)", response.text) == []
    for name in ("swagger-ui.css", "swagger-ui-bundle.js"):
        assert f'"/api/viewer/{name}"' in response.text
        tag = client.get(f"/api/viewer/{name}").headers["etag"]
        assert client.get(f"/api/viewer/{name}", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_an_address_can_be_tried_in_the_page(plans_site: str, open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(plans_site, "/api", viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.locator(".opblock-summary", has_text="/api/ask").get_by_role("button").first.click()
    page.get_by_label("Nội dung gửi đi (JSON)").fill('{"question": "ai ký kế hoạch của Vũng Tàu?"}')
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table .response-col_description pre").first
    expect(answer).to_contain_text('"question": "ai ký kế hoạch của Vũng Tàu?"')
    expect(answer).to_contain_text('"citations": [')
    assert page.evaluate("document.documentElement.classList.contains('dark-mode')") == (scheme == "dark")
    assert page.evaluate(FITS)
