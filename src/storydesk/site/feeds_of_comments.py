"""Feeds of what readers wrote: of the published comments of the desk, or of one story and its items.

They show what the pages show: nothing that is held, no words that were taken out, no name that was erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_safe

from storydesk.desk import discussion
from storydesk.desk.models import ItemRow, StoryRow
from storydesk.site.feed import Channel, Line, feed
from storydesk.site.rows import of_story

__all__ = ["of_a_story", "of_the_desk"]

COMMENTS: Final = 50


@require_safe
@feed
def of_the_desk(request: HttpRequest) -> Channel:
    """The latest comments of the desk."""
    title = f"Comments at {settings.SITE_NAME}"
    return Channel(title, request.build_absolute_uri(reverse("front")), _lines(request, discussion.latest(COMMENTS)))


@require_safe
@of_story
@feed
def of_a_story(request: HttpRequest, row: StoryRow) -> Channel:
    """The latest comments on a story and its items."""
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
