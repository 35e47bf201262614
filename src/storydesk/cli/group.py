"""``storydesk group``: items in, in order of arrival; the story of each out, decided at once."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, lines, progress, write
from storydesk.errors import InputError


@click.command("group")
@files_argument
def command(files: tuple[str, ...]) -> None:
    """Items to stories, online: each is decided as it arrives and never taken back, except by a later merge of two
    stories.

    Reads JSON Lines of items ({"id", "title", "text"}, maybe "outlet", "published") in order of arrival. Prints a line
    each: {"id", "story", "score", "why"}; and {"merged": [kept, gone], "why"} where two stories turn out to be one.

    \b
    Example:
      storydesk group <<'END'
      {"id":"a","title":"Ferry aground off Bergen","text":"A ferry with 84 people ran aground off Bergen."}
      {"id":"b","title":"84 rescued from ferry near Bergen","text":"All 84 on a ferry that ran aground off Bergen are
      safe."} END
    """
    from storydesk.group import Grouper, characterise
    from storydesk.language import encode
    from storydesk.model import Account

    failures = Failures()
    grouper = Grouper()
    for place, record in progress(lines(files, failures), "group"):
        try:
            item = wire.item_from(record)
        except InputError as error:
            failures.tell(place, error)
            continue
        placement, merges = grouper.place(characterise(Account(item), encode))
        write(wire.placement_record(placement))
        for merge in merges:
            write(wire.merge_record(merge))
    failures.exit()
