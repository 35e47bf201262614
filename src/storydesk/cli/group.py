"""``storydesk group``: items in, in order of arrival; the story of each out, decided at once."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, values, write


@click.command("group")
@files_argument
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="For archives: characterise the items in so many processes. The stories are the same.",
)
def command(files: tuple[str, ...], processes: int) -> None:
    """Items to stories, online: each is decided as it arrives and never taken back, except by a later merge of two
    stories.

    Reads JSON Lines of items ({"id", "title", "text"}, maybe "outlet", "published") in order of arrival. Prints a line
    each: {"id", "story", "score", "why"}; and {"merged": [kept, gone], "why"} where two stories turn out to be one.

    \b
    Example:
      storydesk group items.jsonl
      storydesk read pages/*.html | storydesk group
      storydesk group archive.jsonl --processes 8 > stories.jsonl
    """
    from storydesk.archive import traits_of
    from storydesk.group import Grouper

    failures = Failures()
    grouper = Grouper()
    for traits in traits_of(values(files, wire.item_from, failures, "group"), processes):
        placement, merges = grouper.place(traits)
        write(wire.placement_record(placement))
        for merge in merges:
            write(wire.merge_record(merge))
    failures.exit()
