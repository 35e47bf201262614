"""Every error that Storydesk raises on purpose, as one tree.

    StorydeskError
    ├── InputError            what was given cannot be used; says what was wrong and what to try
    │   ├── UnreadableFile    missing, empty, a directory, binary, not decodable
    │   ├── MalformedRecord   a JSON line that breaks the contract of a filter
    │   └── NotAFeed          an address answered, but not with a feed
    ├── GatherError           the network's side of things
    │   ├── BadAddress        not an http(s) address, or it cannot be parsed
    │   ├── ForbiddenAddress  leads to an address that the guard refuses
    │   ├── Disallowed        robots.txt says no
    │   ├── Gone              404, 410: there is nothing here
    │   ├── Refused           another 4xx: the server, or who stands before it, will not give it
    │   ├── TooLarge          over a cap on bytes, headers or redirects
    │   ├── TooSoon           the host asked to be left alone for now: nothing was sent  (permanent = False)
    │   └── Unreachable       no name, no connection, a hang, too slow, a 5xx; may pass  (permanent = False)
    └── DeskError             the desk's own house
        ├── StoreTooNew       the database was written by a newer version
        ├── StoreFull         the disk is full                                     (permanent = False)
        ├── PortInUse         another program listens there                        (permanent = False)
        ├── AlreadyRunning    another process works on this STORYDESK_HOME         (permanent = False)
        └── NotFound          the desk has no such source, story or item

``permanent`` says whether trying the same thing again later is pointless: the worker retries what may pass and rests
what will not. Each error carries one sentence for a person (``str(error)``) and, where there is one, a hint of what to
try.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "AlreadyRunning",
    "BadAddress",
    "DeskError",
    "Disallowed",
    "ForbiddenAddress",
    "GatherError",
    "Gone",
    "InputError",
    "MalformedRecord",
    "NotAFeed",
    "NotFound",
    "PortInUse",
    "Refused",
    "StoreFull",
    "StoreTooNew",
    "StorydeskError",
    "TooLarge",
    "TooSoon",
    "Unreachable",
    "UnreadableFile",
]


class StorydeskError(Exception):
    """The root. ``message`` is one sentence that names what failed; ``hint`` says what to try."""

    permanent: ClassVar[bool] = True

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class InputError(StorydeskError):
    """What was given cannot be used."""


class UnreadableFile(InputError):
    """A path that is missing, empty, a directory, binary or not decodable."""


class MalformedRecord(InputError):
    """A JSON line that breaks the contract of a filter."""


class NotAFeed(InputError):
    """Bytes that were fetched as a feed and are none, such as an HTML error page."""


class GatherError(StorydeskError):
    """Something between us and a server. ``by`` names who stands in the way, in words for a person."""

    usually: ClassVar[str] = "the server itself"

    def __init__(self, message: str, hint: str = "", *, by: str = "") -> None:
        super().__init__(message, hint)
        self.by = by or self.usually


class BadAddress(GatherError):
    """Not an http or https address."""

    usually = "the address itself"


class ForbiddenAddress(GatherError):
    """The name leads to a private, local or otherwise reserved address."""

    usually = "this desk's own guard"


class Disallowed(GatherError):
    """The site's robots.txt does not let us fetch it."""

    usually = "robots.txt"


class Gone(GatherError):
    """The server says that there is nothing (404, 410). ``for_good`` where it says so (410)."""

    def __init__(self, message: str, hint: str = "", *, by: str = "", for_good: bool = False) -> None:
        super().__init__(message, hint, by=by)
        self.for_good = for_good


class Refused(GatherError):
    """The server, or a service in front of it, will not give it to us (another 4xx)."""


class TooLarge(GatherError):
    """More bytes, headers or redirects than the caps allow."""

    usually = "this desk's own limits"


class TooSoon(GatherError):
    """Nothing was asked: the host wishes to be left alone for another ``wait`` seconds (Crawl-delay, Retry-After)."""

    permanent = False
    usually = "this desk's own manners"

    def __init__(self, message: str, wait: float) -> None:
        super().__init__(message, "it is asked when its time has come")
        self.wait = wait


class Unreachable(GatherError):
    """No such name, no connection, a hang, too slow, bad TLS or a 5xx.

    ``retry_after`` is the server's own wish in seconds, where it stated one (RFC 9110, 10.2.3), and ``host`` whose
    wish it is: after a redirect, not the one first asked.
    """

    permanent = False

    def __init__(
        self, message: str, hint: str = "", retry_after: float | None = None, *, by: str = "", host: str = ""
    ) -> None:
        super().__init__(message, hint, by=by)
        self.retry_after = retry_after
        self.host = host


class DeskError(StorydeskError):
    """Something about the desk's own data or process."""


class StoreTooNew(DeskError):
    """The database was written by a newer Storydesk."""


class StoreFull(DeskError):
    """The disk that holds the database is full."""

    permanent = False


class PortInUse(DeskError):
    """Another program listens on the address the site was to use."""

    permanent = False


class AlreadyRunning(DeskError):
    """Another process already works on this desk."""

    permanent = False


class NotFound(DeskError):
    """The desk has no such thing."""
