"""One comment before a moderator: whole, with its earlier wordings, its log and its author's history; what of it is
taken out for the public; and bans and mutes of its author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final, cast

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import discussion
from storydesk.desk.models import CommentRow, SanctionRow
from storydesk.errors import InputError, NotFound
from storydesk.model import Span
from storydesk.site.gates import for_moderators, signed_in
from storydesk.site.moderation_log import back_to, lines
from storydesk.site.problems import sentence
from storydesk.site.queue import prepared, tabs
from storydesk.site.sent import whole_number

__all__ = ["comment", "lift", "redact", "sanction"]

WORD: Final = re.compile(r"\S+")
RECENT: Final = 10
"""Of an author's other comments, how many are shown."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the comment that can be taken out, and the blanks or line ends that follow it."""

    text: str
    span: str
    out: bool
    line_ends: bool


@require_safe
@for_moderators
@never_cache
def comment(request: HttpRequest, comment: int) -> HttpResponse:
    """The page of one comment."""
    return _show(request, comment)


@require_POST
@for_moderators
def redact(request: HttpRequest, comment: int) -> HttpResponse:
    """Takes out the words that were picked (``span``: from-to), or all personal data that screening found (``found``),
    of the version that was shown."""
    seen = whole_number(request.POST.get("seen", ""))
    row = CommentRow.objects.filter(pk=comment).first()
    if row is None or seen is None:
        raise Http404("no such comment")
    try:
        spans = discussion.private_spans(row) if "found" in request.POST else _spans(request.POST.getlist("span"))
        discussion.redact(comment, spans, signed_in(request), timezone.now(), seen=seen)
    except InputError as error:
        messages.error(request, f"{sentence(error)} Nothing was changed.")
        return _show(request, comment, status=409)
    except NotFound as error:
        raise Http404(error.message) from None
    messages.success(request, "The public no longer sees these words." if spans else "The public sees all of it again.")
    return redirect(back_to(request))


@require_POST
@for_moderators
def sanction(request: HttpRequest, author: int) -> HttpResponse:
    """Bans or mutes an author until the end of a day, or for good."""
    kind, until = request.POST.get("kind", ""), request.POST.get("until", "").strip()
    if kind not in SanctionRow.Kind.values:
        raise Http404("no such sanction")
    try:
        end = _end_of(until) if until else None
        discussion.sanction(
            author, cast(Any, kind), end, request.POST.get("reason", "").strip(), signed_in(request), timezone.now()
        )
    except InputError as error:
        messages.error(request, sentence(error))
    except NotFound as error:
        raise Http404(error.message) from None
    else:
        messages.success(request, "Banned." if kind == "ban" else "Muted: all they write is held.")
    return redirect(back_to(request))


@require_POST
@for_moderators
def lift(request: HttpRequest, sanction: int) -> HttpResponse:
    """Ends a ban or a mute."""
    try:
        discussion.lift(sanction, signed_in(request), timezone.now())
    except InputError as error:
        messages.error(request, sentence(error))
    except NotFound as error:
        raise Http404(error.message) from None
    else:
        messages.success(request, "Lifted.")
    return redirect(back_to(request))


def _show(request: HttpRequest, number: int, status: int = 200) -> HttpResponse:
    rows = CommentRow.objects.select_related("story", "item__source", "writer", "decided_by", "reply_to__reply_to")
    rows = rows.exclude(state=CommentRow.State.UNCONFIRMED).annotate(opening=F("story__coverage__brief__0__passage"))
    row = rows.defer("story__coverage", "item__traits").filter(pk=number).first()
    if row is None:
        raise Http404("no such comment")
    context = {
        "comment": prepared([row], signed_in(request))[0],
        "state": row.state,
        "words": _words(row),
        "wordings": row.wordings.all(),
        "replies": row.replies.filter(withdrawn=None).exclude(state=CommentRow.State.UNCONFIRMED),
        "entries": lines(row.log.select_related("comment", "who")),
        "others": _others(row),
        "sanctions": row.writer.sanctions.all() if row.writer else [],
        "reasons": discussion.REASONS.items(),
        "today": timezone.now().date().isoformat(),
        "back": reverse("queued", args=[row.pk]),
        **tabs(),
    }
    return render(request, "queued.html", context, status=status)


def _others(row: CommentRow) -> list[CommentRow]:
    if row.writer is None:
        return []
    own = CommentRow.objects.filter(writer=row.writer, withdrawn=None).exclude(pk=row.pk)
    own = own.exclude(state=CommentRow.State.UNCONFIRMED).select_related("story").defer("story__coverage")
    return list(own.order_by("-at", "-pk")[:RECENT])


def _words(row: CommentRow) -> list[Word]:
    """The words of a comment, those taken out marked so."""
    taken = [Span(start, end) for start, end in row.redactions]
    found = []
    for match in WORD.finditer(row.text):
        start, end = match.span()
        out = any(start < span.end and span.start < end for span in taken)
        rest = row.text[end : end + len(row.text[end:]) - len(row.text[end:].lstrip())]
        found.append(Word(match.group(), f"{start}-{end}", out, "\n" in rest))
    return found


def _spans(picked: list[str]) -> list[Span]:
    """The picked words as stretches; those with nothing but blanks between them as one."""
    spans: list[Span] = []
    for pick in picked:
        start, end = map(whole_number, pick.partition("-")[::2])
        if start is None or end is None:
            raise InputError(f"{pick!r} is no stretch of the text")
        if spans and start - spans[-1].end <= 1:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans


def _end_of(day: str) -> datetime:
    try:
        found = parse_date(day)
    except ValueError:
        found = None
    if found is None:
        raise InputError("give the last day as a date, for example 2026-12-31")
    return datetime.combine(found, time(23, 59, 59), UTC)
