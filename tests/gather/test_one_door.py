"""Nothing but ``gather`` opens a connection: whoever else names a networking module is found out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import storydesk

ROOT = Path(storydesk.__file__).parent

NETWORK = {
    "aiohttp",
    "asyncio",
    "fastfeedparser",
    "feedparser",
    "ftplib",
    "http.client",
    "httpcore",
    "httpcore2",
    "httpx",
    "httpx2",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "websockets",
    "xmlrpc",
}
"""What opens connections, in the standard library and among what is installed."""

FETCHING = {
    "trafilatura.fetch_url",
    "trafilatura.downloads",
    "trafilatura.feeds",
    "trafilatura.sitemaps",
    "trafilatura.spider",
}
"""Parts of packages used elsewhere that would fetch on their own."""

LISTENERS = {"demo": {"http.server", "socketserver"}, "cli": {"socket"}}
"""The demo edition serves its own feeds; the command line looks whether a port is free. Both only listen."""


def imports(code: str) -> Iterator[str]:
    """The full names that a module imports, those inside functions too."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _named(node.func) in {"import_module", "__import__"}:
            yield from (str(part.value) for part in node.args if isinstance(part, ast.Constant))


def _named(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def breaches(code: str, package: str) -> set[str]:
    """The networking modules that code of a package imports without leave."""
    named = set(imports(code))
    reached = {known for known in NETWORK | FETCHING for name in named if name == known or name.startswith(f"{known}.")}
    return reached - LISTENERS.get(package, set())


def test_no_other_package_imports_what_opens_connections() -> None:
    modules = [path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] != "gather"]
    found = {
        str(path.relative_to(ROOT)): breaches(path.read_text(), path.relative_to(ROOT).parts[0]) for path in modules
    }
    assert len(modules) > 10
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "def f():\n    import httpx2 as h",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from http.client import HTTPSConnection",
        "import importlib\nimportlib.import_module('requests')",
        "from trafilatura import fetch_url",
        "from trafilatura.downloads import fetch_response",
        "import feedparser",
    ],
)
def test_the_scan_sees_every_way_to_import(code: str) -> None:
    assert breaches(code, "read")


def test_leave_is_given_by_package() -> None:
    assert breaches("import http.server", "demo") == set()
    assert breaches("import socket", "cli") == set()
    assert breaches("import socket", "demo") == {"socket"}
    assert breaches("from urllib.parse import urlsplit\nimport http", "site") == set()
