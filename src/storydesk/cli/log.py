"""``storydesk log``: the log of moderation, checked and given away."""

from __future__ import annotations

import json
import sys

import click


@click.group("log")
def command() -> None:
    """Verify and export the log of all that became of readers' comments.

    Entries are added and never changed; each carries the SHA-256 of the one before and of its own content.

    \b
    Example:
      storydesk log verify
      storydesk log export > log.jsonl
    """


def _head(_: click.Context, __: click.Parameter, given: str | None) -> tuple[int, str] | None:
    if given is None:
        return None
    number, colon, digest = given.partition(":")
    if not (colon and number.isdecimal() and digest):
        raise click.BadParameter("give it as verify printed it: NUMBER:DIGEST")
    return int(number), digest


@command.command("verify")
@click.option("--head", callback=_head, help="An entry noted before, as NUMBER:DIGEST: it must still be there.")
def verify(head: tuple[int, str] | None) -> None:
    """Check every entry of the log, and that every comment stands as its last entry says.

    Prints the last entry as NUMBER:DIGEST. Note it elsewhere: a log that is cut off at its end, or written anew as a
    whole, can only be told by such a note. Exits 1 where something is wrong, each fault named.
    """
    from storydesk.desk.opening import open_desk, store_errors

    open_desk()
    with store_errors():
        from storydesk.desk import discussion
        from storydesk.desk.models import LogRow

        found = discussion.verify(head)
        last = LogRow.objects.order_by("-number").values_list("number", "digest").first()
    for fault in found:
        click.echo(f"entry {fault.number}: {fault.what}" if fault.number else fault.what, err=True)
    if last:
        click.echo(f"{last[0]}:{last[1]}")
    click.echo("the log is not whole" if found else "the log is whole" if last else "the log is empty", err=bool(found))
    sys.exit(1 if found else 0)


@command.command("export")
def export() -> None:
    """Print the log as JSON Lines, one entry a line, without names and words of readers."""
    from storydesk.desk.opening import open_desk, store_errors

    open_desk()
    with store_errors():
        from storydesk.desk import discussion

        for record in discussion.exported():
            click.echo(json.dumps(record, ensure_ascii=False))
