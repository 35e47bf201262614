"""``storydesk knowledge``: what the desk knows of the names in the news, and how it learns more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from storydesk.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

    from storydesk.model import Entity, Fact

NAMED_AT_MOST = 20
"""Damaged lines named one by one; the rest are counted."""


@click.group("knowledge")
def command() -> None:
    """What the desk knows of the names in the news, and how it learns more.

    \b
    Examples:
      storydesk knowledge import latest-all.json.bz2
      storydesk knowledge add "Harbour Watch" --type organisation --description "Residents' group in Larnholm."
      storydesk knowledge alias Q35 "Kingdom of the Danes"
      storydesk knowledge show Denmark
    """


@command.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--rules", "rules_file", type=click.Path(path_type=Path), help="What to keep, instead of the rules here.")
@click.option("--again", is_flag=True, help="Begin anew, also where this file was imported before.")
def bring(path: Path, rules_file: Path | None, again: bool) -> None:
    """Import a Wikidata JSON dump, whole or filtered: plain, gzip or bzip2.

    An import that was broken off goes on where it was. Lines that cannot be read are named and passed over, and the
    command then ends with status 1.
    """
    from storydesk.desk.home import make_home
    from storydesk.desk.knowing import imported
    from storydesk.desk.opening import store_errors
    from storydesk.knowledge.choosing import rules
    from storydesk.knowledge.importing import bring_in
    from storydesk.knowledge.stream import Broken, identity
    from storydesk.knowledge.table import Writer

    chosen = rules(rules_file)
    identity(path)
    make_home()
    broken: Broken | None = None
    with store_errors():
        writer = Writer(imported())
        tell = Damage(path)
        try:
            with _bar(path) as seen:
                reached = bring_in(path, writer, chosen, again=again, damaged=tell, seen=seen)
        except Broken as error:
            broken = error
        else:
            click.echo(
                f"{reached.lines:,} items read, {reached.kept:,} kept, {reached.damaged:,} lines damaged; "
                f"{writer.count('entity'):,} entities with {writer.count('name'):,} names are imported now."
            )
        writer.close()
    if broken:
        click.echo(f"storydesk: {path}: {broken}", err=True)
    tell.rest()
    sys.exit(1 if broken or tell.count else 0)


class Damage:
    """Names the first damaged lines on standard error and counts the rest."""

    def __init__(self, path: Path) -> None:
        self.count = 0
        self._path = path

    def __call__(self, line: int, why: str) -> None:
        """One more."""
        self.count += 1
        if self.count <= NAMED_AT_MOST:
            click.echo(f"storydesk: {self._path}, line {line}: {why}", err=True)

    def rest(self) -> None:
        """How many were not named."""
        if self.count > NAMED_AT_MOST:
            click.echo(f"storydesk: {self._path}: {self.count - NAMED_AT_MOST:,} more lines are damaged", err=True)


@contextmanager
def _bar(path: Path) -> Iterator[Callable[[int], None]]:
    """A bar of the bytes read, on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("import", total=path.stat().st_size)
        yield lambda done: bar.update(task, completed=done)


@command.command("add")
@click.argument("name")
@click.option("--type", "kind", type=click.Choice(get_args(EntityType)), required=True, help="What it is.")
@click.option("--id", "entity_id", help="Its Wikidata item, where it has one.")
@click.option("--description", default="", help="One sentence.")
@click.option("--alias", "aliases", multiple=True, help="Another name; may be given several times.")
@click.option("--country", help="ISO 3166-1 code.")
@click.option("--fact", "facts", multiple=True, metavar="LABEL=VALUE", help="A fact; may be given several times.")
@click.option("--weight", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="How much it is talked of.")
def add(
    name: str,
    kind: EntityType,
    entity_id: str | None,
    description: str,
    aliases: tuple[str, ...],
    country: str | None,
    facts: tuple[str, ...],
    weight: float,
) -> None:
    """Add an entity of the desk's own. Prints its id."""
    from storydesk.desk.knowing import known, new_entry, store
    from storydesk.errors import InputError
    from storydesk.knowledge.base import is_item
    from storydesk.knowledge.lexicon import slug
    from storydesk.model import Entity

    if entity_id and not is_item(entity_id):
        raise InputError(f"{entity_id!r} is no Wikidata item", "an item is Q and digits, for example Q35")
    entry = Entity(
        entity_id or f"own:{slug(name)}",
        name,
        kind,
        description,
        aliases,
        tuple(_fact(each) for each in facts),
        None,
        country,
        weight,
    )
    kept = new_entry(entry)
    if known().entity(entry.id):
        raise InputError(f"{entry.id} is known already", f"change it: storydesk knowledge edit {entry.id}")
    store(kept)
    click.echo(entry.id)


@command.command("edit")
@click.argument("entity_id", metavar="ID")
@click.option("--name", help="Its name.")
@click.option("--type", "kind", type=click.Choice(get_args(EntityType)), help="What it is.")
@click.option("--description", help="One sentence.")
@click.option("--country", help="ISO 3166-1 code.")
@click.option("--fact", "facts", multiple=True, metavar="LABEL=VALUE", help="Stands in place of facts of that label.")
@click.option("--weight", type=click.FloatRange(0, 1), help="How much it is talked of.")
def edit(entity_id: str, facts: tuple[str, ...], kind: EntityType | None, **given: object) -> None:
    """Change what is known of an entity. What was built in or imported stays beneath, and the desk's word comes
    first."""
    from dataclasses import replace

    from storydesk.desk.knowing import new_entry, overlay, store

    entry = overlay(entity_id)
    said = {field: value for field, value in {**given, "type": kind}.items() if value is not None}
    if not said and not facts:
        raise click.UsageError("nothing to change: give an option, see --help")
    fresh = [_fact(each) for each in facts]
    labels = {fact.label for fact in fresh}
    kept = tuple(fact for fact in entry.facts if fact.label not in labels)
    store(new_entry(replace(entry, facts=(*fresh, *kept), **said)))  # type: ignore[arg-type]
    click.echo(f"{entity_id} is changed.")


@command.command("alias")
@click.argument("entity_id", metavar="ID")
@click.argument("names", nargs=-1, required=True)
@click.option("--remove", is_flag=True, help="Take away names that the desk gave.")
def alias(entity_id: str, names: tuple[str, ...], remove: bool) -> None:
    """Give an entity further names."""
    from dataclasses import replace

    from storydesk.desk.knowing import new_entry, overlay, store
    from storydesk.errors import NotFound

    entry = overlay(entity_id)
    missing = [name for name in names if name not in entry.aliases]
    if remove and missing:
        raise NotFound(f"{entity_id} has no name {missing[0]!r} of the desk's own", "see storydesk knowledge show")
    aliases = tuple(each for each in entry.aliases if each not in names) if remove else (*entry.aliases, *missing)
    store(new_entry(replace(entry, aliases=aliases)))
    click.echo(f"{entity_id} is also called {', '.join(aliases)}." if aliases else f"{entity_id} has no further name.")


@command.command("show")
@click.argument("name")
def show(name: str) -> None:
    """What is known of an id, or of everything that bears a name."""
    from storydesk.desk.knowing import known
    from storydesk.errors import NotFound

    base = known()
    found = [entity] if (entity := base.entity(name)) else list(base.named(name))
    if not found:
        raise NotFound(f"nothing is known as {name}", "add it: storydesk knowledge add NAME --type TYPE")
    for each in found:
        click.echo(_shown(each))


@command.command("coverage")
def coverage() -> None:
    """What is built in: entities by kind, and how many of them have which fact from where."""
    from storydesk.knowledge import built_in
    from storydesk.knowledge.covered import covered

    for line in covered(built_in()):
        click.echo(line)


def _fact(given: str) -> Fact:
    from storydesk.desk.knowing import ORIGIN
    from storydesk.model import Fact

    label, equals, value = (part.strip() for part in given.partition("="))
    if not (label and equals and value):
        raise click.BadParameter(f"{given!r} is not LABEL=VALUE", param_hint="--fact")
    return Fact(label, value, ORIGIN)


def _shown(entity: Entity) -> str:
    lines = [f"{entity.id}  {entity.name}  ({entity.type}, weight {entity.weight:g})"]
    if entity.description:
        lines.append(f"  {entity.description}")
    if entity.aliases:
        lines.append(f"  also: {', '.join(entity.aliases)}")
    for fact in entity.facts:
        lines.append(f"  {fact.label}: {fact.value} [{fact.origin}{f', {fact.date}' if fact.date else ''}]")
    return "\n".join(lines)
