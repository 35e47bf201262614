"""Nothing but the guard opens a connection, save for letters, which go to the mail server that is set: whoever else
names a networking module is found out in the source, and while a whole desk is filled every socket of every process is
listened to."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import storydesk

ROOT = Path(storydesk.__file__).parent

NETWORK = {
    *("aiohttp", "anyio", "asyncio", "asyncore", "boto3", "curl_cffi", "django.core.mail", "dns", "fastfeedparser"),
    *("feedparser", "fsspec", "ftplib", "grpc", "h11", "h2", "http.client", "http.server", "httpcore", "httpcore2"),
    *("httplib2", "httptools", "httpx", "httpx2", "huggingface_hub", "imaplib", "mechanize", "nntplib", "paramiko"),
    *("poplib", "pycurl", "requests", "select", "selectors", "smart_open", "smtplib", "socket", "socketserver"),
    *("ssl", "telnetlib", "tornado", "trio", "twisted", "urllib.request", "urllib3", "uvicorn", "warcio.capture_http"),
    *("webbrowser", "websocket", "websockets", "wget", "xmlrpc"),
}
"""What opens connections, in the standard library and among what is or might be installed."""

FETCHING = {
    *("trafilatura.fetch_url", "trafilatura.downloads", "trafilatura.feeds", "trafilatura.sitemaps"),
    *("trafilatura.spider", "lxml.etree.parse", "lxml.html.parse", "lxml.html.open_in_browser", "spacy.cli"),
}
"""Parts of packages used elsewhere that would fetch on their own."""

STARTING = {"subprocess", "os.system", "os.popen", "os.execv", "os.posix_spawn", "pty"}
"""What starts other programs, which would open connections where nobody looks."""

LEAVE = {
    "gather/guard.py": {"httpcore2", "socket"},
    "gather/budget.py": {"httpcore2", "ssl"},
    "gather/client.py": {"httpcore2", "httpx2", "ssl"},
    "gather/failures.py": {"httpcore2", "httpx2", "ssl"},
    "gather/address.py": {"httpx2"},
    "sandbox/process.py": {"subprocess"},
    "sandbox/single.py": {"subprocess"},
    "sandbox/stream.py": {"subprocess"},
    "demo/server.py": {"http.server"},
    "cli/eval.py": {"subprocess", "subprocess.run"},
    "desk/letters.py": {"django.core.mail"},
}
"""Who may name what. The demo edition serves its own feeds: it only listens. Letters are the second door
(``docs/decisions/0023-people.md``)."""

USED = {
    "socket": {"getaddrinfo", "SOCK_STREAM"},
    "httpx2": {"URL", "Headers", "Request", "Response", "InvalidURL", "DecodingError"},
    "httpcore2": {
        *("URL", "Response", "NetworkBackend", "NetworkStream", "SOCKET_OPTION", "SyncBackend", "ConnectionPool"),
        *("default_ssl_context", "TimeoutException", "ConnectError", "ConnectTimeout", "NetworkError", "ProtocolError"),
    },
    "subprocess": {"Popen", "PIPE", "DEVNULL", "TimeoutExpired"},
    "django.core.mail": {"EmailMessage", "get_connection"},
}
"""What may be used of them. Of ``httpx2`` its values alone; the one pool is made over the guard's backend. Of mail the
way that takes its server from the letter's module, not the one that takes it from elsewhere."""


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


def breaches(code: str, module: str) -> set[str]:
    """The networking modules that a module of the program names without leave, and what it uses of those it may
    name."""
    named = set(imports(code)) | set(attributes(code))
    known = NETWORK | FETCHING | STARTING
    reached = {name for name in known for said in named if said == name or said.startswith(f"{name}.")}
    reached -= LEAVE.get(module, set())
    used = ((owner, said.removeprefix(f"{owner}.")) for said in named for owner in USED if said.startswith(f"{owner}."))
    beyond = {f"{owner}.{part}" for owner, part in used if part not in USED[owner]}
    return reached | (beyond - LEAVE.get(module, set()))


def attributes(code: str) -> Iterator[str]:
    """``module.name`` for each name taken from an imported module, by the module's own name."""
    tree = ast.parse(code)
    called = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    called |= {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            yield f"{called[node.value.id]}.{node.attr}"


MODULES = {path.relative_to(ROOT).as_posix(): path for path in ROOT.rglob("*.py")}


def test_no_module_names_what_opens_connections_without_leave() -> None:
    found = {module: breaches(path.read_text(), module) for module, path in MODULES.items()}
    assert len(MODULES) > 100
    assert {module: names for module, names in found.items() if names} == {}


def test_the_only_pool_of_connections_is_made_over_the_door() -> None:
    pools = [
        (module, {keyword.arg for keyword in node.keywords})
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and _named(node.func) in {"ConnectionPool", "HTTPConnection", "SyncBackend"}
    ]
    assert [module for module, _ in pools] == ["gather/client.py", "gather/guard.py"]
    assert "network_backend" in pools[0][1]


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "def f():\n    import httpx2 as h",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from http.client import HTTPSConnection",
        "import importlib\nimportlib.import_module('requests')",
        "__import__('socket')",
        "from trafilatura import fetch_url",
        "from trafilatura.downloads import fetch_response",
        "import trafilatura\ntrafilatura.fetch_url('http://a.example')",
        "from lxml import etree\netree.parse('http://a.example')",
        "from lxml import html as page\npage.parse('http://a.example')",
        "import lxml.html\nfrom lxml.html import parse",
        "import feedparser",
        "import asyncio",
        "import os\nos.system('curl http://a.example')",
        "from subprocess import run",
        "from django.core import mail",
        "import select",
    ],
)
def test_the_scan_sees_every_way(code: str) -> None:
    assert breaches(code, "read/page.py")


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("gather/client.py", "import httpx2\nhttpx2.get('http://a.example')"),
        ("gather/client.py", "import httpx2 as h\nh.Client()"),
        ("gather/client.py", "from httpx2 import Client"),
        ("gather/guard.py", "import socket\nsocket.create_connection(('a.example', 80))"),
        ("gather/budget.py", "import socket"),
        ("sandbox/process.py", "import subprocess\nsubprocess.run(['curl'])"),
        ("demo/server.py", "import socket"),
        ("desk/letters.py", "from django.core.mail import send_mail"),
        ("desk/letters.py", "import smtplib"),
        ("desk/housekeeping.py", "from django.core.mail import EmailMessage"),
    ],
)
def test_leave_is_for_one_module_and_for_what_it_needs(module: str, code: str) -> None:
    assert breaches(code, module)


def test_letters_are_handed_to_the_one_server_that_is_set() -> None:
    """No host, port or backend stands in the call but what the settings say."""
    tree = ast.parse(MODULES["desk/letters.py"].read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _named(node.func) == "get_connection"]
    (call,) = calls
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    assert [ast.literal_eval(part) for part in call.args] == ["django.core.mail.backends.smtp.EmailBackend"]
    assert (given["host"], given["port"]) == ("server.host", "server.port")
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "send"]


def test_leave_is_given() -> None:
    assert breaches("from http.server import BaseHTTPRequestHandler", "demo/server.py") == set()
    assert breaches("from urllib.parse import urlsplit\nimport http\nfrom lxml import etree", "site/page.py") == set()


LISTEN = """
import json, os, sys

HEARD = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto",
         "socket.sendmsg", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "urllib.Request",
         "http.client.connect", "ftplib.connect", "smtplib.connect", "webbrowser.open")
busy = False

def hear(event, arguments):
    global busy
    if event not in HEARD or busy:
        return
    busy = True
    frame, stack = sys._getframe(1), []
    while frame:
        stack.append(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    line = {"event": event, "by": [name for name in stack if name.startswith("storydesk.")], "of": str(arguments[1:2])}
    handle = os.open(os.environ["HEARD_BY"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, (json.dumps(line) + "\\n").encode())
    os.close(handle)
    busy = False

sys.addaudithook(hear)
"""
"""Loaded by every process of the run, before all else, as ``sitecustomize``."""


def test_while_a_whole_desk_is_filled_only_the_guard_connects(tmp_path: Path) -> None:
    (tmp_path / "listen").mkdir()
    (tmp_path / "listen" / "sitecustomize.py").write_text(LISTEN)
    heard_by = tmp_path / "heard.jsonl"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STORYDESK_", "DJANGO_"))}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "listen"), environment.get("PYTHONPATH", "")]),
        "STORYDESK_HOME": str(tmp_path / "home"),
        "HEARD_BY": str(heard_by),
    }
    program = [sys.executable, "-c", "from storydesk.cli.main import main; main()"]
    done = subprocess.run(
        [*program, "demo", "--once", "--feeds-port", "0"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    heard = [json.loads(line) for line in heard_by.read_text().splitlines()]
    counted = Counter((line["event"], (line["by"] or ["nobody of ours"])[0]) for line in heard)
    assert counted.pop(("socket.connect", "storydesk.gather.guard")) > 100
    assert counted.pop(("socket.getaddrinfo", "storydesk.gather.guard")) > 100
    counted.pop(("socket.gethostbyaddr", "storydesk.demo.server"), None)  # the edition's server asks its own name
    assert counted.pop(("subprocess.Popen", "storydesk.sandbox.process")) >= 1
    assert dict(counted) == {}
