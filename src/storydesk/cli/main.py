"""``storydesk``: the list of commands. A command's module is imported only when it is the one called, so help stays
instant."""

from __future__ import annotations

import errno
import sys
from importlib import import_module

import click

from storydesk.errors import StorydeskError

__all__ = ["main"]

COMMANDS = {
    "story": "Show the stories in some files or addresses, every account side by side.",
    "demo": "Serve the demo edition, offline.",
    "run": "Serve the desk and work through its feeds.",
    "add": "Add a feed, a site, an OPML file or a local file.",
    "sources": "List the sources with their state, last success and next visit.",
    "correct": "Split, merge, move and pin what stands together; undo and list it.",
    "comments": "Bring in what readers wrote under another system.",
    "user": "Create, invite, change and list members of the desk.",
    "log": "Verify and export the log of moderation.",
    "knowledge": "What the desk knows of names: import Wikidata, add and change entries.",
    "read": "Files and addresses to items.",
    "names": "Items to the names in them.",
    "quotes": "Items to who said what.",
    "group": "Items to stories, online.",
    "compare": "The items of one story to its coverage.",
    "screen": "Comments to verdicts.",
    "eval": "Measure the stages on labelled data.",
}
"""Every command with its line of help, in the order in which a newcomer meets them."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No room: on the disk, in somebody's share of it, in a file."""


class Commands(click.Group):
    """Loads a command's module on demand; the list of commands costs no import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"storydesk.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="storydesk", prog_name="storydesk")
def commands() -> None:
    """A self-hosted news desk: what many outlets say of one event, side by side, every line traceable to its words.

    The desk's data lives under STORYDESK_HOME. Start with `storydesk demo`, or with
    `storydesk add https://example.org` and `storydesk run`.
    """


def main() -> None:
    """The entry point. An error of ours ends as one line on standard error and exit status 1, never as a traceback."""
    try:
        commands(prog_name="storydesk")
    except StorydeskError as error:
        click.echo(f"storydesk: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno not in FULL:
            raise
        click.echo(f"storydesk: the output cannot be written: {error.strerror}", err=True)
        sys.exit(1)
