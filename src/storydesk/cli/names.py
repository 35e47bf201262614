"""``storydesk names``: items in, the names in them out."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, lines, progress, write
from storydesk.errors import InputError


@click.command("names")
@files_argument
def command(files: tuple[str, ...]) -> None:
    """Items to the names in them, linked to the knowledge base where that is sure.

    Reads JSON Lines of items ({"id", "title", "text"}), prints a line each: {"id", "mentions": [{"start", "end",
    "type", "entity", "name", "score"}]}. Offsets are code points into the text given; entity is a Wikidata QID or a
    desk id, or null.

    \b
    Example:
      echo '{"id":"1","text":"Talks resumed in Reykjavik on Monday."}' | storydesk names
    """
    from storydesk import pipeline

    failures = Failures()
    for place, record in progress(lines(files, failures), "names"):
        try:
            item = wire.item_from(record)
        except InputError as error:
            failures.tell(place, error)
            continue
        told = pipeline.account(item, pipeline.default_tools())
        write(wire.mentions_record(item, told.mentions))
    failures.exit()
