"""A reader's comment: taken, and held until a moderator has seen it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk.discussion import submit
from storydesk.desk.models import CommentRow
from storydesk.errors import InputError
from storydesk.site.limited import commented_too_often
from storydesk.site.rows import story_row
from storydesk.site.story import show

__all__ = ["comment", "thanks"]

TRAP: Final = "website"
"""A field that people do not see and programs fill in. What comes with it is thanked for and forgotten."""

LONGEST_KEY: Final = 64


@require_POST
def comment(request: HttpRequest, story: str) -> HttpResponse:
    """Takes a comment. The same form sent twice is one comment: its hidden key says so."""
    if refusal := commented_too_often(request):
        return refusal
    row = story_row(story)
    if request.POST.get(TRAP):
        return redirect("thanks", row.pk)
    written = {field: request.POST.get(field, "") for field in ("key", "author", "text", "reply_to")}
    try:
        if not written["key"] or len(written["key"]) > LONGEST_KEY:
            raise InputError("the form was incomplete", "reload the page and send it again")
        above = int(written["reply_to"]) if written["reply_to"].isdecimal() else None
        kept = submit(written["key"], row.pk, written["author"], written["text"], timezone.now(), reply_to=above)
    except InputError as error:
        return show(
            request, row, {**written, "problem": f"{error.message[:1].upper()}{error.message[1:]}."}, status=422
        )
    if kept.state == CommentRow.State.PUBLISHED:
        return redirect(f"{reverse('story', args=[row.pk])}#comment-{kept.pk}")
    return redirect("thanks", row.pk)


@require_safe
def thanks(request: HttpRequest, story: str) -> HttpResponse:
    """Says that the comment is held, and what happens next."""
    row = story_row(story)
    return render(request, "thanks.html", {"story": row})
