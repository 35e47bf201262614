"""``storydesk add``: what the desk is to watch, or to take in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from storydesk.cli.filters import Failures, open_file
from storydesk.errors import StorydeskError


@click.command("add")
@click.argument("what", nargs=-1, required=True, metavar="ADDRESS|FILE...")
def command(what: tuple[str, ...]) -> None:
    """Add a feed, a site (its feeds are found), an OPML file, or a local page or text.

    \b
    Example:
      storydesk add https://example.org https://example.net/feed.xml
      storydesk add subscriptions.opml saved-article.html
    """
    from storydesk.desk.opening import open_desk, store_errors

    open_desk()
    from storydesk.desk.adding import add_address, add_file
    from storydesk.desk.database import Database
    from storydesk.desk.home import allowed_local, contact
    from storydesk.gather import Client, user_agent

    failures, store, now = Failures(), Database(), datetime.now(UTC)
    with Client(user_agent(contact()), allow_local=allowed_local()) as client, store_errors():
        for name in what:
            try:
                if "://" in name:
                    lines = add_address(store, client, name, now)
                else:
                    lines = add_file(store, open_file(name), str(Path(name).resolve()), now)
            except StorydeskError as error:
                failures.tell(name, error)
            else:
                for line in lines:
                    click.echo(line)
    if failures.count < len(what):
        click.echo("`storydesk run` works through it and serves the desk.")
    failures.exit()
