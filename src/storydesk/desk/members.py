"""Members of the desk and what they may do: roles are Django groups of the same names."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from storydesk.desk.models import AuthorRow
from storydesk.desk.people.addresses import mail_address
from storydesk.desk.people.passwords import checked
from storydesk.desk.sessions import end_all
from storydesk.errors import InputError, NotFound

__all__ = [
    "GROUPS",
    "ROLES",
    "assign",
    "has_owner",
    "keep_member",
    "may_edit",
    "may_moderate",
    "may_own",
    "may_read",
    "role_of",
    "set_active",
    "set_role",
    "sure_of_an_owner",
]

GROUPS = {
    "commenter": (),
    "reader": ("readers",),
    "moderator": ("moderators",),
    "editor": ("moderators", "editors"),
    "owner": ("moderators", "editors"),
}
"""The groups of each role; an owner is a superuser besides. Whoever makes an account without being invited is a
commenter."""

ROLES: Final = tuple(GROUPS)


def keep_member(name: str, password: str, role: str | None, mail: str | None = None) -> bool:
    """Creates a member, an editor where no role is given, or changes of one what is given. True where new. Raises
    InputError for a weak password, an address that somebody has, and where no owner would be left."""
    hashed = make_password(checked(password)) if password else ""
    with transaction.atomic():
        if "@" in name:
            raise InputError("a name has no @", "that is how names and mail addresses are told apart")
        user, new = User.objects.get_or_create(username=name)
        if new and not hashed:
            raise InputError("a new member needs a password")
        if hashed:
            user.password = hashed
            user.save()
            end_all(user.pk)
        if role or new:
            set_role(user.pk, role or "editor")
        if mail:
            _give_mail(user, mail_address(mail))
    return new


def _give_mail(user: User, mail: str) -> None:
    now = timezone.now()
    if AuthorRow.objects.filter(mail=mail).exclude(user=user).exists():
        raise InputError("somebody else has this address")
    fields = {"mail": mail, "confirmed": now}
    AuthorRow.objects.update_or_create(
        user=user, defaults=fields, create_defaults={**fields, "name": user.username[:80], "since": now}
    )


@transaction.atomic
def set_role(user: int, role: str) -> User:
    """Gives a member a role. Raises InputError where no owner would be left."""
    if role != "owner":
        sure_of_an_owner(without=user)
    found = _found(user)
    assign(found, role)
    return found


@transaction.atomic
def set_active(user: int, active: bool) -> User:
    """Lets a member in, or keeps one out and ends their sessions. Raises InputError where no owner would be left."""
    if not active:
        sure_of_an_owner(without=user)
    found = _found(user)
    found.is_active = active
    found.save(update_fields=["is_active"])
    if not active:
        end_all(found.pk)
    return found


def sure_of_an_owner(*, without: int) -> None:
    """Raises InputError where nobody would be owner without this member. The owners' rows are locked for the rest of
    the transaction, so that of two owners who leave at once the second is told."""
    owners = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    if list(owners.values_list("pk", flat=True)) == [without]:
        raise InputError("a desk needs an owner", "make somebody else one first")


def _found(user: int) -> User:
    found = User.objects.filter(pk=user).first()
    if found is None:
        raise NotFound("no such member")
    return found


def assign(user: User, role: str) -> None:
    """Writes a role down, whatever is left of owners."""
    user.is_staff = user.is_superuser = role == "owner"
    user.save(update_fields=["is_staff", "is_superuser"])
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in GROUPS[role]])


def has_owner() -> bool:
    """Whether anybody may do all."""
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def role_of(user: User) -> str:
    """The role of a member."""
    if user.is_superuser:
        return "owner"
    groups = _groups(user)
    return next(role for role in ("editor", "moderator", "reader", "commenter") if groups >= set(GROUPS[role]))


def may_own(user: object) -> bool:
    """Whether this visitor says who is a member and as what."""
    return isinstance(user, User) and user.is_active and user.is_superuser


def may_read(user: object) -> bool:
    """Whether this visitor reads what is the desk's own: whole texts, and how feeds are doing."""
    return _in_group(user, "readers", "moderators", "editors")


def may_moderate(user: object) -> bool:
    """Whether this visitor decides on comments: moderators and editors."""
    return _in_group(user, "moderators", "editors")


def may_edit(user: object) -> bool:
    """Whether this visitor corrects stories."""
    return _in_group(user, "editors")


def _in_group(user: object, *groups: str) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or not _groups(user).isdisjoint(groups)


def _groups(user: User) -> set[str]:
    """The names of a member's groups, fetched once for each time that the member was: a page asks for every line."""
    prefetch_related_objects([user], "groups")
    return {group.name for group in user.groups.all()}
