"""What visitors send, in addresses and in forms: whole numbers as they are read, and what no database takes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

__all__ = ["Storable", "whole_number"]

DIGITS: Final = 17
"""Of a number that every database can look up, and that is no long work to read."""


def whole_number(written: str) -> int | None:
    """The number, 0 or more; ``None`` where it is none that the desk can have."""
    return int(written) if written.isdecimal() and len(written) <= DIGITS else None


class Storable:
    """Middleware that refuses a request with a NUL in its address or its form (400): PostgreSQL knows none in a text,
    and no person types one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view. Raises BadRequest."""
        fields = chain.from_iterable((*request.GET.lists(), *request.POST.lists()))
        if "\0" in request.path or any("\0" in part for field in fields for part in field):
            raise BadRequest("a NUL character")
        return self.get_response(request)
