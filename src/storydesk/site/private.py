"""How pages about a person are answered: kept in no cache, and told kindly what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from storydesk.desk.people.links import BadLink
from storydesk.desk.people.passwords import Busy
from storydesk.site.limited import too_many

__all__ = ["private"]

View = Callable[..., HttpResponseBase]

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
