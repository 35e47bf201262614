"""``storydesk names``: items in, the names in them out."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, values, write


@click.command("names")
@files_argument
def command(files: tuple[str, ...]) -> None:
    """Items to the names in them, linked to the knowledge base where that is sure.

    Reads JSON Lines of items ({"id", "title", "text"}), prints a line each: {"id", "mentions": [{"start", "end",
    "type", "entity", "name", "score", "via"}]}. Offsets are code points into the text given. entity is a Wikidata
    QID or a desk id, or null where nothing is sure; name is the fullest form the item gives; via says whether the
    words are the name itself, a demonym ("Icelandic") or a capital that stands for its government ("metonym").

    \b
    Example:
      echo '{"id":"1","text":"Talks resumed in Reykjavik on Monday."}' | storydesk names
    """
    from storydesk import pipeline
    from storydesk.desk.knowing import tools

    failures = Failures()
    for item in values(files, wire.item_from, failures, "names"):
        write(wire.mentions_record(item, pipeline.names(item, tools())))
    failures.exit()
