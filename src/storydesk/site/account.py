"""Signing in and out, and one's own page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk.members import may_moderate, role_of
from storydesk.desk.people.accounts import author_of
from storydesk.desk.people.entering import known_device, wait_to_enter
from storydesk.desk.sessions import end_all
from storydesk.site.connection import network_of
from storydesk.site.gates import for_members, signed_in
from storydesk.site.limited import too_many
from storydesk.site.private import private

__all__ = ["SignIn", "SignOut", "account", "show", "sign_out_everywhere", "wait_for_password"]

DEVICE: Final = "device"
"""The cookie of a browser on which somebody has signed in before."""

REMEMBERED: Final = timedelta(days=365)


@method_decorator(private, name="dispatch")
class SignIn(LoginView):
    """The form. A moderator goes on to the queue, another member to the front page. What is wrong, the name or the
    password, is not said."""

    http_method_names = ["get", "head", "post"]
    template_name = "sign_in.html"
    redirect_authenticated_user = True
    extra_context = {"registration": settings.REGISTRATION}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Checks the password, where there is a try left."""
        wait = wait_for_password(request, request.POST.get("username", ""))
        return too_many(request, wait) if wait else super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signs in, and knows the browser again."""
        answer = super().form_valid(form)
        answer.set_cookie(
            DEVICE,
            known_device(form.get_user()),
            max_age=REMEMBERED,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return answer

    def get_default_redirect_url(self) -> str:
        """Where a member goes who was on the way nowhere else."""
        user = self.request.user
        return reverse("queue") if may_moderate(user) else reverse("front")


class SignOut(LogoutView):
    """Ends the session; a form posts here."""


def wait_for_password(request: HttpRequest, name: str) -> float:
    """Takes one of the tries at a password that this visitor has: 0, or the seconds to wait."""
    return wait_to_enter(name, network_of(request), request.COOKIES.get(DEVICE, ""), timezone.now())


@require_safe
@private
@for_members
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one may change of it."""
    return show(request)


def show(request: HttpRequest, *, problem: str = "", about: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was wrong with one of its forms."""
    user = signed_in(request)
    context = {
        "author": author_of(user, timezone.now()),
        "role": role_of(user),
        "browsers": user.sessions.filter(expire_date__gt=timezone.now()).count(),
        "problem": problem,
        "about": about,
    }
    return render(request, "account.html", context, status=status)


@require_POST
@private
@for_members
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Ends all sessions of the member, this one too."""
    end_all(signed_in(request).pk)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("sign-in")
