"""``storydesk read``: files, archives and addresses to items. Also what reads a path or an address for the other
commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storydesk import wire
from storydesk.cli.filters import Failures, open_file, progress, progress_of, write
from storydesk.errors import StorydeskError, UnreadableFile

if TYPE_CHECKING:
    from storydesk.archive import Journal, Outcome
    from storydesk.gather.client import Client
    from storydesk.gather.warc import Position
    from storydesk.model import Item
    from storydesk.sandbox import Stream

__all__ = ["Reader", "command"]


class Reader:
    """Reads files and addresses, one client for all addresses, and in another process, which no document can hold. A
    context manager: leaving it closes the client and ends the process."""

    def __init__(self) -> None:
        from storydesk.sandbox import Stream

        self._open = ExitStack()
        self._client: Client | None = None
        self.stream = self._open.enter_context(Stream())

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(self, given: str) -> Item:
        """The item at a path, on standard input (``-``) or at an http(s) address. Raises a StorydeskError that says why
        where there is none."""
        from storydesk.sandbox import DocumentJob
        from storydesk.sandbox.process import LONGEST

        now = datetime.now(UTC)
        if "://" not in given:
            return self.stream.read(DocumentJob(given, None, None, now, LONGEST), open_file(given))
        from storydesk.desk.home import allowed_local
        from storydesk.gather.client import PAGE_TYPES, Client

        if self._client is None:
            self._client = self._open.enter_context(Client(allow_local=allowed_local()))
        page = self._client.fetch(given, accept=PAGE_TYPES)
        return self.stream.read(DocumentJob(None, page.final_url, page.content_type, now, LONGEST), page.body)


@click.command("read")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the items to this file.")
@click.option("--resume", is_flag=True, help="With --output: go on where a run that was ended left it.")
def command(inputs: tuple[str, ...], output: Path | None, resume: bool) -> None:
    """Files, archives and addresses to items.

    Reads HTML pages, plain text and WARC archives, prints a JSON line each: {"id", "path", "url", "source", "title",
    "author", "published", "language", "text", "comments": [{"text"}], "video"}. Paragraphs of the text are separated by
    a blank line; reader comments found in a page are kept apart. What cannot be read is named with its reason; the
    rest is done. Damaged records of an archive are named with their place, and reading goes on behind them.

    \b
    Example:
      storydesk read pages/*.txt https://example.org/news/1 > items.jsonl
      curl -s https://example.org/news/1 | storydesk read -
      storydesk read crawl.warc.gz --output items.jsonl
      storydesk read crawl.warc.gz --output items.jsonl --resume
    """
    if resume and output is None:
        raise click.UsageError("--resume goes on with a file: name it with --output")
    failures = Failures()
    with ExitStack() as stack:
        reader = stack.enter_context(Reader())
        journal = None
        if output is not None:
            from storydesk.archive import Journal

            try:
                journal = stack.enter_context(Journal(output, resume=resume))
            except StorydeskError as error:
                failures.tell(str(output), error)
                failures.exit()
        for given in progress(inputs, "read", len(inputs)) if len(inputs) > 1 else inputs:
            _read_one(given, reader, journal, failures)
    failures.exit()


def _read_one(given: str, reader: Reader, journal: Journal | None, failures: Failures) -> None:
    """Reads one input, an archive record by record."""
    from storydesk.gather.warc import START, is_archive

    start: Position | None = START if journal is None else journal.start(given)
    if start is None:
        return
    keep: Callable[[Item, Position], None] = (
        (lambda item, _: write(wire.item_record(item)))
        if journal is None
        else (lambda item, after: journal.write(wire.encode(wire.item_record(item)), given, after))
    )
    try:
        if "://" not in given and is_archive(given):
            _read_archive(given, start, keep, failures, reader.stream)
        else:
            keep(reader.read(given), START)
    except StorydeskError as error:
        failures.tell(given, error)
    if journal is not None:
        journal.finish(given)


def _read_archive(
    given: str, start: Position, keep: Callable[[Item, Position], None], failures: Failures, reader: Stream
) -> None:
    from storydesk.archive import Tally

    tally = Tally()
    for outcome in _outcomes(given, start, reader):
        tally.count(outcome)
        if outcome.item is not None:
            keep(outcome.item, outcome.after)
        elif outcome.damage is not None:
            place = f"{given}, byte {outcome.damage.position}"
            failures.tell(place, UnreadableFile(f"a record is damaged: {outcome.damage.reason}"))
        elif outcome.failed is not None:
            failures.tell(f"{given}, byte {outcome.failed.position}, {outcome.failed.url}", outcome.failed.error)
    click.echo(f"storydesk: {given}: {tally}", err=True)


def _outcomes(given: str, start: Position, reader: Stream) -> Iterator[Outcome]:
    from storydesk.archive import read_archive
    from storydesk.gather.warc import Archive

    with Archive(given, start) as archive:
        found = read_archive(archive, given, datetime.now(UTC), reader)
        yield from progress_of(found, Path(given).name, archive.size, lambda: archive.done)
