"""The moderation queue: what waits for a decision, most urgent first, each with the words that weighed, the thread and
the story it stands under, and what is known of its author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import discussion
from storydesk.desk.discussion.deciding import UNDOABLE
from storydesk.desk.discussion.queueing import Filters, History, Tab, counts, histories, listed, rules_there, siblings
from storydesk.desk.models import CommentRow, LogRow, ReportRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.model import Decision, Span
from storydesk.site.gates import for_moderators, signed_in
from storydesk.site.moderation_log import back_to, in_words
from storydesk.site.present.words import Piece, cut
from storydesk.site.problems import sentence
from storydesk.site.sent import whole_number

__all__ = ["Waiting", "decide", "decide_many", "prepared", "queue", "tabs"]

COMMENTS: Final = 25
OFFERED: Final = 3
"""Of a moderator's own last decisions, how many the queue offers to undo."""

VERDICTS: Final[dict[str, Decision]] = {"publish": "publish", "reject": "reject", "hold": "hold"}
TABS: Final[dict[str, Tab]] = {"queue": "held", "queue-published": "published", "queue-rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A comment as the queue shows it. ``above`` is the line of comments it answers, the first one first; ``own`` says
    that it is appealed against a rejection of the viewer's."""

    row: CommentRow
    pieces: tuple[Piece, ...]
    opening: str
    rules: tuple[str, ...]
    percent: int
    above: tuple[CommentRow, ...]
    beside: tuple[CommentRow, ...]
    history: History | None
    reports: tuple[tuple[str, str], ...]
    private: int
    own: bool


@require_safe
@for_moderators
@never_cache
def queue(request: HttpRequest, state: Tab = "held") -> HttpResponse:
    """The queue (``held``), or the comments that are ``published`` or ``rejected``. ``?only=reported`` or ``appeals``,
    ``?rule=``, ``?story=`` and ``?author=`` show less."""
    return _show(request, state, request.GET)


@require_POST
@for_moderators
def decide(request: HttpRequest, comment: int) -> HttpResponse:
    """Takes a decision on the version that was shown. Where somebody decided meanwhile, or the author changed the
    comment, says so and changes nothing."""
    seen, verdict = whole_number(request.POST.get("seen", "")), VERDICTS.get(request.POST.get("verdict", ""))
    if seen is None or verdict is None:
        raise Http404("no such decision")
    try:
        row = discussion.decide(comment, verdict, signed_in(request), timezone.now(), seen=seen, **_reason(request))
    except InputError as error:
        messages.error(request, f"{sentence(error)} Nothing was changed.")
        return _again(request)
    except NotFound as error:
        raise Http404(error.message) from None
    messages.success(request, f"The comment by {row.author} is {row.state}.")
    return redirect(back_to(request))


@require_POST
@for_moderators
def decide_many(request: HttpRequest) -> HttpResponse:
    """The same decision on all that were selected, each as it was shown (``pick``: its id and version)."""
    verdict = VERDICTS.get(request.POST.get("verdict", ""))
    chosen = [_picked(pick) for pick in request.POST.getlist("pick")]
    if verdict is None:
        raise Http404("no such decision")
    if not chosen:
        messages.error(request, "None was selected.")
        return redirect(back_to(request))
    try:
        outcome = discussion.decide_many(chosen, verdict, signed_in(request), timezone.now(), **_reason(request))
    except InputError as error:
        raise Http404(error.message) from None
    if outcome.done:
        messages.success(request, f"{len(outcome.done)} of {len(chosen)} are {outcome.done[0].state}.")
    for comment, why in outcome.refused:
        messages.error(request, f"Comment {comment} was left as it is: {why}.")
    return redirect(back_to(request)) if outcome.done else _again(request)


def tabs() -> dict[str, Any]:
    """What the row of tabs shows."""
    return {"counts": counts()}


def prepared(rows: Sequence[CommentRow], viewer: User) -> list[Waiting]:
    """The rows with all that a moderator looks at beside them."""
    known, beside = histories(rows, timezone.now()), siblings(rows)
    reports: dict[int, list[tuple[str, str]]] = {}
    for report in ReportRow.objects.filter(comment__in=[row.pk for row in rows], answered=None):
        reports.setdefault(report.comment_id, []).append((discussion.REASONS[report.rule], report.words))
    return [
        Waiting(
            row=row,
            pieces=_marked(row),
            opening=str((getattr(row, "opening", None) or {}).get("text", "")),
            rules=tuple(in_words(rule) for rule in row.rules.strip("|").split("|") if rule),
            percent=round(row.score * 100),
            above=_line(row),
            beside=tuple(other for other in beside.get(row.reply_to_id or -1, ()) if other.pk != row.pk),
            history=known.get(row.writer_id or -1),
            reports=tuple(reports.get(row.pk, ())),
            private=0 if row.redactions else len(discussion.private_spans(row)),
            own=row.appeal == CommentRow.Appeal.OPEN and row.decided_by_id == viewer.pk,
        )
        for row in rows
    ]


def _show(request: HttpRequest, state: Tab, query: QueryDict, status: int = 200) -> HttpResponse:
    who, filters = signed_in(request), _filters(query)
    rows = listed(state, filters, who).annotate(opening=F("story__coverage__brief__0__passage"))
    page = Paginator(rows, COMMENTS).get_page(query.get("page"))
    kept = query.copy()
    kept.pop("page", None)
    here = reverse(next(name for name, tab in TABS.items() if tab == state))
    context: dict[str, Any] = {
        "state": state,
        "page": page,
        "waiting": prepared(list(page), who),
        "filters": filters,
        "of_story": StoryRow.objects.defer("coverage").filter(pk=filters.story).first() if filters.story else None,
        "rules": [(rule, in_words(rule)) for rule in rules_there()],
        "reasons": discussion.REASONS.items(),
        "query": kept.urlencode(),
        "here": here,
        "back": f"{here}?{query.urlencode()}" if query else here,
        "undoable": _undoable(who),
        **tabs(),
    }
    return render(request, "queue.html", context, status=status)


def _again(request: HttpRequest) -> HttpResponse:
    """The list that a form was sent from, as it is now, with what stood in the way."""
    parts = urlsplit(back_to(request))
    tab = next((tab for name, tab in TABS.items() if reverse(name) == parts.path), "held")
    return _show(request, cast(Tab, tab), QueryDict(parts.query), status=409)


def _filters(query: QueryDict) -> Filters:
    return Filters(
        only=query.get("only", ""),
        rule=query.get("rule", ""),
        story=query.get("story", ""),
        author=whole_number(query.get("author", "")),
    )


def _undoable(who: User) -> list[LogRow]:
    """The viewer's own last decisions that nothing has followed yet, newest first."""
    last = LogRow.objects.filter(who=who, act__in=UNDOABLE).select_related("comment").order_by("-number")[:OFFERED]
    return [entry for entry in last if entry.comment and _still(entry)]


def _still(entry: LogRow) -> bool:
    return not LogRow.objects.filter(comment=entry.comment_id, number__gt=entry.number).exclude(act="report").exists()


def _marked(row: CommentRow) -> tuple[Piece, ...]:
    """The text with the words that weighed marked; a reason that speaks of the whole marks nothing."""
    spans = [Span(int(reason["start"]), int(reason["end"])) for reason in row.reasons]
    return cut(row.text, [span for span in spans if (span.start, span.end) != (0, len(row.text))])


def _line(row: CommentRow) -> tuple[CommentRow, ...]:
    above = row.reply_to
    return (*_line(above), above) if above else ()


def _picked(pick: str) -> tuple[int, int]:
    """A comment's id and the version that was seen."""
    comment, seen = map(whole_number, pick.partition(":")[::2])
    if comment is None or seen is None:
        raise Http404("no such comment")
    return comment, seen


def _reason(request: HttpRequest) -> dict[str, str]:
    return {"rule": request.POST.get("rule", ""), "words": request.POST.get("words", "")}
