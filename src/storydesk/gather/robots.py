"""Whether a site lets us fetch an address: robots.txt as RFC 9309 has it, read by Protego."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from protego import Protego

from storydesk.errors import Disallowed, Gone, Refused, TooLarge, Unreachable
from storydesk.gather.address import parse_address, shown
from storydesk.gather.client import Fetched

__all__ = ["Robots", "Rules", "read_rules"]

KEPT = timedelta(hours=24)
"""How long an answer is used: RFC 9309, 2.4 asks for no longer than a day."""

KEPT_FAILURE = timedelta(minutes=10)
"""How long a site whose robots.txt cannot be read is left alone."""

MOST_SITES = 2_000
"""Sites remembered; the one not asked about for longest goes first."""

LONGEST = 500 * 1024
"""Bytes that are read: the least that RFC 9309, 2.5 asks for."""

TEXT = "text/plain, */*;q=0.5"


class Fetches(Protocol):
    """The part of :class:`~storydesk.gather.client.Client` that is needed here."""

    user_agent: str

    def fetch(self, url: str, *, accept: str = ...) -> Fetched:
        """What the address answers."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's robots.txt says to one robot. ``parsed`` is ``None`` where it has none, so that all is
    allowed."""

    parsed: Protego | None
    robot: str

    def allow(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, self.robot))

    @property
    def delay(self) -> float | None:
        """The seconds the site asks to be left between two fetches (``Crawl-delay``, widely used, not in the RFC)."""
        delay = self.parsed.crawl_delay(self.robot) if self.parsed else None
        return float(delay) if delay is not None else None


def read_rules(body: bytes | None, user_agent: str) -> Rules:
    """The rules in a robots.txt, ``None`` for a site that has none, for the robot that ``user_agent`` names before
    its slash."""
    robot = user_agent.partition("/")[0].strip()
    return Rules(None if body is None else Protego.parse(body[:LONGEST].decode("utf-8-sig", "replace")), robot)


class Robots:
    """Asks each site once a day. Safe to use from many threads."""

    def __init__(self, client: Fetches) -> None:
        self._client = client
        self._lock = Lock()
        self._known: OrderedDict[str, tuple[datetime, Rules | Unreachable]] = OrderedDict()

    def check(self, url: str, *, now: datetime) -> float | None:
        """The crawl delay in seconds that the site asks for, if any. ``now`` says whether what is remembered still
        holds.

        Raises Disallowed where its robots.txt says no, Unreachable where that cannot be read now (a 5xx, no
        connection), and what the client raises for a bad or forbidden address.
        """
        address = parse_address(url)
        rules = self._rules(str(address.copy_with(raw_path=b"/robots.txt")), now)
        if isinstance(rules, Unreachable):
            raise Unreachable(rules.message, rules.hint, rules.retry_after)
        if not rules.allow(str(address)):
            raise Disallowed(
                f"{shown(url)} is closed to us by the site's robots.txt", "ask the site for leave, or for its feed"
            )
        return rules.delay

    def _rules(self, place: str, now: datetime) -> Rules | Unreachable:
        with self._lock:
            until, rules = self._known.get(place, (now, None))
            if rules is not None and until > now:
                self._known.move_to_end(place)
                return rules
        fresh = self._ask(place)
        with self._lock:
            self._known[place] = (now + (KEPT_FAILURE if isinstance(fresh, Unreachable) else KEPT), fresh)
            self._known.move_to_end(place)
            while len(self._known) > MOST_SITES:
                self._known.popitem(last=False)
        return fresh

    def _ask(self, place: str) -> Rules | Unreachable:
        """RFC 9309, 2.3.1: a 4xx, or redirects without end, is no robots.txt; a 5xx or no answer closes the whole
        site for now."""
        try:
            body = self._client.fetch(place, accept=TEXT).body
        except (Gone, Refused, TooLarge):
            return read_rules(None, self._client.user_agent)
        except Unreachable as error:
            hint = "without it the site is not fetched; it is tried again later"
            return Unreachable(f"the robots.txt cannot be read: {error.message}", hint, error.retry_after)
        return read_rules(body, self._client.user_agent)
