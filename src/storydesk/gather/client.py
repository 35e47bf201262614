"""The client through which every request of the program goes.

Each hop opens its own connection through :class:`~storydesk.gather.guard.Door` and closes it, so that a fetch shares
nothing with another and its time, bytes and addresses can be held to account. Proxies named by the environment are not
used, cookies not kept.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from threading import Event
from types import TracebackType

import httpcore2
import httpx2

from storydesk.errors import Gone, Refused, StorydeskError, TooLarge, Unreachable
from storydesk.gather.address import parse_address, shown
from storydesk.gather.budget import Budget, Caps
from storydesk.gather.guard import Door, Resolver, resolve

__all__ = ["FEED_TYPES", "PAGE_TYPES", "USER_AGENT", "Client", "Fetched", "retry_seconds"]

USER_AGENT = f"Storydesk/{version('storydesk')} (+https://storydesk.example/docs)"
"""Says who asks and where to read about it. A desk should give its own, with a contact."""

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
PASSING = frozenset({408, 425, 429})
"""Of the 4xx, those that only say "not now": time-out, too early, too many requests."""

CODINGS = frozenset({"", "identity", "gzip", "deflate"})
"""What is asked for and can be decoded a piece at a time, so that a bomb is stopped at the cap."""


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
    stands in for the system's name resolution.
    """

    def __init__(
        self,
        user_agent: str = USER_AGENT,
        *,
        allow_local: frozenset[tuple[str, int]] = frozenset(),
        caps: Caps | None = None,
        resolver: Resolver = resolve,
    ) -> None:
        self.user_agent = user_agent
        self._allowed = allow_local
        self._caps = caps or Caps()
        self._resolver = resolver
        self._tls: ssl.SSLContext = httpcore2.default_ssl_context()
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

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None, accept: str = FEED_TYPES
    ) -> Fetched:
        """What the address answers, redirects followed. ``etag`` and ``modified`` of the last answer ask for
        changes only.

        Raises BadAddress, ForbiddenAddress, Gone (404, 410), Refused (another 4xx), TooLarge (a cap) and
        Unreachable (may pass).
        """
        budget = Budget(shown(url), self._caps, self._stopped)
        headers = self._headers(etag, modified, accept)
        here, seen, moved, lasting = parse_address(url), set[str](), None, True
        while (answer := self._ask(here, headers, budget)).status in REDIRECTS and "location" in answer.headers:
            seen.add(str(here))
            here = parse_address(answer.headers["location"], base=here)
            if str(here) in seen:
                raise TooLarge(f"{shown(url)} redirects in a circle", "the site is misconfigured; try its home page")
            if len(seen) > self._caps.redirects:
                raise TooLarge(f"{shown(url)} redirects more than {self._caps.redirects} times", "try its home page")
            lasting = lasting and answer.status in PERMANENT
            moved = str(here) if lasting else moved
        return _fetched(url, str(here), moved, answer, conditional=bool(etag or modified))

    def _headers(self, etag: str | None, modified: str | None, accept: str) -> dict[str, str]:
        headers = {"User-Agent": self.user_agent, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        return headers | {name: value for name, value in conditions.items() if value and value.isprintable()}

    def _ask(self, url: httpx2.URL, headers: dict[str, str], budget: Budget) -> _Answer:
        budget.next_hop()
        door = Door(budget, self._allowed, self._resolver)
        timeouts = {"connect": self._caps.connect, "read": self._caps.idle, "write": self._caps.idle}
        request = httpx2.Request("GET", url, headers=headers)
        with (
            _explained(url, budget),
            httpcore2.ConnectionPool(self._tls, max_connections=1, network_backend=door) as pool,
            pool.stream("GET", _target(url), headers=request.headers.raw, extensions={"timeout": timeouts}) as response,
        ):
            budget.answered = True
            answered = httpx2.Headers(response.headers)
            body = _body(response, answered, budget) if 200 <= response.status < 300 else b""
            return _Answer(response.status, answered, body)


def _target(url: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _body(response: httpcore2.Response, headers: httpx2.Headers, budget: Budget) -> bytes:
    codings = {coding.strip().lower() for coding in headers.get("content-encoding", "").split(",")}
    if not codings <= CODINGS:
        raise Refused(f"{budget.url} answers compressed as {shown(', '.join(codings))}", "which was not asked for")
    body = bytearray()
    for piece in httpx2.Response(response.status, headers=headers, content=response.iter_stream()).iter_bytes():
        body += piece
        if len(body) > budget.caps.body:
            raise TooLarge(
                f"{budget.url} unpacks to more than {budget.caps.body:,} bytes", "it is no feed or page to read"
            )
    return bytes(body)


@contextmanager
def _explained(url: httpx2.URL, budget: Budget) -> Iterator[None]:
    """Turns what the HTTP packages raise into our tree, each with its reason."""
    try:
        yield
    except StorydeskError:
        raise
    except httpcore2.TimeoutException:
        budget.within(None)
        raise Unreachable(
            f"{shown(str(url))} does not answer", "the server may be down; it is tried again later"
        ) from None
    except httpcore2.ConnectError as error:
        raise _unconnected(shown(str(url)), error) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise Unreachable(
            f"{shown(str(url))} broke off: {error}", "the server is at fault; it is tried again later"
        ) from None
    except httpx2.DecodingError as error:
        raise Unreachable(f"{shown(str(url))} sends damaged compression: {error}", "the server is at fault") from None


def _unconnected(url: str, error: httpcore2.ConnectError) -> Unreachable:
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Unreachable(f"{url} shows a bad certificate: {cause.verify_message}", "the site must renew or mend it")
    if isinstance(cause, ssl.SSLError):
        return Unreachable(
            f"{url} does not speak TLS: {cause.reason}", "try the address with http:// in place of https://"
        )
    reason = getattr(cause, "strerror", None) or error
    return Unreachable(f"{url} cannot be connected to: {reason}", "the server may be down; it is tried again later")


def _fetched(asked: str, final: str, moved: str | None, answer: _Answer, *, conditional: bool) -> Fetched:
    status, headers = answer.status, answer.headers
    wait = retry_seconds(headers.get("retry-after"), datetime.now(UTC))
    if not (200 <= status < 300 or (status == 304 and conditional)):
        raise _failure(shown(asked), status, wait)
    return Fetched(
        url=asked,
        final_url=final,
        status=status,
        body=answer.body,
        not_modified=status == 304,
        moved_to=moved,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        content_type=headers.get("content-type"),
        retry_after=wait,
    )


def _failure(asked: str, status: int, wait: float | None) -> StorydeskError:
    if status in (404, 410):
        gone = "is gone for good" if status == 410 else "does not exist"
        return Gone(f"{asked} {gone} (HTTP {status})", "look for its new address on the site's home page")
    if status in PASSING:
        return Unreachable(f"{asked} asks us to wait (HTTP {status})", "it is tried again later", wait)
    if 400 <= status < 500:
        return Refused(
            f"{asked} is refused to us (HTTP {status})", "the site may block automatic readers or ask for a login"
        )
    return Unreachable(f"{asked} has a fault at the server (HTTP {status})", "it is tried again later", wait)


def retry_seconds(value: str | None, now: datetime) -> float | None:
    """A Retry-After header (RFC 9110, 10.2.3) in seconds from ``now``, never negative; ``None`` where it says
    nothing."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
