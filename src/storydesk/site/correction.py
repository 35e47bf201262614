"""An editor's correction: items taken out of a story, moved, pinned, two stories merged, a correction taken back.

The story's page sends the items and what to do with them. Where that needs another story, the editor is led to a page
that offers the near ones and searches the rest by headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import corrections
from storydesk.desk.addresses import living, named
from storydesk.desk.affairs import links_of
from storydesk.desk.models import CorrectionRow, ItemRow, StoryRow
from storydesk.errors import InputError, NotFound, StorydeskError
from storydesk.site.gates import for_editors
from storydesk.site.problems import sentence
from storydesk.site.rows import story_led
from storydesk.site.sharing import sharing_names

__all__ = ["Choice", "choose", "correct", "undo"]

OFFERED: Final = 12
"""Stories that are offered at once."""

DONE: Final = {
    "split": "Taken out into a new story: ",
    "move": "Moved to ",
    "merge": "Merged into ",
    "pin": "Pinned to ",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A story that items can be moved to, or that can be merged; ``why`` it is offered."""

    id: str
    headline: str
    items: int
    last_changed: datetime | None
    why: str = ""


@require_POST
@for_editors
def correct(request: HttpRequest, story: str) -> HttpResponse:
    """Does what the form says (``do``) with the items that it names, and shows the story again."""
    do, items, other = (request.POST.getlist(field) for field in ("do", "item", "other"))
    return _correct(request, story, "".join(do[:1]), items, "".join(other[:1]))


def _correct(request: HttpRequest, story: str, do: str, items: Sequence[str], other: str) -> HttpResponse:
    if do not in DONE:
        raise Http404("no such correction")
    here = f"{reverse('story', args=[story])}#correct"
    if do in ("move", "merge") and not other:
        if do == "move" and not items:
            messages.error(request, "Choose at least one item first.")
            return redirect(here)
        query = urlencode([("do", do), *(("item", item) for item in items)])
        return redirect(f"{reverse('choose', args=[story])}?{query}")
    try:
        row = _carry_out(do, story, items, other, request.user.get_username())
    except StorydeskError as error:
        messages.error(request, sentence(error))
    else:
        link = format_html('<a href="{}">{}</a>', reverse("story", args=[row.story_id]), row.story)
        messages.success(request, format_html("{}{}. The pages are compared anew in a moment.", DONE[do], link))
    return redirect(here)


@require_safe
@for_editors
def choose(request: HttpRequest, story: str) -> HttpResponse:
    """Offers the stories to which the chosen items can be moved, or which can be merged into this one."""
    row, do = story_led(story).story, request.GET.get("do", "")
    if do not in ("move", "merge"):
        raise Http404("no such correction")
    asked = request.GET.get("q", "").strip()
    items = ItemRow.objects.filter(pk__in=request.GET.getlist("item"), story=row).select_related("source")
    context = {
        "story": row,
        "do": do,
        "asked": asked,
        "items": items.defer("traits").order_by("published", "id"),
        "choices": _found(row, asked) if asked else _near(row),
    }
    return render(request, "choose.html", context)


@require_POST
@for_editors
def undo(request: HttpRequest, correction: int) -> HttpResponse:
    """Takes a correction back and returns to where the form says (``to``): the list, or the story."""
    row = CorrectionRow.objects.filter(pk=correction).first()
    if row is None:
        raise Http404("no such correction")
    try:
        corrections.undo(row.pk, request.user.get_username(), timezone.now())
    except StorydeskError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, "Taken back. The pages are compared anew in a moment.")
    if request.POST.get("to") == "list":
        return redirect("corrections")
    return redirect(f"{reverse('story', args=[row.story_id])}#correct")


def _carry_out(do: str, story: str, items: Sequence[str], other: str, who: str) -> CorrectionRow:
    now = timezone.now()
    if do == "merge":
        return corrections.merge(story, other, who, now)
    _refuse_those_that_left(story, items)
    if do == "move":
        return corrections.move(items, other, who, now)
    return corrections.split(items, who, now) if do == "split" else corrections.pin(items, who, now)


def _refuse_those_that_left(story: str, items: Sequence[str]) -> None:
    """What the editor saw must still be so: somebody else may have corrected it meanwhile."""
    left = ItemRow.objects.filter(pk__in=items).exclude(story=living(story)).first()
    if left:
        raise InputError(f"“{left.title}” does not stand in this story any more", "look at its place first")


def _near(story: StoryRow) -> list[Choice]:
    """The stories of its affair, those that share names, then the ones that changed last."""
    near = {other.pk: "; ".join(why) for other, _, why in links_of(story.pk)}
    for other, names in sharing_names(story, OFFERED).items():
        near.setdefault(other, f"both name {', '.join(names)}")
    rows = _offerable(story).in_bulk(list(near))
    latest = _offerable(story).exclude(pk__in=near).order_by(F("last_changed").desc(nulls_last=True), "pk")
    named = [_choice(rows[key], why) for key, why in near.items() if key in rows][:OFFERED]
    return named + [_choice(row) for row in latest[: OFFERED - len(named)]]


def _found(story: StoryRow, asked: str) -> list[Choice]:
    """The stories whose headline has all the words asked for; of an address, the story it leads to."""
    try:
        led = living(named(asked))
        rows = [led] if led.pk != story.pk else []
    except NotFound:
        words = Q()
        for word in asked.split():
            words &= Q(headline__icontains=word)
        rows = list(_offerable(story).filter(words).order_by(F("last_changed").desc(nulls_last=True), "pk")[:OFFERED])
    return [_choice(row) for row in rows]


def _offerable(story: StoryRow) -> QuerySet[StoryRow]:
    living_ones = StoryRow.objects.filter(merged_into=None, items__isnull=False).exclude(pk=story.pk)
    return living_ones.defer("coverage").distinct()


def _choice(row: StoryRow, why: str = "") -> Choice:
    return Choice(row.pk, row.headline or row.pk, row.items.count(), row.last_changed, why)
