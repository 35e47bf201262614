"""``storydesk correct``: editors' corrections from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from storydesk.cli import correct_names
from storydesk.cli.correcting import desk, listing, numbers, show, take_back, who

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
@numbers
@who
def undo(numbers: tuple[int, ...], who: str) -> None:
    """Take corrections back, by the numbers that `list` shows."""
    with desk():
        from storydesk.desk import corrections

        take_back(numbers, corrections.undo, who)


@command.command("list")
@listing
def list_(which: str | None, as_json: bool) -> None:
    """List the corrections, newest first, with who and when."""
    with desk():
        from storydesk.desk.models import CorrectionRow

        rows = CorrectionRow.objects.select_related("story", "gone").prefetch_related("steps")
        show(rows, which, as_json, _record, _line, none="No corrections.")


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
    }


def _line(row: CorrectionRow) -> str:
    what = row.gone_id or " ".join(step.item_id for step in row.steps.all())
    return f"{row.pk}  {row.kind}  {what} → {row.story_id}"
