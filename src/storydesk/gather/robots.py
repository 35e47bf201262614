"""Whether a site lets us fetch an address: robots.txt as RFC 9309 has it, read by Protego."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from protego import Protego

from storydesk.errors import Disallowed, Gone, Refused, TooLarge, Unreachable
from storydesk.gather.address import host_of, parse_address, shown
from storydesk.gather.client import Fetched
from storydesk.gather.pacing import Pacing

__all__ = ["Robots", "Rules", "read_rules"]

KEPT = timedelta(hours=24)
"""How long an answer is used: RFC 9309, 2.4 asks for no longer than a day."""

KEPT_FAILURE = timedelta(minutes=10)
"""How long a site whose robots.txt cannot be read is left alone."""

MOST_SITES = 10_000
MOST_TEXT = 4 * 2**20
"""Sites, and characters of their rules, that are remembered; the one not asked about for longest goes first."""

LONGEST = 500 * 1024
"""Bytes that are read: the least that RFC 9309, 2.5 asks for."""

LONGEST_WAIT = 6.0
"""Seconds that a robots.txt may take: it is small, and the page asked for needs its own time."""

TEXT = "text/plain, */*;q=0.5"

NAMES_A_ROBOT = re.compile(r"\s*user[- ]?agent\b[\s:]*([^#]*)", re.I)
FOR_NO_ROBOT = re.compile(r"\s*(?:#|$|site-?maps?\b|host\b)", re.I)
"""Lines that stand in no group: comments and what holds for the whole site."""

RULE = re.compile(
    r"\s*(?:[^#:]*:|(?:dis?sallow|dissalow|disalow|diasllow|disallaw|allow)(?:\s|$)"
    r"|(?:crawl|request|visit)[- ](?:delay|rate|time)(?:\s|$))",
    re.I,
)
"""Lines that Protego takes for a rule, known or not, so that the next robot named begins a group; it passes over any
other."""


class Fetches(Protocol):
    """The part of :class:`~storydesk.gather.client.Client` that is needed here."""

    user_agent: str
    pacing: Pacing

    def fetch(self, url: str, *, accept: str = ..., within: float | None = ..., first: int | None = ...) -> Fetched:
        """What the address answers."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site's robots.txt says to one robot. ``parsed`` is ``None`` where it has none, so that all is
    allowed. ``size`` is how many characters it takes to say so."""

    parsed: Protego | None
    robot: str
    size: int = 0

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
    if body is None:
        return Rules(None, robot)
    ours = "\n".join(_ours(body[:LONGEST].decode("utf-8-sig", "replace").splitlines(), robot.lower()))
    return Rules(Protego.parse(ours), robot, len(ours))


def _ours(lines: Iterable[str], robot: str) -> Iterator[str]:
    """The groups that may hold for us: Protego keeps every rule once for each robot named, and a file may name ten
    thousand."""
    meant, naming = False, False
    for line in lines:
        if FOR_NO_ROBOT.match(line):
            continue
        named = NAMES_A_ROBOT.match(line)
        if not (named or RULE.match(line)):
            continue
        if named:
            name = named[1].strip().lower()
            us = name == "*" or name.strip("*") in robot
            meant = us or (naming and meant)
            if us:
                yield line
        elif meant:
            yield line
        naming = bool(named)


class Robots:
    """Asks each site once a day. Safe to use from many threads."""

    def __init__(self, client: Fetches) -> None:
        self._client = client
        self._lock = Lock()
        self._known: OrderedDict[str, tuple[datetime, Rules | Unreachable]] = OrderedDict()
        self._text = 0

    def check(self, url: str, *, now: datetime, within: float = LONGEST_WAIT) -> float | None:
        """The crawl delay in seconds that the site asks for, if any; from now on it is kept to. ``now`` says whether
        what is remembered still holds, ``within`` how many seconds are left to ask.

        Raises Disallowed where its robots.txt says no, Unreachable where that cannot be read now (a 5xx, no
        connection), and what the client raises for a bad or forbidden address.
        """
        address = parse_address(url)
        rules = self._rules(str(address.copy_with(raw_path=b"/robots.txt")), now, min(within, LONGEST_WAIT))
        if isinstance(rules, Unreachable):
            raise Unreachable(rules.message, rules.hint, rules.retry_after, by=rules.by, host=rules.host)
        self._client.pacing.delay(host_of(address), rules.delay or 0.0)
        if not rules.allow(str(address)):
            raise Disallowed(
                f"{shown(url)} is closed to us by the site's robots.txt", "ask the site for leave, or for its feed"
            )
        return rules.delay

    def _rules(self, place: str, now: datetime, within: float) -> Rules | Unreachable:
        with self._lock:
            until, rules = self._known.get(place, (now, None))
            if rules is not None and until > now:
                self._known.move_to_end(place)
                return rules
        fresh = self._ask(place, within)
        with self._lock:
            self._forget(place)
            self._known[place] = (now + (KEPT_FAILURE if isinstance(fresh, Unreachable) else KEPT), fresh)
            self._text += _size(fresh)
            while len(self._known) > MOST_SITES or (self._text > MOST_TEXT and len(self._known) > 1):
                self._forget(next(iter(self._known)))
        return fresh

    def _forget(self, place: str) -> None:
        _, rules = self._known.pop(place, (None, None))
        self._text -= _size(rules)

    def _ask(self, place: str, within: float) -> Rules | Unreachable:
        """RFC 9309, 2.3.1: a 4xx, or redirects without end, is no robots.txt; a 5xx or no answer closes the whole
        site for now."""
        try:
            body = self._client.fetch(place, accept=TEXT, within=within, first=LONGEST).body
        except (Gone, Refused, TooLarge):
            return read_rules(None, self._client.user_agent)
        except Unreachable as error:
            hint = "without it the site is not fetched; it is tried again later"
            message = f"the robots.txt cannot be read: {error.message}"
            return Unreachable(message, hint, error.retry_after, by=error.by, host=error.host)
        return read_rules(body, self._client.user_agent)


def _size(rules: Rules | Unreachable | None) -> int:
    return rules.size if isinstance(rules, Rules) else 0
