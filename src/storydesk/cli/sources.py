"""``storydesk sources``: what the desk watches, and how each feed is doing."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storydesk.desk.models import FeedRow
    from storydesk.desk.unread import Unread

WHOLE = 10_000
"""Columns where the list goes into a file or a pipe: room for every address in one piece."""


@click.command("sources")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a feed.")
@click.option("--opml", is_flag=True, help="An OPML list, to take to another desk or reader.")
def command(as_json: bool, opml: bool) -> None:
    """List the sources with the state of each feed, its last success and its next visit, and how many of its latest
    pieces could not be read.

    \b
    Example:
      storydesk sources
      storydesk sources --json | grep failing
      storydesk sources --opml > feeds.opml     (back in with: storydesk add feeds.opml)
    """
    from storydesk.desk.opening import open_desk

    open_desk()
    if opml:
        from storydesk.desk.adding import followed
        from storydesk.gather import write_opml

        click.echo(write_opml(followed(), "Storydesk").decode(), nl=False)
        return
    from storydesk.desk.models import FeedRow
    from storydesk.desk.unread import unread

    failed = unread(FeedRow.objects.all())
    rows = list(FeedRow.objects.select_related("source").order_by("source__name", "url"))
    if as_json:
        for row in rows:
            click.echo(json.dumps(_record(row, failed.get(row.pk)), ensure_ascii=False))
        return
    if not rows:
        click.echo("No sources yet. Add one: storydesk add https://example.org (a site, a feed, an OPML file).")
        return
    _show(rows, failed)


def _record(row: FeedRow, failed: Unread | None) -> dict[str, object]:
    return {
        "source": row.source.name,
        "feed": row.url,
        "state": row.state,
        "last_success": row.last_success.isoformat() if row.last_success else None,
        "next_visit": None if row.state == row.State.RESTING else row.next_visit.isoformat(),
        "failures": row.failures,
        "problem": row.problem or None,
        "problem_since": row.problem_since.isoformat() if row.problem_since else None,
        "unread": failed and failed._asdict(),
    }


def _show(rows: list[FeedRow], failed: Mapping[int, Unread]) -> None:
    from rich.console import Console
    from rich.table import Table

    from storydesk.gather import told_of

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Source", "State", "Last success", "Next visit", "Feed"):
        table.add_column(title, overflow="fold")
    now = datetime.now(UTC)
    for row in rows:
        last = _distance(row.last_success, now) if row.last_success else "not yet"
        table.add_row(row.source.name, row.state, last, _next_visit(row, now), row.url)
    console = Console(width=None if sys.stdout.isatty() else WHOLE, highlight=False, markup=False)
    console.print(table)
    for row in rows:
        if row.problem:
            console.print(f"\n{told_of(row.url, row.problem)}", soft_wrap=True)
            times = f", {row.failures} times in a row" if row.failures > 1 else ""
            console.print(f"  since {row.problem_since:%Y-%m-%d %H:%M}{times}")
        elif row.pk in failed:
            console.print(f"\n{row.url}: {failed[row.pk]}", soft_wrap=True)


def _next_visit(row: FeedRow, now: datetime) -> str:
    if row.state == row.State.RESTING:
        return "never"
    return _distance(row.next_visit, now) if row.next_visit > now else "due"


def _distance(at: datetime, now: datetime) -> str:
    """How far a time is from now, for people: "in 5 min", "3 h ago"."""
    seconds = (at - now).total_seconds()
    sizes = ((90, 1, "s"), (5_400, 60, "min"), (129_600, 3_600, "h"), (float("inf"), 86_400, "d"))
    unit, name = next((unit, name) for limit, unit, name in sizes if abs(seconds) < limit)
    amount = f"{round(abs(seconds) / unit)} {name}"
    return f"in {amount}" if seconds > 0 else f"{amount} ago"
