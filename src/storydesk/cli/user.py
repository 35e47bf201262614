"""``storydesk user``: members of the desk."""

from __future__ import annotations

import sys

import click

ROLES = ("reader", "moderator", "editor", "owner")


@click.command("user")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="editor", show_default=True, help="What the member may do.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def command(name: str, role: str, password_stdin: bool) -> None:
    """Create a member of the desk, or change the role and password of one.

    Moderators decide on comments; editors also correct stories; owners may do all.

    \b
    Example:
      storydesk user ana --role editor
    """
    from storydesk.desk.opening import open_desk, store_errors

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    open_desk()
    from storydesk.desk.members import keep_member

    with store_errors():
        new = keep_member(name, password, role)
    click.echo(f"{name} is {'now' if new else 'still'} a member of the desk, as {role}.")
