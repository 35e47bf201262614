"""``storydesk correct names``: editors' corrections of names from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import click

from storydesk.cli.correcting import desk, listing, numbers, show, take_back, who

if TYPE_CHECKING:
    from storydesk.desk.models import RulingRow
    from storydesk.desk.rulings import Scope

entity: Callable[[Any], Any] = click.argument("entity")


def where(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where a correction holds."""
    command = click.option("--form", default="", help="Only where the name reads so.")(command)
    command = click.option("--item", default="", help="Only in this item.")(command)
    return click.option("--story", default="", help="In this story, and in what comes to it.")(command)


@click.group("names")
def command() -> None:
    """Correct whom or what names stand for: not this, another, two are one; undo; list.

    An entity, a story or an item is given by its id or by the address of its page; `storydesk knowledge show NAME`
    tells the ids of what is known. Later linking obeys, and every correction can be undone.

    \b
    Example:
      storydesk correct names not Q90 --story 5f0c92a1b7d3e864
      storydesk correct names is Q90 Q830149 --story 5f0c92a1b7d3e864 --form Paris
      storydesk correct names one Q7747 person:desk:wladimir-putin
    """


@command.command("not")
@entity
@where
@who
def not_(entity: str, story: str, item: str, form: str, who: str) -> None:
    """Nothing there is ENTITY: no name is linked to it, and its card goes."""
    scope = _scope(story, item, form)
    with desk():
        from storydesk.desk import rulings

        _tell(rulings.not_this(_entity(entity), scope(), who, datetime.now(UTC)))


@command.command("is")
@entity
@click.argument("other")
@where
@who
def is_(entity: str, other: str, story: str, item: str, form: str, who: str) -> None:
    """What is taken for ENTITY there is OTHER."""
    scope = _scope(story, item, form)
    with desk():
        from storydesk.desk import rulings

        _tell(rulings.is_another(_entity(entity), _entity(other), scope(), who, datetime.now(UTC)))


@command.command("one")
@click.argument("kept")
@click.argument("gone")
@who
def one(kept: str, gone: str, who: str) -> None:
    """Two entities are one: whatever is taken for GONE is KEPT, everywhere, and its page leads there."""
    with desk():
        from storydesk.desk import rulings

        _tell(rulings.one(_entity(kept), _entity(gone), who, datetime.now(UTC)))


@command.command("undo")
@numbers
@who
def undo(numbers: tuple[int, ...], who: str) -> None:
    """Take corrections of names back, by the numbers that `list` shows."""
    with desk():
        from storydesk.desk import rulings

        take_back(numbers, rulings.undo, who)


@command.command("list")
@listing
def list_(which: str | None, as_json: bool) -> None:
    """List the corrections of names, newest first, with who and when."""
    with desk():
        from storydesk.desk.models import RulingRow

        rows = RulingRow.objects.prefetch_related("items")
        show(rows, which, as_json, _record, _line, none="No corrections of names.")


def _scope(story: str, item: str, form: str) -> Callable[[], Scope]:
    """Where a correction holds, once the desk is open. Raises UsageError unless a story or an item is given."""
    if bool(story) == bool(item):
        raise click.UsageError("say where: --story or --item")

    def scope() -> Scope:
        from storydesk.desk.addresses import named
        from storydesk.desk.rulings import Scope

        return Scope(named(story), named(item), form)

    return scope


def _entity(given: str) -> str:
    """The id of an entity that is given by it or by its page's address."""
    before, names, after = given.strip().partition("/names/")
    return unquote(after.partition("#")[0].partition("?")[0].rstrip("/")) if names else before


def _tell(row: RulingRow) -> None:
    click.echo(f"{row.pk} {_said(row)}")


def _said(row: RulingRow) -> str:
    named = f"“{row.form}”, taken for {row.name} ({row.entity})," if row.form else f"{row.name} ({row.entity})"
    if row.kind == "one":
        return f"{named} is one with {row.other_name} ({row.other})"
    there = f"in story {row.story_id}" if row.story_id else f"in item {' '.join(item.pk for item in row.items.all())}"
    return f"{named} is {f'{row.other_name} ({row.other})' if row.other else 'nothing'} {there}"


def _record(row: RulingRow) -> dict[str, object]:
    return {
        "number": row.pk,
        "kind": row.kind,
        "entity": row.entity,
        "name": row.name,
        "other": row.other or None,
        "form": row.form or None,
        "story": row.story_id,
        "items": [item.pk for item in row.items.all()],
    }


def _line(row: RulingRow) -> str:
    return f"{row.pk}  {_said(row)}"
