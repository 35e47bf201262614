"""What the commands under ``storydesk correct`` share: who corrects, the desk that is corrected, how corrections are
listed and how they are taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Any, TypeVar

import click

from storydesk.cli.filters import Failures
from storydesk.errors import StorydeskError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from storydesk.desk.models import CorrectionRow, RulingRow

__all__ = ["desk", "listing", "numbers", "show", "take_back", "who"]

Row = TypeVar("Row", "CorrectionRow", "RulingRow")

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


numbers: Callable[[Any], Any] = click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER...")
"""The numbers of corrections, as lists show them."""


def take_back(numbers: Iterable[int], undo: Callable[[int, str, datetime], object], who: str) -> None:
    """Takes corrections back one by one. Ends the command with status 1 where some could not be, each named."""
    failures = Failures()
    for number in numbers:
        try:
            undo(number, who, datetime.now(UTC))
        except StorydeskError as error:
            failures.tell(str(number), error)
        else:
            click.echo(f"{number} is taken back.")
    failures.exit()


def listing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which corrections are listed, and how."""
    command = click.option("--json", "as_json", is_flag=True, help="One JSON line a correction.")(command)
    command = click.option("--undone", "which", flag_value="undone", help="Only those taken back.")(command)
    return click.option("--in-force", "which", flag_value="in-force", help="Only those that hold.")(command)


def show(
    rows: QuerySet[Row],
    which: str | None,
    as_json: bool,
    record: Callable[[Row], dict[str, object]],
    line: Callable[[Row], str],
    none: str,
) -> None:
    """Writes the corrections, newest first, with who and when; ``none`` where there are none."""
    listed = rows.order_by("-pk")
    if which:
        listed = listed.filter(undone_at__isnull=which == "in-force")
    for row in listed:
        click.echo(json.dumps(record(row) | _by(row), ensure_ascii=False) if as_json else f"{line(row)}{_signed(row)}")
    if not listed and not as_json:
        click.echo(none)


def _by(row: CorrectionRow | RulingRow) -> dict[str, object]:
    return {
        "who": row.who,
        "at": row.at.isoformat(),
        "undone_by": row.undone_by or None,
        "undone_at": row.undone_at.isoformat() if row.undone_at else None,
    }


def _signed(row: CorrectionRow | RulingRow) -> str:
    undone = f", taken back by {row.undone_by} {row.undone_at:%Y-%m-%d %H:%M}" if row.undone_at else ""
    return f"  {row.who} {row.at:%Y-%m-%d %H:%M}{undone}"
