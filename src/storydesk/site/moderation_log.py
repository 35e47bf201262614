"""The log of the discussion on a page and as lines: who did what and why, and whether anybody has tampered with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import discussion
from storydesk.desk.discussion.chain import said
from storydesk.desk.discussion.deciding import UNDOABLE
from storydesk.desk.discussion.queueing import counts
from storydesk.desk.models import LogRow
from storydesk.errors import InputError, NotFound
from storydesk.site.gates import for_moderators, signed_in
from storydesk.site.problems import sentence
from storydesk.site.sent import whole_number

__all__ = ["Line", "as_lines", "back_to", "in_words", "lines", "log", "undo"]

ENTRIES: Final = 50
WORDS: Final = {
    "screen": "screened",
    "submit": "written, not yet confirmed",
    "withdraw": "deleted by its author",
    "appeal": "appealed for",
    "report": "reported",
    "publish": "published",
    "hold": "held",
    "reject": "rejected",
    "redact": "redacted",
    "undo": "taken back",
    "ban": "author banned",
    "mute": "author muted",
    "lift": "sanction lifted",
    "discussion": "discussion",
}
NAMELESS: Final = {
    "screening": "screening",
    "reader": "a reader",
    "author": "its author",
    "moderator": "a former member",
}
AFTER: Final = {"edit": " after a change", "confirm": " once confirmed"}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as people read it: what was done, from what to what, by which rules."""

    row: LogRow
    what: str
    who: str
    change: str
    rules: str
    of: int | None
    undoable: bool


@require_safe
@for_moderators
@never_cache
def log(request: HttpRequest) -> HttpResponse:
    """All entries, newest first. ``?comment=7`` shows those of one comment, ``?verify=1`` checks the whole chain."""
    rows = LogRow.objects.select_related("comment__story", "who").defer("comment__story__coverage").order_by("-number")
    of = whole_number(request.GET.get("comment", ""))
    if of is not None:
        rows = rows.filter(comment=of)
    page = Paginator(rows, ENTRIES).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "lines": lines(page),
        "counts": counts(),
        "query": "" if of is None else f"comment={of}",
        "head": LogRow.objects.order_by("-number").first(),
    }
    if request.GET.get("verify"):
        context["faults"] = discussion.verify()[:ENTRIES]
        context["verified"] = True
    return render(request, "queue_log.html", context)


@require_safe
@for_moderators
def as_lines(_: HttpRequest) -> HttpResponse:
    """The log as JSON Lines, without names and words of readers."""
    parts = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in discussion.exported())
    answer = HttpResponse(parts, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="log.jsonl"'
    return answer


@require_POST
@for_moderators
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a decision back, where nothing came after it."""
    try:
        row = discussion.undo(number, signed_in(request), timezone.now())
    except NotFound as error:
        raise Http404(error.message) from None
    except InputError as error:
        messages.error(request, f"{sentence(error)} Nothing was changed.")
    else:
        messages.success(request, f"Taken back: the comment by {row.author} is {row.state}.")
    return redirect(back_to(request))


def back_to(request: HttpRequest) -> str:
    """The page of moderation that a form was sent from."""
    back = request.POST.get("back", "")
    known = back.startswith("/queue/") and "\\" not in back and not any(map(str.isspace, back))
    return f"{back.partition('#')[0]}#queue" if known else f"{reverse('queue')}#queue"


def lines(rows: Iterable[LogRow]) -> list[Line]:
    """Entries as people read them."""
    return [_line(row) for row in rows]


def in_words(rule: str) -> str:
    """A rule of screening's as people read it."""
    return rule.replace("-", " ").replace("_", " ")


def _line(row: LogRow) -> Line:
    content = said(row.content)
    comment = row.comment
    last = comment is not None and comment.withdrawn is None and comment.version == content.get("version")
    names = content.get("rules") or ([content["rule"]] if content.get("rule") else [])
    listed = {} if content.get("by") == "screening" else discussion.REASONS
    return Line(
        row=row,
        what=WORDS.get(row.act, row.act) + AFTER.get(content.get("on", ""), ""),
        who=row.name or NAMELESS.get(content.get("by", ""), "–"),
        change=_change(content),
        rules=", ".join(listed.get(name, in_words(name)) for name in names),
        of=content.get("of"),
        undoable=last and row.act in UNDOABLE,
    )


def _change(content: dict[str, Any]) -> str:
    """From what to what: the state of a comment or of a discussion, the end of a sanction."""
    key = "is" if content.get("act") == "discussion" else "state"
    before, after = content.get("before", {}).get(key, ""), content.get("after", {}).get(key, "")
    if before and after:
        return f"{before} → {after}" if before != after else ""
    return f"until {content['until'][:10]}" if content.get("until") else str(after)
