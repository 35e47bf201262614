"""Asking for a letter by mail address: for an account, a new password, what is kept of one. The page answers in the
same words whatever the desk knows of the address; the letter alone says more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from storydesk.desk import letters
from storydesk.desk.people.accounts import Address
from storydesk.errors import InputError
from storydesk.site.connection import address_for
from storydesk.site.limited import asked_too_often

__all__ = ["FORMS", "ask_for_letter", "letter_sent"]

FORMS = ["GET", "HEAD", "POST"]
"""The methods of a page with a form that posts to itself."""


def ask_for_letter(
    request: HttpRequest, what: Literal["account", "password", "data"], ask: Callable[[str, datetime, Address], None]
) -> HttpResponse:
    """The form, or what comes of it: ``ask`` writes the letter."""
    if request.method != "POST":
        return render(request, "ask_mail.html", {"asks": what})
    if refusal := asked_too_often(request):
        return refusal
    mail = request.POST.get("mail", "")
    try:
        ask(mail, timezone.now(), address_for(request))
    except InputError as error:
        return render(request, "ask_mail.html", {"asks": what, "problem": error.message, "mail": mail}, status=422)
    return letter_sent(request)


def letter_sent(request: HttpRequest) -> HttpResponse:
    """Says that a letter is on its way, the same words whatever stands in it."""
    return render(request, "letter_sent.html", {"ready": letters.ready()})
