"""Whose turn it is: one request at a time to each host, and none sooner than the host wishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from threading import Condition
from time import monotonic

from storydesk.errors import TooSoon, Unreachable

__all__ = ["Pacing"]

PATIENCE = 30.0
"""Seconds that a request waits for its turn before it is put off: longer than one fetch of another may take."""

LONGEST_DELAY = 86_400.0
"""Seconds of a Crawl-delay that are honoured; what is longer would be a ban, and a site has better words for one."""

LONGEST_REST = 7 * 86_400.0
"""Seconds of a Retry-After that are honoured; dates decades ahead are mistakes."""

MOST_HOSTS = 10_000
"""Hosts remembered before those that may be asked at once are forgotten."""


@dataclass(slots=True)
class _Host:
    busy: bool = False
    asked_until: float = -inf
    delay: float = 0.0
    rests_until: float = -inf

    @property
    def free_at(self) -> float:
        return max(self.rests_until, self.asked_until + self.delay)


class Pacing:
    """One request at a time to a host. Safe to use from many threads; ``close`` ends all waiting.

    ``clock`` gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._changed = Condition()
        self._closed = False

    @contextmanager
    def turn(self, host: str, patience: float = PATIENCE) -> Iterator[None]:
        """Holds the host for the length of the block, once it is free.

        Raises TooSoon where that is not within ``patience`` seconds: nothing is to be sent then.
        """
        self._take(host, self._clock() + patience)
        try:
            yield
        finally:
            with self._changed:
                row = self._host(host)
                row.busy, row.asked_until = False, self._clock()
                self._changed.notify_all()

    def delay(self, host: str, seconds: float) -> None:
        """Leaves so many seconds between the end of a request and the next one: a Crawl-delay."""
        with self._changed:
            self._host(host).delay = min(max(seconds, 0.0), LONGEST_DELAY)

    def rest(self, host: str, seconds: float) -> None:
        """Asks the host for nothing for so many seconds: a Retry-After."""
        with self._changed:
            row = self._host(host)
            row.rests_until = max(row.rests_until, self._clock() + min(max(seconds, 0.0), LONGEST_REST))

    def waits(self) -> dict[str, float]:
        """The hosts that cannot be asked now, with the seconds until they can: infinite while one is being asked."""
        with self._changed:
            now = self._clock()
            waits = {name: inf if row.busy else row.free_at - now for name, row in self._hosts.items()}
            return {name: wait for name, wait in waits.items() if wait > 0}

    def close(self) -> None:
        """Whoever waits, or comes later, gets Unreachable."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _take(self, host: str, until: float) -> None:
        with self._changed:
            while True:
                if self._closed:
                    raise Unreachable(f"{host} was left because the program is stopping")
                row, now = self._host(host), self._clock()
                if not row.busy and row.free_at <= now:
                    row.busy = True
                    return
                if row.free_at > until or now >= until:
                    wait = max(row.free_at - now, 1.0)
                    raise TooSoon(f"{host} is not to be asked for another {wait:.0f} seconds", wait)
                self._changed.wait((until if row.busy else row.free_at) - now)

    def _host(self, name: str) -> _Host:
        if name not in self._hosts and len(self._hosts) >= MOST_HOSTS:
            now = self._clock()
            self._hosts = {key: row for key, row in self._hosts.items() if row.busy or row.free_at > now}
        return self._hosts.setdefault(name, _Host())
