"""The comments of a story or an item in a frame on another site: to be read there, and to be answered here.

It knows nobody: no cookie is read or set, no form is in it, and it looks the same to everybody. Only sites that the
desk names may frame it (``STORYDESK_EMBED_ORIGINS``); why it is so: ``docs/decisions/0025-widget.md``.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from storydesk.desk import discussion
from storydesk.desk.models import ItemRow, StoryRow
from storydesk.site.rows import of_story

__all__ = ["SANDBOX", "embed_item", "embed_story"]

SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What a frame needs: to say how high it is, and to open the discussion in a tab of its own. Without
``allow-same-origin`` it is nobody's, and without ``allow-forms`` and ``allow-top-navigation`` it cannot act."""

MOST: Final = 100
"""Comments that are shown; the rest stand on the page itself."""


@require_safe
@of_story
def embed_story(request: HttpRequest, row: StoryRow) -> HttpResponse:
    """The published comments on a story."""
    return _framed(request, row.headline, reverse("story", args=[row.pk]), discussion.published(row.pk))


@require_safe
def embed_item(request: HttpRequest, item: str) -> HttpResponse:
    """The published comments on an item."""
    row = get_object_or_404(ItemRow, pk=item)
    if row.story_id is None:
        raise Http404("the item is in no story yet")
    return _framed(request, row.title, reverse("item", args=[row.pk]), discussion.published(row.story_id, row.pk))


def _framed(request: HttpRequest, title: str, page: str, comments: list[discussion.Shown]) -> HttpResponse:
    context: dict[str, Any] = {
        "title": title,
        "page": page,
        "comments": comments[:MOST],
        "more": max(0, len(comments) - MOST),
        "count": len(comments),
        "comments_on": discussion.rules().comments,
    }
    answer = render(request, "embed.html", context)
    ancestors = " ".join(settings.EMBED_ORIGINS) or "'none'"
    answer["Content-Security-Policy"] = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"sandbox {SANDBOX}",
            f"frame-ancestors {ancestors}",
        )
    )
    # X-Frame-Options knows no list. Where there is one, frame-ancestors takes its place (CSP3, 6.4.2.1).
    answer.xframe_options_exempt = bool(settings.EMBED_ORIGINS)
    return answer
