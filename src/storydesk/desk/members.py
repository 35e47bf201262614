"""Members of the desk and what they may do: roles are Django groups of the same names."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from storydesk.errors import InputError

__all__ = ["GROUPS", "keep_member", "may_edit", "may_moderate"]

GROUPS = {
    "reader": (),
    "moderator": ("moderators",),
    "editor": ("moderators", "editors"),
    "owner": ("moderators", "editors"),
}
"""The groups of each role; an owner is a superuser besides."""


@transaction.atomic
def keep_member(name: str, password: str, role: str) -> bool:
    """Creates a member, or changes role and password of one. True where new. Raises InputError for a weak password."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise InputError("the password will not do: " + " ".join(error.messages)) from None
    user, new = User.objects.get_or_create(username=name)
    user.set_password(password)
    user.is_staff = user.is_superuser = role == "owner"
    user.save()
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in GROUPS[role]])
    return new


def may_moderate(user: object) -> bool:
    """Whether this visitor decides on comments: moderators and editors."""
    return _in_group(user, "moderators", "editors")


def may_edit(user: object) -> bool:
    """Whether this visitor corrects stories."""
    return _in_group(user, "editors")


def _in_group(user: object, *groups: str) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name__in=groups).exists()
