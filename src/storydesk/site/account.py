"""Signing in and out."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Any, Final

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from storydesk.desk.members import may_moderate

__all__ = ["SignIn", "SignOut"]

AT_ONCE: Final = 2
"""Passwords checked at the same moment: each takes Argon2id 64 MiB, so that many at once would exhaust a small
machine.
"""

_turn = BoundedSemaphore(AT_ONCE)


class SignIn(LoginView):
    """The form. A moderator goes on to the queue, another member to the front page."""

    template_name = "sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Checks the password, when it is its turn."""
        with _turn:
            return super().post(request, *args, **kwargs)

    def get_default_redirect_url(self) -> str:
        """Where a member goes who was on the way nowhere else."""
        user = self.request.user
        return reverse("queue") if may_moderate(user) else reverse("front")


class SignOut(LogoutView):
    """Ends the session; a form posts here."""
