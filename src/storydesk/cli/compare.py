"""``storydesk compare``: the items of one story in, its coverage out."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, values, write
from storydesk.errors import InputError, MalformedRecord


@click.command("compare")
@click.option("--story", default="story", show_default=True, help="The id that the coverage document bears.")
@files_argument
def command(story: str, files: tuple[str, ...]) -> None:
    """The items of one story to its coverage.

    Reads JSON Lines of items ({"id", "title", "text"}, maybe "outlet", "url", "published"), all of one story, and
    prints one coverage document: {"story", "headline", "brief", "utterances", "statements", "differences", …}. Every
    passage in it has {"item", "revision", "start", "end", "text"}, where text is that item's text[start:end].

    \b
    Example:
      storydesk read pages/*.txt | storydesk compare > coverage.json
    """
    from storydesk import pipeline
    from storydesk.desk import knowing

    failures = Failures()
    tools = knowing.tools()
    accounts = {}
    for item in values(files, wire.item_from, failures, "compare"):
        if item.id in accounts:
            failures.tell(
                "compare", MalformedRecord(f"a second item with the id {item.id}", "each item needs an id of its own")
            )
        else:
            accounts[item.id] = pipeline.account(item, tools)
    if not accounts:
        raise InputError("no items, so there is nothing to compare")
    write(wire.coverage_record(pipeline.cover(story, list(accounts.values()), tools)))
    failures.exit()
