"""What may be asked only so often, and what is said to whoever asks more often."""

from __future__ import annotations

from math import ceil
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from storydesk.desk.limits import Rate, take_each
from storydesk.site.connection import network_of

__all__ = ["asked_too_often", "commented_too_often", "reported_too_often", "too_many"]

LETTERS: Final[tuple[Rate, ...]] = ((10, 600), (40, 86400))
"""Letters that one network asks for. An office may share one address."""

COMMENTS: Final[tuple[Rate, ...]] = ((6, 60), (30, 3600))
"""Comments from one member, or from one network by those who are none."""

REPORTS: Final[tuple[Rate, ...]] = ((10, 60), (60, 3600))
"""Reports of comments from one network."""


def too_many(request: HttpRequest, wait: float, status: int = 429) -> HttpResponse:
    """Says that this was asked too often, and when there is room again (RFC 6585, 4; RFC 9110, 10.2.3)."""
    seconds = max(1, ceil(wait))
    answer = render(request, "too_many.html", {"wait": _in_words(seconds)}, status=status)
    answer["Retry-After"] = str(seconds)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # in a flood, a line of log each would be another
    return answer


def asked_too_often(request: HttpRequest) -> HttpResponse | None:
    """Takes one of the letters that a visitor may ask for; the answer where there is none left."""
    return _taken(request, f"letters network {network_of(request)}", LETTERS)


def commented_too_often(request: HttpRequest) -> HttpResponse | None:
    """Takes one of the comments that a visitor may send; the answer where there is none left."""
    who = f"user {request.user.pk}" if request.user.is_authenticated else f"network {network_of(request)}"
    return _taken(request, f"comments {who}", COMMENTS)


def reported_too_often(request: HttpRequest) -> HttpResponse | None:
    """Takes one of the reports that a visitor may send; the answer where there is none left."""
    return _taken(request, f"reports network {network_of(request)}", REPORTS)


def _taken(request: HttpRequest, key: str, rates: tuple[Rate, ...]) -> HttpResponse | None:
    wait = take_each(key, rates, timezone.now())
    return too_many(request, wait) if wait else None


def _in_words(seconds: int) -> str:
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds >= 2 * length:
            return f"{ceil(seconds / length)} {unit}s"
    return f"{seconds} second{'s' if seconds > 1 else ''}"
