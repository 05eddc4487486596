"""Imports go one way, and each large library is imported in one place."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.plans import ROOT

PACKAGES = ("ingest", "index", "ui", "eval")
MAY_IMPORT = {
    "ingest": {"ingest"},
    "index": {"ingest", "index"},
    "ui": {"ingest", "index", "ui"},
    "eval": {"ingest", "index", "eval"},
    "app.py": {"ingest", "index", "ui"},
}
ONLY_IN = {
    "underthesea": ("index/text.py",),
    "sentence_transformers": ("index/embed.py", "index/training.py"),
    "faiss": ("index/dense.py",),
    "bm25s": ("index/lexical.py",),
    "gradio": ("ui/", "app.py"),
    "lxml": ("ingest/readers/",),
    "docx": ("ui/word_",),
}
LIGHT = [
    "ingest.__main__",
    "index.text",
    "index.versions",
    "index.build",
    "index.engine",
    "index.report",
    "index.__main__",
]


def imports() -> Iterator[tuple[str, str]]:
    """Give file and top-level module of every import of the program, wherever it stands."""
    files = [ROOT / "app.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield name, alias.name.split(".")[0]
            elif isinstance(node, ast.ImportFrom):
                yield name, name.split("/")[0] if node.level else (node.module or "").split(".")[0]


IMPORTS = sorted(set(imports()))


def test_there_is_something_to_check() -> None:
    assert {name.split("/")[0] for name, _ in IMPORTS} >= {"ingest", "index"}


def test_imports_go_one_way() -> None:
    ours = {*PACKAGES, "app", "tests"}
    wrong = [(name, module) for name, module in IMPORTS if module in ours - MAY_IMPORT[name.split("/")[0]]]
    assert wrong == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_in_its_place_alone(library: str) -> None:
    wrong = [name for name, module in IMPORTS if module == library and not name.startswith(ONLY_IN[library])]
    assert wrong == []


def test_the_types_of_ingest_need_nothing_but_python() -> None:
    assert {m for name, m in IMPORTS if name == "ingest/types.py"} <= sys.stdlib_module_names


@pytest.mark.parametrize("module", LIGHT)
def test_importing_a_module_does_not_load_the_model_libraries(module: str) -> None:
    heavy = "torch sentence_transformers transformers underthesea gradio"
    code = f"import sys, {module}; print(*sorted(set('{heavy}'.split()) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
