"""How pages about a person are answered: kept in no cache, and told kindly what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from storydesk.desk.limits import Rate, take_each
from storydesk.desk.people.links import BadLink
from storydesk.desk.people.passwords import Busy
from storydesk.site.visitors import network_of

__all__ = ["asked_too_often", "private", "too_many"]

View = Callable[..., HttpResponseBase]

LETTERS: Final[tuple[Rate, ...]] = ((10, 600), (40, 86400))
"""Letters that one network asks for. An office may share one address."""

SOON: Final = 5.0
"""Seconds after which whoever found all hands full may try again."""


def private(view: View) -> View:
    """A page about one person. A link that is over is told with 410, a desk that checks too many passwords with 503."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except BadLink:
            return render(request, "link_over.html", status=410)
        except Busy:
            return too_many(request, SOON, status=503)

    return answered


def too_many(request: HttpRequest, wait: float, status: int = 429) -> HttpResponse:
    """Says that this was asked too often, and when there is room again (RFC 6585, 4; RFC 9110, 10.2.3)."""
    seconds = max(1, ceil(wait))
    answer = render(request, "too_many.html", {"wait": _in_words(seconds)}, status=status)
    answer["Retry-After"] = str(seconds)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # in a flood, a line of log each would be another
    return answer


def _in_words(seconds: int) -> str:
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds >= 2 * length:
            return f"{ceil(seconds / length)} {unit}s"
    return f"{seconds} second{'s' if seconds > 1 else ''}"


def asked_too_often(request: HttpRequest) -> HttpResponse | None:
    """Takes one of the letters that a visitor may ask for; the answer where there is none left."""
    wait = take_each(f"letters network {network_of(request)}", LETTERS, timezone.now())
    return too_many(request, wait) if wait else None
