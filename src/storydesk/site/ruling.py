"""An editor's correction of a name: it is not this entity here, it is that one, two entities are one; taken back.

A card or an entity's page sends what to do. Where that needs another entity, the editor is led to a page that offers
namesakes and searches all that the desk names and knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import rulings
from storydesk.desk.knowing import tools
from storydesk.desk.models import ItemRow, MentionRow, RulingRow, StoryRow
from storydesk.desk.rulings import Scope, called
from storydesk.errors import NotFound, StorydeskError
from storydesk.recognise import is_desk_person
from storydesk.site.gates import for_editors
from storydesk.site.problems import sentence

__all__ = ["Candidate", "choose", "rule", "undo"]

OFFERED: Final = 12
"""Entities that are offered at once."""

DEEDS: Final = ("not", "is", "one")
FIELDS: Final = ("do", "entity", "story", "item", "form", "other", "q")
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name can be said to stand for; ``items`` are those of the desk that name it."""

    id: str
    name: str
    type: str
    description: str
    items: int


@require_POST
@for_editors
def rule(request: HttpRequest) -> HttpResponse:
    """Does what the form says (``do``) with the name that it tells, and shows where that was again."""
    asked = _asked(request.POST)
    if asked["do"] in ("is", "one") and not asked["other"]:
        kept = {field: asked[field] for field in FIELDS if asked[field] and field not in ("other", "q")}
        return redirect(f"{reverse('choose-name')}?{urlencode(kept)}")
    try:
        row = _carry_out(asked, request.user.get_username())
    except StorydeskError as error:
        messages.error(request, sentence(error))
        return redirect(_back(asked, asked["entity"]))
    messages.success(request, _done(row))
    return redirect(_back(asked, row.other if row.kind == "one" else row.entity))


@require_safe
@for_editors
def choose(request: HttpRequest) -> HttpResponse:
    """Offers the entities that a name can stand for, or that can be one with another."""
    asked = _asked(request.GET)
    if asked["do"] not in ("is", "one"):
        raise Http404("no such correction")
    try:
        name, _ = called(asked["entity"])
    except NotFound as error:
        raise Http404(error.message) from None
    context = {
        **asked,
        "name": name,
        "of_story": StoryRow.objects.defer("coverage").filter(pk=asked["story"]).first(),
        "of_item": ItemRow.objects.defer("traits").filter(pk=asked["item"]).first(),
        "choices": _candidates(asked["q"] or name, asked["entity"], near=not asked["q"]),
    }
    return render(request, "choose_name.html", context)


@require_POST
@for_editors
def undo(request: HttpRequest, ruling: int) -> HttpResponse:
    """Takes a correction back and returns to where the form says (``to``): the list, the story, or the entity."""
    row = RulingRow.objects.filter(pk=ruling).first()
    if row is None:
        raise Http404("no such correction")
    try:
        rulings.undo(row.pk, request.user.get_username(), timezone.now())
    except StorydeskError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, "Taken back. The pages are compared anew in a moment.")
    if request.POST.get("to") == "story" and row.story_id:
        return redirect(f"{reverse('story', args=[row.story_id])}#correct")
    return redirect("corrections-names") if request.POST.get("to") == "list" else redirect("entity", row.entity)


def _asked(form: QueryDict) -> dict[str, str]:
    asked = {field: form.get(field, "").strip()[:LONGEST] for field in FIELDS}
    if asked["do"] not in DEEDS or not asked["entity"]:
        raise Http404("no such correction")
    return asked


def _carry_out(asked: dict[str, str], who: str) -> RulingRow:
    now, entity, other = timezone.now(), asked["entity"], asked["other"]
    scope = Scope(asked["story"], asked["item"], asked["form"])
    if asked["do"] == "not":
        return rulings.not_this(entity, scope, who, now)
    if asked["do"] == "is":
        return rulings.is_another(entity, other, scope, who, now)
    if is_desk_person(other) and not is_desk_person(entity):
        return rulings.one(entity, other, who, now)
    return rulings.one(other, entity, who, now)


def _done(row: RulingRow) -> str:
    if row.kind == "one":
        return f"{row.name} and {row.other_name} are one now."
    where = "this story" if row.story_id else "this item"
    if row.kind == "not":
        return f"Nothing in {where} is {row.name} any more, and it will not be taken for it again."
    link = format_html('<a href="{}">{}</a>', reverse("entity", args=[row.other]), row.other_name)
    return format_html("In {}, {} is {} now, in items that come later as well.", where, row.name, link)


def _back(asked: dict[str, str], entity: str) -> str:
    """The story's cards, or the entity's page."""
    return f"{reverse('story', args=[asked['story']])}#cards" if asked["story"] else reverse("entity", args=[entity])


def _candidates(words: str, but: str, near: bool) -> list[Candidate]:
    """What the desk names and what the knowledge base knows by these words, most named first. ``near``: by the last
    of them."""
    knowledge = tools().knowledge
    wanted = Q()
    for word in words.split()[-1:] if near else words.split():
        wanted &= Q(name__icontains=word)
    rows = MentionRow.objects.filter(wanted).exclude(entity=but).values("entity")
    named = rows.annotate(items=Count("item"), name=Min("name"), type=Min("type")).order_by("-items", "entity")
    found = {row["entity"]: row for row in named[:OFFERED]}
    exact = knowledge.entity(words)
    spelled = dict.fromkeys((words, words.title(), words.upper()))  # names are looked for as they are written
    known = [one.id for spelling in spelled for one in knowledge.named(spelling)]
    ids = [key for key in dict.fromkeys([*([exact.id] if exact else []), *known, *found]) if key != but]
    naming = MentionRow.objects.filter(entity__in=ids).order_by().values_list("entity").annotate(Count("item"))
    return list(_shown(ids, found, dict(naming)))[:OFFERED]


def _shown(ids: Iterable[str], named: Mapping[str, Mapping[str, Any]], items: Mapping[str, int]) -> Iterable[Candidate]:
    for key in ids:
        known, row = tools().knowledge.entity(key), named.get(key, {})
        if known:
            yield Candidate(key, known.name, known.type, known.description, items.get(key, 0))
        elif row:
            yield Candidate(key, str(row["name"]), str(row["type"]), "", items.get(key, 0))
