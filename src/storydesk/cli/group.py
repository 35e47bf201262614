"""``storydesk group``: items in, in order of arrival; the story of each out, decided at once."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, values, write


@click.command("group")
@files_argument
def command(files: tuple[str, ...]) -> None:
    """Items to stories, online: each is decided as it arrives and never taken back, except by a later merge of two
    stories.

    Reads JSON Lines of items ({"id", "title", "text"}, maybe "outlet", "published") in order of arrival. Prints a line
    each: {"id", "story", "score", "why"}; and {"merged": [kept, gone], "why"} where two stories turn out to be one.

    \b
    Example:
      storydesk group items.jsonl
      storydesk read pages/*.html | storydesk group
    """
    from storydesk.group import Grouper, characterise
    from storydesk.language import encode
    from storydesk.model import Account

    failures = Failures()
    grouper = Grouper()
    for item in values(files, wire.item_from, failures, "group"):
        placement, merges = grouper.place(characterise(Account(item), encode))
        write(wire.placement_record(placement))
        for merge in merges:
            write(wire.merge_record(merge))
    failures.exit()
