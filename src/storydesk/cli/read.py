"""``storydesk read``: files and addresses in, items out."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from storydesk import wire
from storydesk.cli.filters import Failures, open_file, progress, write
from storydesk.errors import StorydeskError

if TYPE_CHECKING:
    from storydesk.gather.client import Client
    from storydesk.model import Item

__all__ = ["Reader", "command"]


class Reader:
    """Reads files and addresses, one client for all addresses. A context manager: leaving it closes the client."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._client: Client | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(self, given: str) -> Item:
        """The item at a path or an http(s) address. Raises a StorydeskError that says why where there is none."""
        from storydesk import read

        now = datetime.now(UTC)
        if "://" not in given:
            return read.read_document(open_file(given), now=now, path=given)
        from storydesk.desk.home import allowed_local, contact
        from storydesk.gather.client import PAGE_TYPES, Client, user_agent

        if self._client is None:
            self._client = self._open.enter_context(Client(user_agent(contact()), allow_local=allowed_local()))
        page = self._client.fetch(given, accept=PAGE_TYPES)
        return read.read_document(page.body, now=now, url=page.final_url, content_type=page.content_type)


@click.command("read")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL...")
def command(inputs: tuple[str, ...]) -> None:
    """Files and addresses to items.

    Reads HTML pages and plain text, prints a JSON line each: {"id", "path", "url", "source", "title", "author",
    "published", "language", "text", "comments": [{"text"}], "video"}. Paragraphs of the text are separated by a blank
    line; reader comments found in a page are kept apart. What cannot be read is named with its reason; the rest is
    done.

    \b
    Example:
      storydesk read pages/*.txt https://example.org/news/1 > items.jsonl
    """
    failures = Failures()
    with Reader() as reader:
        for given in progress(inputs, "read", len(inputs)):
            try:
                write(wire.item_record(reader.read(given)))
            except StorydeskError as error:
                failures.tell(given, error)
    failures.exit()
