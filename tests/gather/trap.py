"""A trap for requests that go where they must not: listeners on this machine, and a record of every address that a
socket of this process is asked to connect to.

The record is made at the call, before anything is sent, so that an attempt counts even where nobody listens. Attempts
at public addresses are refused there and then: no test leaves this machine.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

__all__ = ["Trap", "attempts"]

_recording: list[list[tuple[str, int]]] = []
_installed = threading.Event()


@contextmanager
def attempts() -> Iterator[list[tuple[str, int]]]:
    """The (address, port) pairs that this process tries to connect to during the block, in order."""
    if not _installed.is_set():
        _installed.set()
        sys.addaudithook(_hear)
    seen: list[tuple[str, int]] = []
    _recording.append(seen)
    try:
        yield seen
    finally:
        _recording.remove(seen)


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect" or not _recording:
        return
    place = arguments[1]
    if not isinstance(place, tuple):
        return
    address = str(place[0])
    for seen in _recording:
        seen.append((address, int(place[1])))
    with suppress(ValueError):
        if ip_address(address.partition("%")[0]).is_global:
            raise ConnectionRefusedError("no test leaves this machine")


class Trap:
    """Listens on one port of 127.0.0.1, and of ::1 where the machine has it; ``reached`` counts connections."""

    def __init__(self) -> None:
        self.reached = 0
        self._listeners = [socket.create_server(("127.0.0.1", 0))]
        self.port: int = self._listeners[0].getsockname()[1]
        with suppress(OSError):
            self._listeners.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        self._threads = [threading.Thread(target=self._listen, args=(one,), daemon=True) for one in self._listeners]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Trap:
        return self

    def __exit__(self, *_: object) -> None:
        for listener in self._listeners:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for thread in self._threads:
            thread.join(5)

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.reached += 1
            with connection, suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
