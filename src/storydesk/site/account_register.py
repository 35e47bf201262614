"""Making an account: an address is asked for, then, by a link that is sent there, a name and a password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from storydesk.desk.members import may_moderate
from storydesk.desk.people import accounts, links
from storydesk.errors import InputError
from storydesk.site.asking import FORMS, ask_for_letter
from storydesk.site.private import private

__all__ = ["invited", "register", "register_link"]


@require_http_methods(FORMS)
@private
def register(request: HttpRequest) -> HttpResponse:
    """Asks for a mail address. Whether it is known here is said in the letter alone."""
    if not settings.REGISTRATION:
        return render(request, "registration_closed.html", status=403)
    return ask_for_letter(request, "account", accounts.ask_account)


@require_http_methods(FORMS)
@private
def register_link(request: HttpRequest, link: str) -> HttpResponse:
    """Asks whoever opened the link for a name and a password, and makes the account."""
    if not settings.REGISTRATION:
        raise PermissionDenied
    return _new_account(request, "register", link)


@require_http_methods(FORMS)
@private
def invited(request: HttpRequest, link: str) -> HttpResponse:
    """The same for somebody whom an owner invited."""
    return _new_account(request, "invite", link)


def _new_account(request: HttpRequest, purpose: links.Purpose, link: str) -> HttpResponse:
    now = timezone.now()
    context = {**links.read(purpose, link, now), "name": request.POST.get("name", "")}
    if request.method != "POST":
        return render(request, "new_account.html", context)
    try:
        user = accounts.accept(purpose, link, context["name"], request.POST.get("password", ""), now)
    except InputError as error:
        return render(request, "new_account.html", {**context, "problem": error.message}, status=422)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("queue" if may_moderate(user) else "front")
