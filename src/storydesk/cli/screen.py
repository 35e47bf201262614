"""``storydesk screen``: comments in, verdicts out."""

from __future__ import annotations

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, values, write


@click.command("screen")
@files_argument
def command(files: tuple[str, ...]) -> None:
    """Comments to verdicts: publish, hold or reject, with reasons.

    Reads JSON Lines of comments ({"id", "text"}, maybe "thread", "author", "published": how many of the author's were
    published, "recent": how many came from the same sender in the last minutes, and "copies": how often the same words
    came before). Prints a line each: {"id", "verdict", "score", "reasons": [{"rule", "start", "end"}]}. Offsets are
    code points into the text.

    \b
    Example:
      echo '{"id":"1","text":"You are a pathetic liar."}' | storydesk screen
    """
    from storydesk.language import encode
    from storydesk.moderate import DEFAULT, screen

    failures = Failures()
    for comment in values(files, wire.comment_from, failures, "screen"):
        write(wire.verdict_record(screen(comment, DEFAULT, encode)))
    failures.exit()
