"""The client through which every request of the program goes.

Each hop opens its own connection through :class:`~storydesk.gather.guard.Door` and closes it, so that a fetch shares
nothing with another and its time, bytes and addresses can be held to account. One host is asked for one thing at a
time (:mod:`~storydesk.gather.pacing`). Proxies named by the environment are not used, cookies not kept.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from threading import Event
from time import monotonic
from types import TracebackType

import httpcore2
import httpx2

from storydesk.errors import BadAddress, ForbiddenAddress, Refused, TooLarge
from storydesk.gather.address import host_of, parse_address, shown
from storydesk.gather.blockers import challenger
from storydesk.gather.budget import Budget, Caps
from storydesk.gather.failures import explained, failure, retry_seconds
from storydesk.gather.guard import Door, Resolver, resolve
from storydesk.gather.pacing import Pacing

__all__ = ["FEED_TYPES", "PAGE_TYPES", "USER_AGENT", "Client", "Fetched", "May", "user_agent"]


def user_agent(contact: str = "") -> str:
    """Who asks, and where to complain: ``contact`` is a page or a mail address of the desk's own."""
    return f"Storydesk/{version('storydesk')} ({f'+{contact}' if contact else 'a self-hosted news desk'})"


USER_AGENT = user_agent()
"""For a desk that gives no contact."""

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
BUSY = frozenset({429, 503})

REST = 60.0
"""Seconds that a host is left alone which says that it is asked too much and not for how long."""

CODINGS = frozenset({"", "identity", "gzip", "deflate"})
"""What is asked for and can be decoded a piece at a time, so that a bomb is stopped at the cap. Only one at a time:
wrapped in each other, the inner ones unpack out of sight."""

LONGEST_TAG = 400
"""Characters of a validator that is kept; real ones have some dozens."""

May = Callable[[str, float], object]
"""Asked before each hop with its address and the seconds left; raises where it may not be fetched."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``moved_to`` is where the address has moved for good, where every redirect up to there says so.

    ``body`` is decompressed, empty where ``not_modified``. ``retry_after`` is in seconds.
    """

    url: str
    final_url: str
    status: int
    body: bytes = b""
    not_modified: bool = False
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx2.Headers
    body: bytes


class Client:
    """Fetches addresses of the public web. Safe to use from many threads; ``close`` ends what is under way.

    ``allow_local`` opens exact (host, port) pairs for the demo edition's own server and for tests; ``resolver``
    stands in for the system's name resolution, ``tls`` for its authorities. ``pacing`` says whose turn it is.
    """

    def __init__(
        self,
        user_agent: str = USER_AGENT,
        *,
        allow_local: frozenset[tuple[str, int]] = frozenset(),
        caps: Caps | None = None,
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.user_agent = user_agent
        self.pacing = Pacing()
        self._allowed = allow_local
        self._caps = caps or Caps()
        self._resolver = resolver
        self._tls: ssl.SSLContext = tls or httpcore2.default_ssl_context()
        self._stopped = Event()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every fetch under way at its next step; later ones raise Unreachable."""
        self._stopped.set()
        self.pacing.close()

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        accept: str = FEED_TYPES,
        may: May | None = None,
        within: float | None = None,
        first: int | None = None,
    ) -> Fetched:
        """What the address answers, redirects followed. ``etag`` and ``modified`` of the last answer ask for
        changes only; ``within`` shortens the time it may take, and of the body ``first`` bytes are enough.

        Raises BadAddress, ForbiddenAddress, Gone (404, 410), Refused (another 4xx), TooLarge (a cap), TooSoon (the
        host's own wish), Unreachable (may pass), and what ``may`` raises.
        """
        budget = Budget(shown(url), self._caps, self._stopped, within)
        headers = self._headers(etag, modified, accept)
        here, seen, moved, lasting = parse_address(url), set[str](), None, True
        while True:
            with _on_the_way(url, seen):
                if may is not None:
                    may(str(here), budget.within(None))
                answer = self._in_turn(here, headers, budget, first)
                if answer.status not in REDIRECTS or "location" not in answer.headers:
                    break
                seen.add(str(here))
                here = parse_address(answer.headers["location"], base=here)
            if str(here) in seen:
                raise TooLarge(
                    f"{shown(url)} redirects in a circle", "try the site's home page", by="the server itself"
                )
            if len(seen) > self._caps.redirects:
                raise TooLarge(
                    f"{shown(url)} redirects more than {self._caps.redirects} times", "try the site's home page"
                )
            lasting = lasting and answer.status in PERMANENT
            moved = str(here) if lasting else moved
        return _fetched(url, here, moved, answer, conditional=bool(etag or modified))

    def _headers(self, etag: str | None, modified: str | None, accept: str) -> dict[str, str]:
        headers = {"User-Agent": self.user_agent, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        return headers | {name: value for name, value in conditions.items() if value and value.isprintable()}

    def _in_turn(self, url: httpx2.URL, headers: dict[str, str], budget: Budget, first: int | None) -> _Answer:
        """One hop, when the host's turn has come. Waiting for it costs the fetch nothing of its time."""
        asked, host = monotonic(), host_of(url)
        with self.pacing.turn(host):
            budget.waited(monotonic() - asked)
            answer = self._ask(url, headers, budget, first)
            if answer.status in BUSY:
                wait = retry_seconds(answer.headers.get("retry-after"), datetime.now(UTC))
                self.pacing.rest(host, REST if wait is None else wait)
        return answer

    def _ask(self, url: httpx2.URL, headers: dict[str, str], budget: Budget, first: int | None) -> _Answer:
        budget.next_hop()
        door = Door(budget, self._allowed, self._resolver)
        timeouts = {"connect": self._caps.connect, "read": self._caps.idle, "write": self._caps.idle}
        request = httpx2.Request("GET", url, headers=headers)
        with (
            explained(url, budget),
            httpcore2.ConnectionPool(self._tls, max_connections=1, network_backend=door) as pool,
            pool.stream("GET", _target(url), headers=request.headers.raw, extensions={"timeout": timeouts}) as response,
        ):
            budget.answered = True
            answered = httpx2.Headers(response.headers)
            body = _body(response, answered, budget, first) if 200 <= response.status < 300 else b""
            return _Answer(response.status, answered, body)


@contextmanager
def _on_the_way(url: str, seen: set[str]) -> Iterator[None]:
    """Says of an address that may not be asked for that a redirect led to it."""
    try:
        yield
    except (BadAddress, ForbiddenAddress) as error:
        if not seen:
            raise
        raise type(error)(f"{shown(url)} redirects on: {error.message}", error.hint, by=error.by) from None


def _target(url: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _body(response: httpcore2.Response, headers: httpx2.Headers, budget: Budget, first: int | None) -> bytes:
    codings = [coding.strip().lower() for coding in headers.get("content-encoding", "").split(",")]
    if len(codings) > 1 or not CODINGS.issuperset(codings):
        raise Refused(
            f"{budget.url} answers compressed as {shown(', '.join(codings))}", "which was not asked for: tell the site"
        )
    body = bytearray()
    for piece in httpx2.Response(response.status, headers=headers, content=response.iter_stream()).iter_bytes():
        body += piece
        budget.within(None)
        if first is not None and len(body) >= first:
            return bytes(body[:first])
        if len(body) > budget.caps.body:
            how = "unpacks to" if codings[0] else "sends"
            raise TooLarge(f"{budget.url} {how} more than {budget.caps.body:,} bytes", "it is no feed or page to read")
    return bytes(body)


def _fetched(asked: str, final: httpx2.URL, moved: str | None, answer: _Answer, *, conditional: bool) -> Fetched:
    status, headers = answer.status, answer.headers
    if (challenge := challenger(headers)) and status < 400:
        raise Refused(f"{shown(asked)} is refused to us (HTTP {status})", challenge.advice, by=challenge.name)
    if not (200 <= status < 300 or (status == 304 and conditional)):
        raise failure(shown(asked), host_of(final), status, headers)
    return Fetched(
        url=asked,
        final_url=str(final),
        status=status,
        body=answer.body,
        not_modified=status == 304,
        moved_to=moved,
        etag=_validator(headers.get("etag")),
        last_modified=_validator(headers.get("last-modified")),
        content_type=headers.get("content-type"),
        retry_after=retry_seconds(headers.get("retry-after"), datetime.now(UTC)),
    )


def _validator(value: str | None) -> str | None:
    return value if value and len(value) <= LONGEST_TAG and value.isprintable() else None
