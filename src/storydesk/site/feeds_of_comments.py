"""Feeds of what readers wrote: Atom and JSON Feed of the published comments of the desk, or of one story and its items.

They show what the pages show: nothing that is held, no words that were taken out, no name that was erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from storydesk.desk import discussion
from storydesk.desk.models import ItemRow, StoryRow
from storydesk.site.feeds_out import Channel, Line, atom, json_feed
from storydesk.site.rows import led_on, story_row

__all__ = ["desk_atom", "desk_json", "story_atom", "story_json"]

COMMENTS: Final = 50


@require_safe
def desk_atom(request: HttpRequest) -> HttpResponse:
    """The latest comments of the desk, as Atom."""
    return atom(request, _desk(request))


@require_safe
def desk_json(request: HttpRequest) -> HttpResponse:
    """The latest comments of the desk, as JSON Feed."""
    return json_feed(request, _desk(request))


@require_safe
def story_atom(request: HttpRequest, story: str) -> HttpResponse:
    """The latest comments on a story and its items, as Atom."""
    row = story_row(story)
    return atom(request, _story(request, row)) if row.pk == story else led_on("comments-atom", story)


@require_safe
def story_json(request: HttpRequest, story: str) -> HttpResponse:
    """The latest comments on a story and its items, as JSON Feed."""
    row = story_row(story)
    return json_feed(request, _story(request, row)) if row.pk == story else led_on("comments-feed", story)


def _desk(request: HttpRequest) -> Channel:
    title = f"Comments at {settings.SITE_NAME}"
    return Channel(title, request.build_absolute_uri(reverse("front")), _lines(request, discussion.latest(COMMENTS)))


def _story(request: HttpRequest, row: StoryRow) -> Channel:
    url = request.build_absolute_uri(reverse("story", args=[row.pk]))
    return Channel(f"Comments on {row.headline}", url, _lines(request, discussion.latest(COMMENTS, row.pk)))


def _lines(request: HttpRequest, comments: Sequence[discussion.Shown]) -> list[Line]:
    headlines = dict(StoryRow.objects.filter(pk__in={one.story for one in comments}).values_list("pk", "headline"))
    titles = dict(ItemRow.objects.filter(pk__in={one.item for one in comments}).values_list("pk", "title"))
    return [
        Line(
            id=_id(request, one.id),
            url=_url(request, one, one.id),
            title=f"{_signed(one)} on {titles.get(one.item) or headlines[one.story]}",
            words=one.text,
            updated=one.changed,
            authors=(_signed(one),),
            language="",
            answers=(_id(request, one.reply_to), _url(request, one, one.reply_to)) if one.reply_to else None,
        )
        for one in comments
    ]


def _signed(one: discussion.Shown) -> str:
    """The author's name; a guest's marked as such."""
    return f"{one.author} (guest)" if one.guest else one.author


def _id(request: HttpRequest, comment: int) -> str:
    """A comment's name for ever: the story that it stands under may become another."""
    return request.build_absolute_uri(reverse("own-comment", args=[comment]))


def _url(request: HttpRequest, one: discussion.Shown, comment: int) -> str:
    page = reverse("item", args=[one.item]) if one.item else reverse("story", args=[one.story])
    return f"{request.build_absolute_uri(page)}#comment-{comment}"
