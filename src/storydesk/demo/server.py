"""The edition's own server: every outlet's front page, feed and pages on 127.0.0.1, with validators as the web has."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType

from storydesk.demo import feeds, pages
from storydesk.demo.edition import Edition, Printing
from storydesk.errors import PortInUse

__all__ = ["HOST", "Answer", "EditionServer", "answer"]

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    """A document. ``modified`` is when it changed last."""

    type: str
    body: bytes
    modified: datetime

    @property
    def etag(self) -> str:
        """A strong validator (RFC 9110, 8.8.3): the same bytes, the same tag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def answer(path: str, printing: Printing) -> Answer | None:
    """What stands at a path; ``None`` where nothing does."""
    edition = printing.edition
    whole = max(printing.state(piece).at for piece in edition.pieces)
    if path == "/":
        return _page(pages.outlets_page(printing), whole)
    if path == "/robots.txt":
        return Answer("text/plain; charset=utf-8", _robots(printing).encode(), whole)
    outlet = next((outlet for outlet in edition.outlets if path.startswith(f"/{outlet.id}/")), None)
    if outlet is None:
        return None
    name = path.removeprefix(f"/{outlet.id}/")
    if name == "":
        return _page(pages.front_page(outlet, printing), feeds.last_change(outlet, printing))
    if name == feeds.NAMES[outlet.feed]:
        kind = f"{feeds.TYPES[outlet.feed]}; charset=utf-8"
        return Answer(kind, feeds.feed(outlet, printing), feeds.last_change(outlet, printing))
    piece = next((piece for piece in edition.by(outlet) if piece.slug == name), None)
    return _page(pages.item_page(piece, printing), printing.state(piece).at) if piece else None


def _page(page: str, modified: datetime) -> Answer:
    return Answer("text/html; charset=utf-8", page.encode(), modified)


def _robots(printing: Printing) -> str:
    outlets = [outlet for outlet in printing.edition.outlets if outlet.feed == "sitemap"]
    maps = "".join(f"Sitemap: {feeds.address(outlet, printing)}\n" for outlet in outlets)
    return f"User-agent: *\nAllow: /\n\n{maps}"


class EditionServer:
    """Serves an edition from the moment it is made until it is closed. A context manager, safe for many threads.

    ``revised`` says whether the pieces stand in their last state; before :meth:`advance` they stand in their first.
    Raises PortInUse where another program listens on ``port`` (0 takes any that is free).
    """

    def __init__(self, edition: Edition, port: int = 0, *, revised: bool = False) -> None:
        self.edition = edition
        self._revised = revised
        self._listener = _listener(port, self)
        self._thread = Thread(target=self._listener.serve_forever, name="edition", daemon=True)
        self._thread.start()

    def __enter__(self) -> EditionServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listener.server_address[1])

    @property
    def revised(self) -> bool:
        """Whether the latest revisions are served."""
        return self._revised

    @property
    def printing(self) -> Printing:
        """The edition as it is served now."""
        return Printing(self.edition, f"http://{HOST}:{self.port}", self._revised)

    def advance(self) -> None:
        """From now on the latest revision of each piece is served, and the feeds say so."""
        self._revised = True

    def close(self) -> None:
        """Stops serving and frees the port."""
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()


class _Listener(ThreadingHTTPServer):
    """Answers each connection in a thread of its own."""

    daemon_threads = True
    request_queue_size = 64  # more than a desk fetches at once; the default of 5 drops connections
    served: EditionServer


def _listener(port: int, served: EditionServer) -> _Listener:
    try:
        listener = _Listener((HOST, port), _Handler)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        reason = "another program listens there" if error.errno == errno.EADDRINUSE else "not allowed"
        raise PortInUse(
            f"cannot serve the demo's feeds on {HOST}:{port}: {reason}",
            "stop that program, or choose another port with --feeds-port in a new STORYDESK_HOME",
        ) from None
    listener.served = served
    return listener


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, with 304 where the client has the document already."""

    server: _Listener
    server_version = "DemoEdition"
    sys_version = ""

    def do_GET(self) -> None:
        """A document with its body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """A document's headers."""
        self._answer(with_body=False)

    def log_message(self, *_: object) -> None:
        """Says nothing: the demo's own terminal belongs to its progress."""

    def _answer(self, *, with_body: bool) -> None:
        found = answer(self.path.partition("?")[0].partition("#")[0], self.server.served.printing)
        status = HTTPStatus.OK
        if found is None:
            found, status = (
                _page("<!doctype html><title>Not found</title><p>Nothing here.", _EPOCH),
                HTTPStatus.NOT_FOUND,
            )
        elif self._has(found):
            status = HTTPStatus.NOT_MODIFIED
        self.send_response(status)
        if status != HTTPStatus.NOT_FOUND:
            self.send_header("ETag", found.etag)
            self.send_header("Last-Modified", format_datetime(found.modified.astimezone(UTC), usegmt=True))
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", found.type)
            self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        if with_body and status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(found.body)

    def _has(self, found: Answer) -> bool:
        """Whether the client's copy is still good; its tag decides where it sends one (RFC 9110, 13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return found.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")] or tags.strip() == "*"
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:
            return False
        return found.modified.replace(microsecond=0) <= since.replace(tzinfo=since.tzinfo or UTC)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
