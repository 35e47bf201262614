"""The moderation queue: held comments, the most suspicious first, each with the words that weighed and the story it
stands under.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import discussion
from storydesk.desk.models import CommentRow, LogRow
from storydesk.errors import NotFound
from storydesk.model import Decision, Span
from storydesk.site.gates import for_moderators
from storydesk.site.present.words import Piece, cut

__all__ = ["decide", "log", "queue"]

COMMENTS: Final = 25
DECISIONS: Final = 50
ORDER: Final = {"held": ("-score", "at", "id"), "published": ("-at", "-id"), "rejected": ("-at", "-id")}
"""Held: the most suspicious first, and of two alike the one that waits longer."""

VERDICTS: Final[dict[str, Decision]] = {"publish": "publish", "reject": "reject", "hold": "hold"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A comment as the queue shows it."""

    row: CommentRow
    pieces: tuple[Piece, ...]
    opening: str
    rules: tuple[str, ...]
    percent: int


@require_safe
@for_moderators
def queue(request: HttpRequest, state: str = "held") -> HttpResponse:
    """The comments of one state: ``held``, ``published`` or ``rejected``."""
    return _show(request, state)


@require_POST
@for_moderators
def decide(request: HttpRequest, comment: int) -> HttpResponse:
    """Takes a decision on the state that was shown. Where somebody decided meanwhile, says so and changes nothing."""
    seen, verdict = request.POST.get("seen", ""), VERDICTS.get(request.POST.get("verdict", ""))
    if seen not in ORDER or verdict is None:
        raise Http404("no such decision")
    reason = request.POST.get("reason", "").strip()
    who = cast(User, request.user)
    try:
        row = discussion.decide(comment, verdict, who, timezone.now(), seen=seen, reason=reason)
    except discussion.AlreadyDecided as error:
        messages.error(request, f"{error.message[:1].upper()}{error.message[1:]}. Nothing was changed.")
        return _show(request, seen, status=409)
    except NotFound as error:
        raise Http404(error.message) from None
    messages.success(request, f"The comment by {row.author} is {row.state}.")
    return redirect("queue" if seen == "held" else f"queue-{seen}")


@require_safe
@for_moderators
def log(request: HttpRequest) -> HttpResponse:
    """Who decided what, newest first."""
    rows = LogRow.objects.select_related("comment__story").defer("comment__story__coverage").order_by("-at", "-id")
    context = {"decisions": Paginator(rows, DECISIONS).get_page(request.GET.get("page")), "counts": _counts()}
    return render(request, "queue_log.html", context)


def _show(request: HttpRequest, state: str, status: int = 200) -> HttpResponse:
    rows = CommentRow.objects.filter(state=state).select_related("story", "reply_to")
    rows = rows.defer("story__coverage").annotate(opening=F("story__coverage__brief__0__passage"))
    page = Paginator(rows.order_by(*ORDER[state]), COMMENTS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "state": state,
        "page": page,
        "waiting": [_waiting(row) for row in page],
        "counts": _counts(),
    }
    return render(request, "queue.html", context, status=status)


def _waiting(row: CommentRow) -> Waiting:
    spans = [Span(int(reason["start"]), int(reason["end"])) for reason in row.reasons]
    local = [span for span in spans if (span.start, span.end) != (0, len(row.text))]
    rules = _rules(reason["rule"] for reason in row.reasons)
    opening = str((getattr(row, "opening", None) or {}).get("text", ""))
    return Waiting(row, cut(row.text, local), opening, rules, round(row.score * 100))


def _rules(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.replace("-", " ").replace("_", " ") for name in names))


def _counts() -> dict[str, int]:
    counts = CommentRow.objects.order_by().values_list("state").annotate(Count("id"))
    return dict.fromkeys(ORDER, 0) | dict(counts)
