"""``STORYDESK_HOME``: the one folder that holds a desk's data."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path

from storydesk.errors import InputError, UnreadableFile

__all__ = [
    "MailServer",
    "allowed_local",
    "contact",
    "embed_origins",
    "home",
    "mail_server",
    "make_home",
    "proxies",
    "registration",
    "secret_key",
    "site_address",
]

CONTACT = re.compile(r"(?:https?://[!-'*-~]{3,200}|[!-'*-~]{1,64}@[!-'*-~]{3,130})")
"""Printable ASCII without blanks and brackets, which would end the comment that it is sent in."""


ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?")
"""An origin as a content policy names it (CSP3, host-source), without a path; ``*.`` stands for all hosts below."""


def home() -> Path:
    """The folder named by ``STORYDESK_HOME``, else the user's data folder. It need not exist yet."""
    named = os.environ.get("STORYDESK_HOME", "").strip()
    return Path(named).expanduser().resolve() if named else user_data_path("storydesk")


def allowed_local() -> frozenset[tuple[str, int]]:
    """The servers of one's own network that may be fetched from: (host, port) pairs in ``STORYDESK_ALLOW``.

    All other private and local addresses stay forbidden. Raises InputError for what is no pair.
    """
    pairs = [pair.strip() for pair in os.environ.get("STORYDESK_ALLOW", "").split(",") if pair.strip()]
    return frozenset(_pair(pair) for pair in pairs)


def _pair(pair: str) -> tuple[str, int]:
    host, _, port = pair.rpartition(":")
    if not host or "/" in host or not port.isdigit():
        raise InputError(f"STORYDESK_ALLOW names {pair!r}", "each must be host:port, for example intranet.local:80")
    return host.strip("[]"), int(port)


def proxies() -> tuple[IPv4Network | IPv6Network, ...]:
    """The proxies in front of the site that are believed from whom a request comes: addresses and networks in
    ``STORYDESK_PROXIES``. Raises InputError for what is neither."""
    named = [one.strip() for one in os.environ.get("STORYDESK_PROXIES", "").split(",") if one.strip()]
    try:
        return tuple(ip_network(one) for one in named)
    except ValueError as error:
        hint = "each must be an address or a network, for example 127.0.0.1 or 10.0.0.0/8"
        raise InputError(f"STORYDESK_PROXIES: {error}", hint) from None


def embed_origins() -> tuple[str, ...]:
    """The sites that may show comments in a frame: the origins in ``STORYDESK_EMBED_ORIGINS``, in lower case. Raises
    InputError for what is none: each goes into a header as it stands."""
    named = [one.strip().lower() for one in os.environ.get("STORYDESK_EMBED_ORIGINS", "").split(",") if one.strip()]
    for one in named:
        if not ORIGIN.fullmatch(one):
            hint = "each must be a scheme and a host, for example https://example.org or https://*.example.org"
            raise InputError(f"STORYDESK_EMBED_ORIGINS: {one!r} is no origin", hint)
    return tuple(named)


def contact() -> str:
    """Whom a site can write to about this desk: the page or mail address in ``STORYDESK_CONTACT``, sent with every
    request.

    Raises InputError for what is neither.
    """
    given = os.environ.get("STORYDESK_CONTACT", "").strip()
    if given and not CONTACT.fullmatch(given):
        raise InputError(
            f"STORYDESK_CONTACT is {given!r}", "it must be a page or a mail address, for example news@example.org"
        )
    return given


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that the desk's letters are handed to. ``security`` is ``tls`` from the first byte (RFC 8314),
    ``starttls`` (RFC 3207) or nothing."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


def mail_server() -> MailServer | None:
    """What ``STORYDESK_MAIL`` (smtp://user:password@host:port?tls, or smtps://) and ``STORYDESK_MAIL_FROM`` say; None
    where nothing is said.

    Raises InputError for what is no such address, for a password that would be sent in the clear to another machine,
    and where nothing says who writes the letters.
    """
    given = os.environ.get("STORYDESK_MAIL", "").strip()
    if not given:
        return None
    hint = "write it as smtp://user:password@mail.example.org:587?tls"
    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InputError("STORYDESK_MAIL is no address of a mail server", hint) from None
    if parts.scheme not in ("smtp", "smtps") or not host:
        raise InputError("STORYDESK_MAIL is no address of a mail server", hint)
    security = "tls" if parts.scheme == "smtps" else "starttls" if parts.query == "tls" else ""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and not security and host not in ("localhost", "127.0.0.1", "::1"):
        raise InputError("STORYDESK_MAIL would send its password in the clear", "add ?tls, or write smtps://")
    sender = os.environ.get("STORYDESK_MAIL_FROM", "").strip() or user
    if not CONTACT.fullmatch(sender) or "@" not in sender:
        raise InputError("nothing says who writes the desk's letters", "set STORYDESK_MAIL_FROM to a mail address")
    return MailServer(
        host, port or (465 if security == "tls" else 587 if security else 25), user, password, security, sender
    )


def registration() -> bool:
    """Whether readers make accounts by themselves: ``STORYDESK_REGISTRATION``, ``open`` or ``closed``. Raises
    InputError for what is neither: who wrote "no" would have left the door open."""
    given = os.environ.get("STORYDESK_REGISTRATION", "").strip() or "open"
    if given not in ("open", "closed"):
        raise InputError(f"STORYDESK_REGISTRATION is {given!r}", "it must be open or closed")
    return given == "open"


def site_address(hosts: list[str]) -> str:
    """Where readers find the site, for links in letters: ``STORYDESK_ADDRESS``, with a slash at its end; nothing where
    the address that a request asked for will do.

    Raises InputError for what is no address, and where the site answers to any name: then whoever asks for a letter
    would choose where its link leads.
    """
    given = os.environ.get("STORYDESK_ADDRESS", "").strip()
    hint = "set it to the site's own address, for example https://news.example.org"
    if not given and any(host.startswith(("*", ".")) for host in hosts):
        raise InputError("STORYDESK_HOSTS lets any name in, and STORYDESK_ADDRESS is not set", hint)
    if given and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/?", given):
        raise InputError(f"STORYDESK_ADDRESS is {given!r}", hint)
    return given.rstrip("/") + "/" if given else ""


def make_home() -> Path:
    """The folder, made where it is not there, for its owner alone: the tables in it have sessions, addresses and links
    that work. Raises UnreadableFile where that cannot be done."""
    try:
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(error) from None
    return home()


def _unusable(error: OSError) -> UnreadableFile:
    hint = "set STORYDESK_HOME to a folder that you may write to"
    return UnreadableFile(f"the desk's folder {home()} cannot be used: {error.strerror}", hint)


def secret_key() -> str:
    """The desk's own secret, made at first use and kept in ``secret.key``, readable by its owner alone."""
    named = os.environ.get("STORYDESK_SECRET_KEY", "")
    if named:
        return named
    file = make_home() / "secret.key"
    try:
        if not file.exists():
            _make_secret(file)
        return file.read_text().strip()
    except OSError as error:
        raise _unusable(error) from None


def _make_secret(file: Path) -> None:
    """Whole or not at all, whenever the process is killed, and the first of two processes that make one wins."""
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix="secret-")  # mode 0600
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    Path(draft).unlink()
