"""An author's own comments: how each stands and why, with what can be done about it. For those with an account, and for
guests by the link that was mailed to them or in the session in which they wrote.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from storydesk.desk import discussion
from storydesk.desk.discussion.guests import comment_of_link
from storydesk.desk.limits import Rate, take_each
from storydesk.desk.models import CommentRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.site.authorship import is_own, own_ids, remember
from storydesk.site.gates import is_member
from storydesk.site.problems import sentence
from storydesk.site.sent import whole_number

__all__ = ["act", "link", "mine"]

EDITS: Final[tuple[Rate, ...]] = ((10, 3600),)
"""Changes of one comment: each is screened, kept and logged."""

DONE = {
    "edit": "Your comment is changed.",
    "withdraw": "Your comment is deleted.",
    "appeal": "Your appeal is with the moderators.",
}


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Your comments, newest first."""
    return _show(request)


@require_POST
def act(request: HttpRequest, comment: int) -> HttpResponse:
    """Changes, deletes or appeals for one of the visitor's own comments."""
    if not is_own(request, comment):
        if is_member(request):
            raise PermissionDenied
        return redirect_to_login(reverse("mine"))
    do, now = request.POST.get("do", ""), timezone.now()
    seen, words = whole_number(request.POST.get("seen", "")), request.POST.get("words", "")
    try:
        if do == "edit" and seen is not None:
            if take_each(f"edit {comment}", EDITS, now):
                raise InputError("it was changed too often")
            discussion.edit(comment, words, now, seen=seen)
        elif do == "withdraw":
            discussion.withdraw(comment, now)
        elif do == "appeal":
            discussion.appeal(comment, words, now)
        else:
            raise Http404("no such thing to do")
    except InputError as error:
        messages.error(request, sentence(error))
        return _show(request, {"tried": comment, "words": words}, status=422)
    messages.success(request, DONE[do])
    return redirect("mine")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def link(request: HttpRequest, link: str) -> HttpResponse:
    """The link in a guest's letter. To open it changes nothing, since programs that look through mail open links too:
    the guest confirms on the page. Once confirmed, it leads to how the comment stands."""
    try:
        row = comment_of_link(link)
    except NotFound as error:
        raise Http404(error.message) from None
    problem = ""
    if request.method == "POST" and row.state == CommentRow.State.UNCONFIRMED:
        try:
            if request.POST.get("do") == "withdraw":
                discussion.withdraw(row.pk, timezone.now())
                return redirect("front")
            row = discussion.confirm(row.pk, timezone.now())
        except InputError as error:
            problem = sentence(error)
    if row.state == CommentRow.State.UNCONFIRMED:
        context = {"comment": row, "problem": problem}
        return render(request, "confirm_comment.html", context, status=422 if problem else 200)
    remember(request, row.pk)
    return redirect(f"{reverse('mine')}#comment-{row.pk}")


def _show(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    comments = discussion.own(own_ids(request), timezone.now())
    headlines = dict(StoryRow.objects.filter(pk__in={one.story for one in comments}).values_list("pk", "headline"))
    context = {
        "lines": [(one, headlines.get(one.story, "")) for one in comments],
        "edit_minutes": int(discussion.rules().edit_within.total_seconds() // 60),
        **(more or {}),
    }
    return render(request, "mine.html", context, status=status)
