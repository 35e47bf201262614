"""What is kept of somebody: to take away, and to have erased, with an account or by a link in a letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from storydesk.desk.models import AuthorRow
from storydesk.desk.people import links
from storydesk.desk.people.accounts import author_of
from storydesk.desk.people.erasure import erase
from storydesk.desk.people.own_data import ask_data, author_of_link, exported
from storydesk.errors import InputError
from storydesk.site.account import wait_for_password
from storydesk.site.asking import FORMS, ask_for_letter
from storydesk.site.gates import for_members, signed_in
from storydesk.site.limited import too_many
from storydesk.site.private import private

__all__ = ["ask", "erase_account", "own_data", "own_data_of_link"]


@require_safe
@private
@for_members
def own_data(request: HttpRequest) -> HttpResponse:
    """All that is kept of a member, as JSON."""
    return _record(author_of(signed_in(request), timezone.now()))


def _record(author: AuthorRow) -> HttpResponse:
    answer = JsonResponse(exported(author), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_http_methods(FORMS)
@private
@for_members
def erase_account(request: HttpRequest) -> HttpResponse:
    """Asks for the password and what is to become of the comments, and erases the member."""
    user = signed_in(request)
    if request.method != "POST":
        return render(request, "erase.html", {"asks_password": True})
    if wait := wait_for_password(request, user.username):
        return too_many(request, wait)
    if not user.check_password(request.POST.get("password", "")):
        return _again(request, "the password is wrong", asks_password=True)
    try:
        _erase(request, author_of(user, timezone.now()))
    except InputError as error:
        return _again(request, str(error), asks_password=True)
    return redirect("front")


def _again(request: HttpRequest, problem: str, **context: Any) -> HttpResponse:
    return render(request, "erase.html", {"problem": problem, **context}, status=422)


def _erase(request: HttpRequest, author: AuthorRow) -> None:
    erase(author, keep_comments=request.POST.get("comments") != "go", at=timezone.now())
    logout(request)
    messages.success(request, "You are erased. Nothing here bears your name or your address any more.")


@require_http_methods(FORMS)
@private
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for a mail address. Whether anything is kept of it is said in the letter alone."""
    return ask_for_letter(request, "data", ask_data)


@require_http_methods(FORMS)
@private
def own_data_of_link(request: HttpRequest, link: str) -> HttpResponse:
    """The same for whoever opened the link: the record as often as they like, and the
    erasure, after which it is nobody's link."""
    author = author_of_link(links.read("data", link, timezone.now()))
    if request.method != "POST":
        return render(request, "erase.html", {"author": author})
    if request.POST.get("do") == "export":
        return _record(author)
    try:
        _erase(request, author)
    except InputError as error:
        return _again(request, str(error), author=author)
    return redirect("front")
