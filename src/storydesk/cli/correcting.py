"""What the commands under ``storydesk correct`` share: who corrects, and the desk that is corrected."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from getpass import getuser
from typing import Any

import click

__all__ = ["desk", "who"]

LONGEST_NAME = 150


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a process whose user has no name
        return ""


def _named(_: click.Context, __: click.Parameter, name: str) -> str:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise click.BadParameter(f"say who corrects, in 1 to {LONGEST_NAME} characters")
    return name.strip()


who: Callable[[Any], Any] = click.option(
    "--who", default=_user, callback=_named, show_default="your name", help="Who corrects, for the list."
)
"""The option that says who corrects; by default whoever runs the command."""


def desk() -> AbstractContextManager[None]:
    """The desk, opened; what its store cannot do ends the command with one line."""
    from storydesk.desk.opening import open_desk, store_errors

    open_desk()
    return store_errors()
