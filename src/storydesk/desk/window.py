"""Fetches under way: a window that slides over what is due, so that one that hangs holds up none of the others."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, NamedTuple, TypeVar

__all__ = ["Window"]

R = TypeVar("R")


class _Flight(NamedTuple):
    host: str
    started: float
    keep: Callable[[Any], None]


@dataclass(slots=True)
class Window:
    """At most ``size`` at a time, each in a thread of its own, one a host."""

    size: int
    _flights: dict[Future[Any], _Flight] = field(default_factory=dict)
    _pool: ThreadPoolExecutor | None = None

    @property
    def room(self) -> int:
        """How many more may start."""
        return self.size - len(self._flights)

    @property
    def hosts(self) -> set[str]:
        """Whom is being asked."""
        return {flight.host for flight in self._flights.values()}

    def start(self, host: str, work: Callable[[], R], keep: Callable[[R], None]) -> None:
        """Does ``work`` in a thread; what it returns is for ``keep``, which the caller is handed when it is done."""
        self._pool = self._pool or ThreadPoolExecutor(self.size, thread_name_prefix="fetch")
        self._flights[self._pool.submit(work)] = _Flight(host, monotonic(), keep)

    def finished(self, seconds: float = 0.0) -> list[Callable[[], None]]:
        """What remains to be done with those that have ended; waits so long for the first of them."""
        if not self._flights:
            return []
        done, _ = wait(self._flights, timeout=seconds, return_when=FIRST_COMPLETED)
        ended = [(self._flights.pop(future), future) for future in done]
        ended.sort(key=lambda pair: pair[0].started)
        return [partial(_hand_over, flight.keep, future) for flight, future in ended]

    def hopeful(self, seconds: float) -> bool:
        """Whether any began less than so many seconds ago, and may be expected to end soon."""
        now = monotonic()
        return any(now - flight.started < seconds for flight in self._flights.values())

    def close(self) -> None:
        """Forgets what is under way."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._flights.clear()
        self._pool = None


def _hand_over(keep: Callable[[R], None], future: Future[R]) -> None:
    keep(future.result())
