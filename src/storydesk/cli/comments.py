"""``storydesk comments``: what readers wrote elsewhere, brought in."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from storydesk.desk.discussion.importing import Brought
    from storydesk.gather.exports import Format

NAMED_AT_MOST: Final = 20
"""Comments and pages named one by one; the rest are counted."""

TOLD: Final = {
    "held": "held for the moderators",
    "published": "published",
    "rejected": "rejected by screening",
    "there": "here already",
    "refused": "spam or rejected there, left out",
    "deleted": "deleted there, left out",
    "unmatched": "on pages that are not here, left out",
    "damaged": "could not be read",
}


@click.group("comments")
def command() -> None:
    """Bring in the comments that readers wrote under another system.

    \b
    Examples:
      storydesk comments import export.xml.gz
      storydesk comments import stories.json users.json comments.json
      storydesk comments import --site https://example.org comments.db
    """


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["disqus", "wordpress", "coral", "isso"]),
    help="Whose export it is, where its beginning does not say.",
)
@click.option("--site", default="", metavar="ADDRESS", help="Where the pages lie that the export names by path alone.")
@click.option("--all-to", "story", default="", metavar="STORY", help="A story, by id or address, that takes all of it.")
@click.option(
    "--publish-approved", "publish", is_flag=True, help="Publish what was approved there, if screening lets it pass."
)
def bring(paths: tuple[Path, ...], form: Format | None, site: str, story: str, publish: bool) -> None:
    """Import an export of Disqus (XML), WordPress (WXR), Coral (mongoexport of comments, stories and users, files
    together) or Isso (comments.db, or the JSON that it imports); gzip is unpacked.

    Each comment goes to the item or story whose page it stood under, and through the same screening as any other; it is
    held for the moderators. What was spam or deleted there stays out. The same export twice changes nothing.

    Ends with status 1 where comments could not be read or their pages are not here; each is named, the rest is done.
    """
    from storydesk.cli.filters import progress_of
    from storydesk.desk.opening import open_desk, store_errors
    from storydesk.gather.exports import format_of, parents_first, read

    kind = form or format_of(paths)
    open_desk()
    done = [0]
    found = read(paths, kind, lambda size: done.__setitem__(0, size))
    with store_errors():
        from storydesk.desk.discussion.importing import Import, bring_in

        brought = bring_in(parents_first(found), Import(kind, site, story, publish), datetime.now(UTC))
        size = sum(path.stat().st_size for path in paths if path.is_file())
        counts, pages = _told(progress_of(brought, "import", size, lambda: done[0]))
    for fate, words in TOLD.items():
        if counts[fate]:
            click.echo(f"{counts[fate]:,} {words}")
    if not counts:
        click.echo("there are no comments in it")
    for page, count in pages.most_common(NAMED_AT_MOST):
        click.echo(f"storydesk: {page or 'no page'}: is not on this desk ({count:,} comments)", err=True)
    if len(pages) > NAMED_AT_MOST:
        click.echo(f"storydesk: {len(pages) - NAMED_AT_MOST:,} more pages are not on this desk", err=True)
    sys.exit(1 if counts["damaged"] or counts["unmatched"] else 0)


def _told(brought: Iterable[Brought]) -> tuple[Counter[str], Counter[str]]:
    """How many had each fate, and the pages that are not here; the first that are damaged are named at once."""
    counts, pages = Counter[str](), Counter[str]()
    for one in brought:
        counts[one.fate] += 1
        if one.fate == "unmatched":
            pages[one.what] += 1
        elif one.fate == "damaged" and counts["damaged"] <= NAMED_AT_MOST:
            click.echo(f"storydesk: {one.what}: {one.why}", err=True)
    return counts, pages
