"""What the import rules cannot see: sizes, names, and clocks in pure code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import storydesk

SOURCE = Path(storydesk.__file__).parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
PURE = ("language", "read", "recognise", "attribute", "group", "compare", "moderate", "model.py", "pipeline.py")
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            yield f"{node.func.value.id}.{node.func.attr}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short_and_its_name_says_something(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400
    assert path.stem not in NO_NAMES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text())), "a module begins with its docstring"


@pytest.mark.parametrize("path", [path for path in MODULES if path.relative_to(SOURCE).parts[0] in PURE], ids=name)
def test_pure_code_reads_no_clock(path: Path) -> None:
    asked = {call for call in calls(path) if call.split(".")[0] in {"datetime", "date", "time"}}
    assert not {call for call in asked if call.split(".")[1] in CLOCKS}


def test_every_public_name_is_there_and_documented() -> None:
    for public in storydesk.__all__:
        assert getattr(storydesk, public).__doc__, public


def test_importing_the_library_loads_no_model() -> None:
    import subprocess
    import sys

    probe = "import sys, storydesk; print(sorted({'spacy', 'numpy', 'django'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
