"""What one fetch may cost: seconds and bytes, counted where they are spent, on the stream itself."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

import httpcore2

from storydesk.errors import TooLarge, Unreachable

__all__ = ["Budget", "Caps", "MeteredStream"]

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Caps:
    """What one fetch may cost.

    Bytes: ``wire`` as sent, ``body`` as decompressed, ``head`` for each answer's status line and headers. Seconds:
    ``connect`` and ``idle`` for one step without a sign of life, ``total`` for all of it, redirects included.
    """

    wire: int = 6 * MIB
    body: int = 6 * MIB
    head: int = 64 * 1024
    redirects: int = 5
    connect: float = 8.0
    idle: float = 10.0
    total: float = 24.0


@dataclass(slots=True)
class Budget:
    """What is left for one fetch of ``url``. ``stopped`` ends it early, ``most`` shortens the caps' total time."""

    url: str
    caps: Caps
    stopped: Event
    most: float | None = None
    started: float = field(default_factory=monotonic)
    spent: int = 0
    head: int = 0
    answered: bool = False

    def next_hop(self) -> None:
        """A new request begins: its head is counted afresh."""
        self.answered = False
        self.head = 0

    def waited(self, seconds: float) -> None:
        """Time spent on waiting for one's turn, which is not the server's fault."""
        self.started += seconds

    def within(self, seconds: float | None) -> float:
        """The seconds that a step may take: those wished for, or what is left of the total. Raises Unreachable at its
        end."""
        if self.stopped.is_set():
            raise Unreachable(f"{self.url} was left because the program is stopping")
        total = self.caps.total if self.most is None else min(self.most, self.caps.total)
        left = self.started + total - monotonic()
        if left <= 0:
            raise Unreachable(
                f"{self.url} takes over {total:.3g} seconds",
                "the server sends too slowly and may be overloaded; it is tried again later",
            )
        return left if seconds is None else min(seconds, left)

    def room(self, wanted: int) -> int:
        """How many bytes may be read now, at most ``wanted``. Raises TooLarge where a cap is reached."""
        if self.spent >= self.caps.wire:
            raise TooLarge(f"{self.url} sends more than {self.caps.wire:,} bytes", "it is no feed or page to read")
        if self.answered:
            return wanted
        if self.head >= self.caps.head:
            raise TooLarge(f"{self.url} sends more than {self.caps.head:,} bytes of headers", "the server is at fault")
        return min(wanted, self.caps.head - self.head)

    def spend(self, count: int) -> None:
        """Counts bytes that were read."""
        self.spent += count
        self.head += count


class MeteredStream(httpcore2.NetworkStream):
    """A connection on which every step is within the budget."""

    def __init__(self, stream: httpcore2.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What arrives next, at most ``max_bytes``."""
        room = self._budget.room(max_bytes)
        data: bytes = self._stream.read(room, self._step(timeout))
        self._budget.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of it."""
        self._stream.write(buffer, self._step(timeout))

    def close(self) -> None:
        """Closes the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Goes on under TLS; the handshake as a whole is within the time."""
        return MeteredStream(self._stream.start_tls(ssl_context, server_hostname, self._step(timeout)), self._budget)

    def get_extra_info(self, info: str) -> Any:
        """What the connection beneath knows."""
        return self._stream.get_extra_info(info)

    def _step(self, timeout: float | None) -> float:
        try:
            return self._budget.within(timeout)
        except Unreachable:
            self._stream.close()
            raise
