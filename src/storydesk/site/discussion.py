"""The discussion under a story or an item, as the visitor may see it, with the form for one more comment."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from storydesk.desk import discussion
from storydesk.desk.members import may_edit
from storydesk.desk.models import ItemRow, StoryRow
from storydesk.site.authorship import own_ids
from storydesk.site.embed import SANDBOX

__all__ = ["discussing"]


def discussing(
    request: HttpRequest, story: StoryRow, item: ItemRow | None = None, form: dict[str, str] | None = None
) -> dict[str, Any]:
    """What ``parts/comments.html`` shows. ``form`` is what a reader wrote and could not send; else an empty one with a
    key of its own, that answers the comment which ``?reply=7`` names."""
    rules, now = discussion.rules(), timezone.now()
    comments = discussion.thread(story.pk, item.pk if item else None, own_ids(request), now)
    state = story.discussion if rules.comments else StoryRow.Discussion.OFF
    return {
        "comments": comments,
        "comment_count": sum(one.public and not one.gone for one in comments),
        "discussion": state,
        "comments_on": rules.comments,
        "guests": rules.guests,
        "trusts": rules.trust_after > 0,
        "edit_minutes": int(rules.edit_within.total_seconds() // 60),
        "embed": _embed(request, story, item),
        "takes": reverse("comment-item", args=[item.pk]) if item else reverse("comment", args=[story.pk]),
        "under": "item" if item else "story",
        "story_id": story.pk,
        "form": form or _empty(request.GET.get("reply", ""), comments),
        "on_items": [] if item or state == StoryRow.Discussion.OFF else discussion.counted_on_items(story.pk),
    }


def _embed(request: HttpRequest, story: StoryRow, item: ItemRow | None) -> str:
    """What an editor copies into another site's page; nothing where no site may frame the comments."""
    if not settings.EMBED_ORIGINS or not may_edit(request.user):
        return ""
    page = reverse("embed-item", args=[item.pk]) if item else reverse("embed-story", args=[story.pk])
    return (
        f'<iframe src="{request.build_absolute_uri(page)}" title="Comments" sandbox="{SANDBOX}" loading="lazy"'
        ' style="width: 100%; height: 40rem; border: 0"></iframe>'
    )


def _empty(reply: str, comments: Sequence[discussion.Shown]) -> dict[str, str]:
    form = {"key": secrets.token_hex(16)}
    above = next((one for one in comments if str(one.id) == reply and one.public and not one.gone), None)
    return form | {"reply_to": str(above.id), "above": above.author} if above else form
