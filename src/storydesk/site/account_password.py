"""Passwords: changed by who knows the old one, chosen anew by who reads the account's letters."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from storydesk.desk.people import accounts, links
from storydesk.errors import InputError
from storydesk.site.account import show, wait_for_password
from storydesk.site.asking import FORMS, ask_for_letter
from storydesk.site.connection import address_for
from storydesk.site.gates import for_members, signed_in
from storydesk.site.limited import too_many
from storydesk.site.private import private

__all__ = ["change_password", "forgotten", "new_password"]


@require_POST
@private
@for_members
def change_password(request: HttpRequest) -> HttpResponse:
    """Sets a new password. All other sessions end, this one goes on under a new key."""
    user = signed_in(request)
    if wait := wait_for_password(request, user.username):
        return too_many(request, wait)
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    try:
        accounts.change_password(user, old, new, address_for(request))
    except InputError as error:
        return show(request, problem=error.message, about="password", status=422)
    _sign_in_anew(request, user)
    messages.success(request, "Your password is changed. All other browsers are signed out.")
    return redirect("account")


@require_http_methods(FORMS)
@private
def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks for a mail address. Whether it is known here is said in the letter alone."""
    return ask_for_letter(request, "password", accounts.ask_password)


@require_http_methods(FORMS)
@private
def new_password(request: HttpRequest, link: str) -> HttpResponse:
    """Asks whoever opened the link for a new password, and sets it."""
    now = timezone.now()
    links.read("password", link, now)
    if request.method != "POST":
        return render(request, "new_password.html")
    try:
        user = accounts.reset_password(link, request.POST.get("password", ""), now, address_for(request))
    except InputError as error:
        return render(request, "new_password.html", {"problem": error.message}, status=422)
    _sign_in_anew(request, user)
    messages.success(request, "Your password is changed. All other browsers are signed out.")
    return redirect("account")


def _sign_in_anew(request: HttpRequest, user: User) -> None:
    """A session of its own: the old ones are gone from the table."""
    request.session.flush()
    login(request, user, backend="storydesk.desk.people.entering.ByNameOrMail")
