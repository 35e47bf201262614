"""A reader reports a published comment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from storydesk.desk import discussion
from storydesk.desk.models import CommentRow
from storydesk.errors import InputError, NotFound
from storydesk.site.authorship import reporter
from storydesk.site.limited import reported_too_often

__all__ = ["report"]


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, comment: int) -> HttpResponse:
    """The form that asks what is wrong with a comment, and what comes of it."""
    shown = _public(comment)
    context: dict[str, Any] = {"comment": shown, "reasons": discussion.REASONS.items()}
    if request.method != "POST":
        return render(request, "report.html", context)
    if refusal := reported_too_often(request):
        return refusal
    now = timezone.now()
    by, author = reporter(request, now)
    try:
        new = discussion.report(comment, by, author, request.POST.get("rule", ""), request.POST.get("words", ""), now)
    except InputError as error:
        return render(request, "report.html", {**context, "problem": error.message}, status=422)
    except NotFound as error:
        raise Http404(error.message) from None
    messages.success(
        request, "Thank you. A moderator looks at it." if new else "You have reported this comment before."
    )
    page = reverse("item", args=[shown.item]) if shown.item else reverse("story", args=[shown.story])
    return redirect(f"{page}#comments")


def _public(comment: int) -> discussion.Shown:
    """The comment as the public sees it; else Http404."""
    row = CommentRow.objects.filter(pk=comment).first()
    for one in discussion.published(row.story_id, row.item_id) if row else ():
        if one.id == comment:
            return one
    raise Http404("no such comment")
