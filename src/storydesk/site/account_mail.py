"""Another mail address for an account: confirmed there, and told to the one before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from storydesk.desk.people import accounts, links
from storydesk.errors import InputError
from storydesk.site.account import show, wait_for_password
from storydesk.site.asking import FORMS, letter_sent
from storydesk.site.connection import address_for
from storydesk.site.gates import for_members, signed_in
from storydesk.site.limited import asked_too_often, too_many
from storydesk.site.private import private

__all__ = ["change_mail", "new_mail"]


@require_POST
@private
@for_members
def change_mail(request: HttpRequest) -> HttpResponse:
    """Sends a link to the new address. Whether another account has it is said in the letter alone."""
    user = signed_in(request)
    if refusal := asked_too_often(request):
        return refusal
    if wait := wait_for_password(request, user.username):
        return too_many(request, wait)
    password, mail = request.POST.get("password", ""), request.POST.get("mail", "")
    try:
        accounts.ask_mail(user, password, mail, timezone.now(), address_for(request))
    except InputError as error:
        return show(request, problem=error.message, about="mail", status=422)
    return letter_sent(request)


@require_http_methods(FORMS)
@private
def new_mail(request: HttpRequest, link: str) -> HttpResponse:
    """Shows which address it is about, and takes it when asked to: programs open links too."""
    now = timezone.now()
    about = links.read("mail", link, now)
    if request.method != "POST":
        return render(request, "new_mail.html", about)
    accounts.change_mail(link, now, address_for(request))
    messages.success(request, f"Letters now go to {about['mail']}.")
    return redirect("account")
