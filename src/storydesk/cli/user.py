"""``storydesk user``: members of the desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from storydesk.errors import InputError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ROLES = ("commenter", "reader", "moderator", "editor", "owner")


@click.command("user")
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(ROLES), help="What the member may do; a new one is an editor by default.")
@click.option("--mail", help="The member's mail address, where a forgotten password is replaced.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--out", is_flag=True, help="Keep the member out: sessions end, signing in does not work.")
@click.option("--in", "again", is_flag=True, help="Let the member in again.")
@click.option("--invite", is_flag=True, help="Take NAME for a mail address and send an invitation there.")
@click.option("--list", "listed", is_flag=True, help="List the members.")
def command(
    name: str | None,
    role: str | None,
    mail: str | None,
    password_stdin: bool,
    out: bool,
    again: bool,
    invite: bool,
    listed: bool,
) -> None:
    """Create a member of the desk, change the role and password of one, invite one, keep one out.

    Readers read whole texts; moderators also decide on comments; editors also correct stories; owners may do all, and
    say who is a member. The desk's first owner is made here. For a member who is there, an empty password leaves the
    one they have, and their role stays where no other is given.

    \b
    Example:
      storydesk user ana --role owner --mail ana@example.org
      storydesk user ben@example.org --invite --role moderator
      storydesk user ben --out
      storydesk user --list
    """
    from storydesk.desk.opening import open_desk, store_errors

    if not name and not listed:
        raise click.UsageError("say whom: NAME, or --list")
    password = ""
    if name and not (listed or invite or out or again):
        password = _password(password_stdin)
    open_desk()
    with store_errors():
        if listed:
            _list()
        elif invite:
            _invite(name or "", role or "editor")
        elif out or again:
            _let(name or "", active=again)
        else:
            _keep(name or "", password, role, mail)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, default="", show_default=False))


def _keep(name: str, password: str, role: str | None, mail: str | None) -> None:
    from storydesk.desk.members import keep_member, role_of

    new = keep_member(name, password, role, mail)
    click.echo(f"{name} is {'now' if new else 'still'} a member of the desk, as {role_of(_member(name))}.")


def _list() -> None:
    from django.contrib.auth.models import User

    from storydesk.desk.members import role_of

    members = User.objects.prefetch_related("groups").order_by("username")
    if not members:
        click.echo("No members yet. Make the first: storydesk user NAME --role owner --mail ADDRESS", err=True)
    for user in members:
        click.echo("\t".join([user.username, role_of(user), *([] if user.is_active else ["kept out"])]))


def _let(name: str, *, active: bool) -> None:
    from storydesk.desk.members import set_active

    set_active(_member(name).pk, active)
    click.echo(f"{name} {'may sign in again' if active else 'is signed out and may not sign in'}.")


def _invite(mail: str, role: str) -> None:
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.urls import reverse
    from django.utils import timezone

    from storydesk.desk import letters
    from storydesk.desk.people.accounts import invite

    if not settings.SITE_ADDRESS:
        raise InputError("an invitation needs the site's address", "set STORYDESK_ADDRESS, or invite from the site")
    owner = User.objects.filter(is_superuser=True, is_active=True).first()
    if owner is None:
        raise InputError("nobody invites on a desk without an owner", "storydesk user NAME --role owner")

    def address(route: str, link: str) -> str:
        return str(settings.SITE_ADDRESS).rstrip("/") + reverse(route, args=[link] if link else [])

    invite(mail, role, owner, timezone.now(), address)
    letters.deliver(timezone.now())
    where = "on its way" if letters.ready() else f"in {letters.folder()}"
    click.echo(f"An invitation for {mail} as {role} is {where}.")


def _member(name: str) -> User:
    from django.contrib.auth.models import User

    found = User.objects.filter(username=name).first()
    if found is None:
        raise InputError(f"no member is called {name}", "storydesk user --list")
    return found
