"""An entity's page: its card, how often it was named over time, the stories and items that name it, what it is quoted
as saying and what others say of it, whom it is named with; and for editors what is to be corrected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from storydesk.coverage import Coverage
from storydesk.desk.knowing import tools
from storydesk.desk.models import MentionRow, SourceRow, StoryRow
from storydesk.desk.rulings_in_force import kept
from storydesk.knowledge.spellings import fullest_spelling
from storydesk.model import Entity
from storydesk.recognise import is_desk_person
from storydesk.site.gates import reads_whole
from storydesk.site.present.about import Called, by_it, of_it, roles_of
from storydesk.site.present.cards import one_origin, undated
from storydesk.site.present.frame import Frame
from storydesk.site.present.history import history
from storydesk.site.present.locator import locator
from storydesk.site.present.public import for_the_public
from storydesk.site.present.voices import Voice
from storydesk.site.rows import accounts_of, addresses, coverage_of
from storydesk.site.rulings import rulings_touching

__all__ = ["entity"]

ITEMS: Final = 30

STORIES: Final = 12
"""The latest stories that are looked through for quotes and roles."""

COMPANY: Final = 12
"""Others that are listed as often named with it."""

TOGETHER: Final = 2
"""Items that must name two, for them to be named together often."""


@require_safe
def entity(request: HttpRequest, entity: str) -> HttpResponse:
    """The page of an entity of the knowledge base, or of a person whom only the desk knows by name. The page of one
    that was merged leads on, for as long as the merge holds."""
    if kept(entity) != entity:
        return redirect("entity", kept(entity))
    mentions = MentionRow.objects.filter(entity=entity).select_related("item__source").defer("item__traits")
    mentions = mentions.order_by(F("item__published").desc(nulls_last=True), "item_id")
    names = list(mentions.order_by().values("name", "type").annotate(times=Count("id")).order_by("-times", "name"))
    told = StoryRow.objects.filter(pk__in=mentions.order_by().values("item__story"), coverage__isnull=False)
    latest = list(told.order_by("-last_changed", "pk")[:STORIES])
    coverages = [(row, coverage_of(row)) for row in latest]
    known = _known(entity, [coverage for _, coverage in coverages])
    rulings = rulings_touching(entity)
    if not names and known is None and not rulings:
        raise Http404("nobody of that name")
    frames = _frames(entity, coverages, whole=reads_whole(request))
    context: dict[str, Any] = {
        "id": entity,
        "entity": known,
        "map": locator(known) if known else None,
        "origin": one_origin(known.facts) if known else "",
        "undated": undated(known.facts) if known else "",
        "name": _name(entity, known, names) or rulings[0].name,
        "type": known.type if known else names[0]["type"] if names else "name",
        "aliases": _aliases(known, _name(entity, known, names), names),
        "stories": latest,
        "stories_total": told.count(),
        "mentions": Paginator(mentions, ITEMS).get_page(request.GET.get("page")),
        "history": history([at for at in mentions.values_list("item__published", flat=True) if at]),
        "by_it": _said([(row, by_it(frame, it)) for row, frame, it in frames]),
        "of_it": _said([(row, of_it(frame, it)) for row, frame, it in frames]),
        "roles": roles_of([(frame, it) for _, frame, it in frames]),
        "company": _company(entity, mentions),
        "rulings": rulings,
    }
    return render(request, "entity.html", context)


def _frames(
    entity: str, coverages: Sequence[tuple[StoryRow, Coverage]], whole: bool
) -> list[tuple[StoryRow, Frame, Called]]:
    stories = [row for row, _ in coverages]
    sources = list(SourceRow.objects.filter(name__in={outlet for _, said in coverages for outlet in said.outlets}))
    names: dict[str, set[str]] = {row.pk: set() for row in stories}
    rows = MentionRow.objects.filter(entity=entity, item__story__in=stories)
    for story, name in rows.values_list("item__story", "name"):
        names[story].add(name)
    people: dict[str, dict[str, str]] = {row.pk: {} for row in stories}
    unknown = MentionRow.objects.filter(item__story__in=stories, type="person", linked=False)
    for story, name, person in unknown.values_list("item__story", "name", "entity"):
        people[story][name] = person
    known = not is_desk_person(entity)
    frames = []
    for row, coverage in coverages:
        accounts = accounts_of(row)
        shown = coverage if whole else for_the_public(coverage, accounts)[0]
        frame = Frame(shown, accounts, addresses(sources, people[row.pk]))
        frames.append((row, frame, Called(entity, frozenset(names[row.pk]), known)))
    return frames


def _known(entity: str, coverages: Sequence[Coverage]) -> Entity | None:
    """The entity as the knowledge base has it, else as the latest story with its card did."""
    cards = (card.entity for coverage in coverages for card in coverage.cards)
    return tools().knowledge.entity(entity) or next((card for card in cards if card.id == entity), None)


def _name(entity: str, known: Entity | None, names: Sequence[Mapping[str, Any]]) -> str:
    """What to call it: a person of the desk's own in the fullest way that outlets do."""
    if known or not names:
        return known.name if known else ""
    return fullest_spelling([row["name"] for row in names]) if is_desk_person(entity) else str(names[0]["name"])


def _aliases(known: Entity | None, own: str, names: Sequence[Mapping[str, Any]]) -> list[str]:
    """Other names: the ones that outlets use here, then those that the knowledge base has."""
    used = [row["name"] for row in names]
    return [name for name in dict.fromkeys((*used, *(known.aliases if known else ()))) if name != own]


def _said(told: Sequence[tuple[StoryRow, tuple[Voice, ...]]]) -> list[dict[str, object]]:
    return [{"story": row, "voices": heard} for row, heard in told if heard]


def _company(entity: str, mentions: QuerySet[MentionRow]) -> list[dict[str, Any]]:
    """Whom the same items name most often."""
    others = MentionRow.objects.filter(item__in=mentions.order_by().values("item")).exclude(entity=entity)
    together = others.values("entity").annotate(items=Count("item")).filter(items__gte=TOGETHER)
    found = list(together.order_by("-items", "entity")[:COMPANY])
    rows = MentionRow.objects.filter(entity__in=[row["entity"] for row in found]).values("entity", "name")
    names: dict[str, list[dict[str, Any]]] = {}
    for row in rows.annotate(times=Count("id")).order_by("-times", "name"):
        names.setdefault(row["entity"], []).append({"name": row["name"]})
    base = tools().knowledge
    return [{**row, "name": _name(row["entity"], base.entity(row["entity"]), names[row["entity"]])} for row in found]
