"""``storydesk compare``: the items of one story in, its coverage out."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from storydesk import wire
from storydesk.cli.filters import Failures, files_argument, values, write
from storydesk.errors import InputError, MalformedRecord

if TYPE_CHECKING:
    from storydesk.coverage import Coverage
    from storydesk.model import Account


@click.command("compare")
@click.option("--story", default="story", show_default=True, help="The id that the coverage document bears.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "quotes", "statements", "annotations"]),
    default="json",
    show_default=True,
    help="A coverage document; its quotes or its statements as CSV; both as W3C web annotations.",
)
@files_argument
def command(story: str, form: str, files: tuple[str, ...]) -> None:
    """The items of one story to its coverage.

    Reads JSON Lines of items ({"id", "title", "text"}, maybe "outlet", "url", "published"), all of one story, and
    prints one coverage document: {"story", "headline", "brief", "utterances", "statements", "differences", …}. Every
    passage in it has {"item", "revision", "start", "end", "text"}, where text is that item's text[start:end].

    \b
    Example:
      storydesk read pages/*.txt | storydesk compare > coverage.json
      storydesk read pages/*.txt | storydesk compare --format quotes > quotes.csv
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
    told = list(accounts.values())
    _write(pipeline.cover(story, told, tools), told, form)
    failures.exit()


def _write(coverage: Coverage, accounts: Sequence[Account], form: str) -> None:
    from storydesk.site.present.export import quote_rows, statement_rows, web_annotations

    if form == "json":
        write(wire.coverage_record(coverage))
    elif form == "annotations":
        write(web_annotations(coverage, accounts, f"urn:storydesk:{coverage.story}"))
    else:
        rows = quote_rows(coverage) if form == "quotes" else statement_rows(coverage)
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
