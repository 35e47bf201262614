"""From the desk's rows to values: what the views share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from storydesk import wire
from storydesk.coverage import Coverage, Passage
from storydesk.desk.addresses import Led, leads_to
from storydesk.desk.affairs import links_of
from storydesk.desk.models import ItemRow, RevisionRow, SourceRow, StoryRow
from storydesk.desk.rulings_in_force import account_by_rulings, rulings_of
from storydesk.errors import NotFound
from storydesk.model import Account, Source, SourceKind
from storydesk.site.fragment import safe_address
from storydesk.site.present import Addresses
from storydesk.site.present.told import Revision

__all__ = [
    "accounts_of",
    "addresses",
    "coverage_of",
    "of_story",
    "related_records",
    "revisions_of",
    "source_of",
    "story_led",
    "story_row",
    "words_address",
]


def story_led(story: str) -> Led:
    """The living story to which an address leads. Raises Http404 where the desk has no such story."""
    try:
        return leads_to(story)
    except NotFound as error:
        raise Http404(error.message) from None


def story_row(story: str) -> StoryRow:
    """The story of that id, or the one to which it leads. Raises Http404 where there is none to show yet."""
    row = story_led(story).story
    if row.coverage is None:
        raise Http404("no such story")
    return row


def of_story(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a story (``view(request, row, …)``). Under the address of one that leads to another, it sends a reader
    on to the same page of that one: for good, or for now where an editor may take back what was done."""

    @wraps(view)
    def found(request: HttpRequest, story: str, **kwargs: Any) -> HttpResponse:
        row = story_row(story)
        if row.pk == story:
            return view(request, row, **kwargs)
        led = story_led(story)
        page = request.resolver_match.view_name if request.resolver_match else ""
        return redirect(page, row.pk, permanent=led.for_good)

    return found


def coverage_of(row: StoryRow) -> Coverage:
    """The story's coverage."""
    return wire.coverage_from(row.coverage or {})


def accounts_of(row: StoryRow) -> tuple[Account, ...]:
    """The latest told account of each of the story's items, first to publish first."""
    items = list(row.items.filter(told__gt=0).order_by("published", "id").defer("traits"))
    rulings = rulings_of(items)
    found = RevisionRow.objects.filter(item__in=items, account__isnull=False)
    revisions = {(revision.item_id, revision.number): revision for revision in found}
    told = ((item, revisions.get((item.pk, item.told))) for item in sorted(items, key=lambda item: item.pk))
    return tuple(account_by_rulings(item, revision, rulings[item.pk]) for item, revision in told if revision)


def revisions_of(items: Iterable[ItemRow]) -> dict[str, list[Revision]]:
    """The revisions of those items that have more than one, first to last."""
    revised = [item.pk for item in items if item.revision > 1]
    found: dict[str, list[Revision]] = {}
    for row in RevisionRow.objects.filter(item__in=revised).defer("account").order_by("item", "number"):
        record = row.record
        title, text = str(record.get("title") or ""), str(record.get("text") or "")
        at = wire.time_from(record.get("updated")) or row.seen
        found.setdefault(row.item_id, []).append(Revision(row.number, at, title, text))
    return found


def related_records(request: HttpRequest, row: StoryRow) -> list[dict[str, Any]]:
    """The other stories of an affair, for machines: where each is read, when it began, and why it is related."""
    return [
        {
            "story": other.pk,
            "url": request.build_absolute_uri(reverse("story", args=[other.pk])),
            "headline": other.headline,
            "first_seen": other.first_seen.isoformat() if other.first_seen else None,
            "items": other.item_count,
            "score": score,
            "why": list(why),
        }
        for other, score, why in links_of(row.pk)
    ]


def source_of(row: SourceRow) -> Source:
    """The source as a value."""
    return Source(
        id=row.pk,
        name=row.name,
        home=safe_address(row.home) or None,
        kind=msgspec.convert(row.kind, SourceKind),
        profile=row.profile,
        country=row.country or None,
        language=row.language or None,
        owner=row.owner or None,
    )


def addresses(sources: Sequence[SourceRow], people: Mapping[str, str] | None = None) -> Addresses:
    """The desk's own pages, for the ``sources`` that a page may name and for ``people``: the desk's ids by name."""
    known = people or {}
    pages: Mapping[str, str] = {row.name: reverse("source", args=[row.pk]) for row in sources}
    return Addresses(
        item=lambda item: reverse("item", args=[item]),
        words=words_address,
        source=lambda name: pages.get(name, ""),
        entity=lambda entity: reverse("entity", args=[entity]),
        person=lambda name: reverse("entity", args=[known[name]]) if name in known else "",
    )


def words_address(passage: Passage) -> str:
    """The item's page, opened at the words of a passage."""
    query = urlencode({"r": passage.revision, "w": f"{passage.start}-{passage.end}"})
    return f"{reverse('item', args=[passage.item])}?{query}#words"
