"""Who is let in where. Strangers and commenters read excerpts; readers whole texts; moderators decide on comments;
editors correct stories; owners say who is a member.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from storydesk.desk.members import may_edit, may_moderate, may_own, may_read

__all__ = ["for_editors", "for_members", "for_moderators", "for_owners", "is_member", "reads_whole", "signed_in"]

View = Callable[..., HttpResponseBase]


def is_member(request: HttpRequest) -> bool:
    """Whether the visitor has an account."""
    return request.user.is_authenticated


def reads_whole(request: HttpRequest) -> bool:
    """Whether the visitor reads what is the desk's own: whole texts, and how feeds are doing."""
    return may_read(request.user)


def signed_in(request: HttpRequest) -> User:
    """The member who asks for a page behind one of the gates."""
    return cast(User, request.user)


def for_moderators(view: Callable[..., HttpResponse]) -> View:
    """A page for moderators and editors: others are asked to sign in, or refused when they have."""
    return _only(may_moderate, view)


def for_editors(view: Callable[..., HttpResponse]) -> View:
    """A page for editors: others are asked to sign in, or refused when they have."""
    return _only(may_edit, view)


def for_owners(view: Callable[..., HttpResponse]) -> View:
    """A page for owners: others are asked to sign in, or refused when they have."""
    return _only(may_own, view)


def for_members(view: Callable[..., HttpResponse]) -> View:
    """A page for whoever has an account."""
    return _only(lambda user: user.is_authenticated, view)


def _only(may: Callable[[Any], bool], view: Callable[..., HttpResponse]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if may(request.user):
            return view(request, *args, **kwargs)
        if is_member(request):
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())

    return guarded
