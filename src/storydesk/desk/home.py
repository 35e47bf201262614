"""``STORYDESK_HOME``: the one folder that holds a desk's data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

from storydesk.errors import InputError, UnreadableFile

__all__ = ["allowed_local", "home", "make_home", "secret_key"]


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
    if not host or not port.isdigit():
        raise InputError(f"STORYDESK_ALLOW names {pair!r}", "each must be host:port, for example intranet.local:80")
    return host.strip("[]"), int(port)


def make_home() -> Path:
    """The folder, made where it is not there. Raises UnreadableFile where that cannot be done."""
    try:
        home().mkdir(parents=True, exist_ok=True)
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
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise _unusable(error) from None
    else:
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
