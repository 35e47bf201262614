"""``storydesk quotes``: items in, who said what out."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, values, write


@click.command("quotes")
@files_argument
def command(files: tuple[str, ...]) -> None:
    """Items to who said what, in which words, and through whom.

    Reads JSON Lines of items ({"id", "title", "text"}), prints a line each: {"id", "attributions": [{"content":
    [[a, b]…], "cue": [[a, b]…], "source": [[a, b]…], "speaker", "kind", "through", "quoted"}]}. Offsets are code points
    into the text given; kind is direct, indirect or mixed; quoted are the pieces that stand between quotation marks.

    \b
    Example:
      echo '{"id":"1","text":"“The bridge is safe,” Mayor Ana Ruiz said."}' | storydesk quotes
    """
    from storydesk import pipeline
    from storydesk.desk.knowing import tools

    failures = Failures()
    for item in values(files, wire.item_from, failures, "quotes"):
        write(wire.attributions_record(item, pipeline.quotes(item, tools())))
    failures.exit()
