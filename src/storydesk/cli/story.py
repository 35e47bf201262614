"""``storydesk story``: files and addresses in, the stories in them out, for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storydesk.cli.filters import Failures, write
from storydesk.errors import InputError, StorydeskError, UnreadableFile

if TYPE_CHECKING:
    from storydesk.coverage import Coverage
    from storydesk.model import Account, Item

    Told = tuple[Coverage, Sequence[Account]]

__all__ = ["command"]


@click.command("story")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option("--json", "as_json", is_flag=True, help="Print each story's coverage document, one line a story.")
@click.option("--html", type=click.Path(dir_okay=False), metavar="FILE", help="Write the stories as one page.")
def command(inputs: tuple[str, ...], as_json: bool, html: str | None) -> None:
    """Show the stories in some files or addresses, every account side by side.

    Reads each as `storydesk read` does, puts what reports the same event into one story and shows, for each: the
    accounts, in brief, who said what in which wording, what all and what only one of them tell, and the places and
    people in it.

    \b
    Examples:
      storydesk story pages/*.txt
      storydesk story https://example.org/news/1 saved.html --html story.html
      storydesk story pages/*.html --json | jq .headline
    """
    failures = Failures()
    accounts = list(_accounts(inputs, failures))
    if not accounts:
        raise InputError("nothing could be read, so there is no story to show")
    stories = _stories(accounts)
    if html:
        _write_page(Path(html), stories)
    if as_json:
        from storydesk.wire import coverage_record

        for coverage, _ in stories:
            write(coverage_record(coverage))
    elif not html:
        _show(stories)
    failures.exit()


def _accounts(inputs: tuple[str, ...], failures: Failures) -> Iterator[Account]:
    """The account at each input; what cannot be read is named, and what was given twice is taken once."""
    from storydesk import pipeline
    from storydesk.cli.read import Reader
    from storydesk.desk.knowing import tools

    seen: set[str] = set()
    once = {given if "://" in given else os.path.realpath(given): given for given in reversed(inputs)}
    with _bar(len(once)) as step, Reader() as reader:
        for given in reversed(once.values()):
            step(given)
            item: Item | None = None
            try:
                item = reader.read(given)
            except StorydeskError as error:
                failures.tell(given, error)
            if item and item.id not in seen:
                seen.add(item.id)
                yield pipeline.account(item, tools())


def _stories(accounts: Sequence[Account]) -> list[Told]:
    """The stories among the accounts, those of most independent origins first."""
    from storydesk import pipeline
    from storydesk.desk import knowing

    tools = knowing.tools()
    found, placements = pipeline.stories(accounts, tools)
    why = {item: placement.why for item, placement in placements.items()}
    told = [(pipeline.cover(story, members, tools, why=why), members) for story, members in found.items()]
    return sorted(told, key=lambda entry: (-len(entry[0].origins), -len(entry[0].items)))


def _show(stories: Sequence[Told]) -> None:
    from rich.console import Console

    from storydesk.cli.terminal import show

    console = Console(highlight=False, markup=False, emoji=False)
    for coverage, members in stories:
        show(coverage, members, console)


def _write_page(file: Path, stories: Sequence[Told]) -> None:
    from storydesk.site.standalone import render

    try:
        file.write_text(render(stories), encoding="utf-8")
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"storydesk: wrote {file}", err=True)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while that is a terminal, gone when done; what it gives is called before each input."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=-1)
        yield lambda given: bar.update(task, advance=1, description=given)
