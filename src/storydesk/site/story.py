"""The story page: every outlet's account of one event. The page that the others are modelled on.

The view fetches rows and turns them into values; :func:`storydesk.site.present.story_page` makes of them what the
template loops over; ``story.html`` and its parts only loop.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from storydesk import wire
from storydesk.coverage import Coverage
from storydesk.desk.models import MentionRow, SourceRow, StoryRow
from storydesk.model import Account
from storydesk.site.background import background
from storydesk.site.corrections import correcting
from storydesk.site.discussion import discussing
from storydesk.site.gates import reads_whole
from storydesk.site.present import StoryPage, story_page
from storydesk.site.present.export import quote_rows, statement_rows, web_annotations
from storydesk.site.present.public import Withheld, for_the_public
from storydesk.site.rows import accounts_of, addresses, coverage_of, of_story, related_records, story_led

__all__ = ["as_annotations", "as_csv", "as_json", "show", "story"]

TABLES: Final = {"quotes": quote_rows, "statements": statement_rows}


@require_safe
def story(request: HttpRequest, story: str) -> HttpResponse:
    """The page of a story; the address of one that was merged or left empty leads on. A story that was not compared
    yet is shown as the list of its items."""
    led = story_led(story)
    if led.story.pk != story:
        return redirect("story", led.story.pk, permanent=led.for_good)
    if led.story.coverage is None:
        return render(request, "waiting.html", _waiting(request, led.story))
    return show(request, led.story)


def show(request: HttpRequest, row: StoryRow, form: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    """The page. ``form`` is what a reader wrote and could not send."""
    context: dict[str, Any] = {
        "page": _page(request, row),
        "address": request.build_absolute_uri(reverse("story", args=[row.pk])),
        **correcting(request, row),
        **discussing(request, row, form=form),
    }
    return render(request, "story.html", context, status=status)


@require_safe
@of_story
def as_json(request: HttpRequest, row: StoryRow) -> HttpResponse:
    """The coverage document, as ``storydesk compare`` prints it, and beside it the other stories of its affair."""
    coverage, _ = _shown(request, row, accounts_of(row))
    record = wire.coverage_record(coverage) | {"related": related_records(request, row)}
    answer = JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'inline; filename="story-{row.pk}.json"'
    return answer


@require_safe
@of_story
def as_csv(request: HttpRequest, row: StoryRow, table: str) -> HttpResponse:
    """The ``quotes`` or the ``statements``, a line for each outlet's words."""
    coverage, _ = _shown(request, row, accounts_of(row))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table}-{row.pk}.csv"'
    csv.writer(answer).writerows(TABLES[table](coverage))
    return answer


@require_safe
@of_story
def as_annotations(request: HttpRequest, row: StoryRow) -> HttpResponse:
    """Statements and quotations as web annotations, whose selectors find the words in the outlets' pages."""
    accounts = accounts_of(row)
    coverage, _ = _shown(request, row, accounts)
    address = request.build_absolute_uri(reverse("story-annotations", args=[row.pk]))
    record = web_annotations(coverage, accounts, address, whole=reads_whole(request))
    kind = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    return JsonResponse(record, content_type=kind, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _waiting(request: HttpRequest, row: StoryRow) -> dict[str, Any]:
    items = row.items.select_related("source").defer("traits").order_by("published", "id")
    return {"story": row, "items": items, **correcting(request, row)}


def _shown(request: HttpRequest, row: StoryRow, accounts: Sequence[Account]) -> tuple[Coverage, Withheld]:
    """All of the coverage for a member, what the public is given of it for everybody else."""
    coverage = coverage_of(row)
    return (coverage, Withheld()) if reads_whole(request) else for_the_public(coverage, accounts)


def _page(request: HttpRequest, row: StoryRow) -> StoryPage:
    accounts = accounts_of(row)
    coverage, withheld = _shown(request, row, accounts)
    sources = list(SourceRow.objects.filter(name__in=coverage.outlets))
    return story_page(
        coverage,
        accounts,
        addresses(sources, _people(row)),
        background(row, coverage, sources, whole=reads_whole(request)),
        withheld,
        everything="all" in request.GET,
    )


def _people(row: StoryRow) -> dict[str, str]:
    """The desk's own ids of the persons whom the story names and the knowledge base does not know."""
    named = MentionRow.objects.filter(item__story=row, type="person", linked=False)
    return dict(named.values_list("name", "entity"))
