"""``storydesk correct``: editors' corrections from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from storydesk.cli import correct_names
from storydesk.cli.correcting import desk, who
from storydesk.cli.filters import Failures
from storydesk.errors import StorydeskError

if TYPE_CHECKING:
    from storydesk.desk.models import CorrectionRow

items: Callable[[Any], Any] = click.argument("items", nargs=-1, required=True, metavar="ITEM...")


@click.group("correct")
def command() -> None:
    """Correct which items stand together: split, merge, move, pin; undo; list. And whom names stand for: names.

    Stories and items are given by their ids or by the addresses of their pages. Later grouping obeys what was
    corrected, a story's address never dies, and every correction can be undone.

    \b
    Example:
      storydesk correct split 5f0c92a1b7d3e864 --who ana
      storydesk correct list --in-force
      storydesk correct undo 3
    """


command.add_command(correct_names.command)


@command.command("split")
@items
@who
def split(items: tuple[str, ...], who: str) -> None:
    """Take items out of their story into a new one."""
    with desk():
        from storydesk.desk import corrections

        _tell(corrections.split(_ids(items), who, datetime.now(UTC)))


@command.command("move")
@items
@click.argument("story")
@who
def move(items: tuple[str, ...], story: str, who: str) -> None:
    """Move items into STORY."""
    with desk():
        from storydesk.desk import corrections

        _tell(corrections.move(_ids(items), _ids((story,))[0], who, datetime.now(UTC)))


@command.command("merge")
@click.argument("kept")
@click.argument("gone")
@who
def merge(kept: str, gone: str, who: str) -> None:
    """Make two stories one: the items of GONE come to KEPT, and its address leads there."""
    with desk():
        from storydesk.desk import corrections

        one, other = _ids((kept, gone))
        _tell(corrections.merge(one, other, who, datetime.now(UTC)))


@command.command("pin")
@items
@who
def pin(items: tuple[str, ...], who: str) -> None:
    """Hold items in their story, and the story at its address."""
    with desk():
        from storydesk.desk import corrections

        _tell(corrections.pin(_ids(items), who, datetime.now(UTC)))


@command.command("undo")
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER...")
@who
def undo(numbers: tuple[int, ...], who: str) -> None:
    """Take corrections back, by the numbers that `list` shows."""
    failures = Failures()
    with desk():
        from storydesk.desk import corrections

        for number in numbers:
            try:
                corrections.undo(number, who, datetime.now(UTC))
            except StorydeskError as error:
                failures.tell(str(number), error)
            else:
                click.echo(f"{number} is taken back.")
    failures.exit()


@command.command("list")
@click.option("--in-force", "which", flag_value="in-force", help="Only those that hold.")
@click.option("--undone", "which", flag_value="undone", help="Only those taken back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a correction.")
def list_(which: str | None, as_json: bool) -> None:
    """List the corrections, newest first, with who and when."""
    with desk():
        from storydesk.desk.models import CorrectionRow

        rows = CorrectionRow.objects.select_related("story", "gone").prefetch_related("steps").order_by("-pk")
        if which:
            rows = rows.filter(undone_at__isnull=which == "in-force")
        for row in rows:
            click.echo(json.dumps(_record(row), ensure_ascii=False) if as_json else _line(row))
        if not rows and not as_json:
            click.echo("No corrections.")


def _ids(given: tuple[str, ...]) -> list[str]:
    from storydesk.desk.addresses import named

    return [named(one) for one in given]


def _tell(row: CorrectionRow) -> None:
    click.echo(f"{row.pk} {row.kind}: story {row.story_id}")


def _record(row: CorrectionRow) -> dict[str, object]:
    return {
        "number": row.pk,
        "kind": row.kind,
        "story": row.story_id,
        "merged": row.gone_id,
        "items": [{"id": step.item_id, "stood": step.stood_id} for step in row.steps.all()],
        "who": row.who,
        "at": row.at.isoformat(),
        "undone_by": row.undone_by or None,
        "undone_at": row.undone_at.isoformat() if row.undone_at else None,
    }


def _line(row: CorrectionRow) -> str:
    what = row.gone_id or " ".join(step.item_id for step in row.steps.all())
    undone = f", taken back by {row.undone_by} {row.undone_at:%Y-%m-%d %H:%M}" if row.undone_at else ""
    return f"{row.pk}  {row.kind}  {what} → {row.story_id}  {row.who} {row.at:%Y-%m-%d %H:%M}{undone}"
