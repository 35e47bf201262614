"""Who belongs to the desk, and as what: for owners."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import letters
from storydesk.desk import members as desk_members
from storydesk.desk.people import accounts
from storydesk.errors import InputError, NotFound
from storydesk.site.connection import address_for
from storydesk.site.gates import for_owners, signed_in
from storydesk.site.private import private

__all__ = ["change", "invite", "members"]

MEMBERS: Final = 50


@require_safe
@private
@for_owners
def members(request: HttpRequest) -> HttpResponse:
    """The list: those of the desk first, then commenters, each by name; ``?q=`` finds some by name."""
    return _show(request)


def _show(
    request: HttpRequest, problem: str = "", status: int = 200, mail: str = "", role: str = "moderator"
) -> HttpResponse:
    """The page, with what was wrong; ``mail`` and ``role`` stand in the form of invitations."""
    asked = request.GET.get("q", "").strip()
    rows = User.objects.select_related("author").prefetch_related("groups").order_by("-is_superuser", "username")
    if asked:
        rows = rows.filter(username__icontains=asked)
    of_the_desk = rows.filter(Q(groups__isnull=False) | Q(is_superuser=True)).distinct()
    page = Paginator(rows.exclude(pk__in=of_the_desk.values("pk")), MEMBERS).get_page(request.GET.get("page"))
    context = {
        "desk": [(user, desk_members.role_of(user)) for user in of_the_desk],
        "commenters": [(user, "commenter") for user in page],
        "page": page,
        "roles": desk_members.ROLES,
        "asked": asked,
        "query": urlencode({"q": asked}) if asked else "",
        "problem": problem,
        "mail": mail,
        "role": role,
        "ready": letters.ready(),
        "folder": letters.folder(),
    }
    return render(request, "members.html", context, status=status)


@require_POST
@private
@for_owners
def invite(request: HttpRequest) -> HttpResponse:
    """Sends somebody a link by which they come to have a role."""
    mail, role = request.POST.get("mail", ""), request.POST.get("role", "")
    if role not in desk_members.ROLES:
        raise Http404("no such role")
    try:
        accounts.invite(mail, role, signed_in(request), timezone.now(), address_for(request))
    except InputError as error:
        return _show(request, str(error), 422, mail, role)
    where = "on its way" if letters.ready() else f"put into {letters.folder()}"
    messages.success(request, f"The invitation for {mail.strip()} is {where}.")
    return redirect("members")


@require_POST
@private
@for_owners
def change(request: HttpRequest, user: int) -> HttpResponse:
    """Gives a member another role, keeps one out, or lets one in again."""
    do, role = request.POST.get("do", ""), request.POST.get("role", "")
    try:
        if do in ("deactivate", "activate"):
            found = desk_members.set_active(user, do == "activate")
            said = "may sign in again" if found.is_active else "is signed out and may not sign in"
        elif do == "role" and role in desk_members.ROLES:
            found, said = desk_members.set_role(user, role), f"is {role} now"
        else:
            raise Http404("no such change")
    except NotFound as error:
        raise Http404(error.message) from None
    except InputError as error:
        return _show(request, str(error), status=422)
    messages.success(request, f"{found.username} {said}.")
    return redirect("members")
