"""Corrections as they are listed: all of the desk's, newest first, and those that touch one story or item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storydesk.desk.addresses import family
from storydesk.desk.members import may_edit
from storydesk.desk.models import CorrectedRow, CorrectionRow, ItemRow, StoryRow
from storydesk.site.gates import for_editors
from storydesk.site.rulings import counts, rulings_touching

__all__ = ["Line", "correcting", "lines", "listed"]

LINES: Final = 50
"""Corrections on a page."""

LATEST: Final = 12
"""Corrections that a story's own page lists; the page of all has the rest."""

WHICH: Final = {"all": Q(), "in-force": Q(undone_at=None), "taken-back": Q(undone_at__isnull=False)}


@dataclass(frozen=True, slots=True)
class Line:
    """A correction as it is listed: the story that it took from, the items, the story that they stand in by it."""

    row: CorrectionRow
    taken_from: StoryRow | None
    items: tuple[ItemRow, ...]

    @property
    def holds(self) -> bool:
        """Whether it is in force."""
        return self.row.undone_at is None


def lines(rows: QuerySet[CorrectionRow]) -> list[Line]:
    """The corrections with all that their lines name, in a fixed number of queries."""
    found = list(rows.select_related("story", "gone").defer("story__coverage", "gone__coverage").distinct())
    steps: dict[int, list[CorrectedRow]] = {row.pk: [] for row in found}
    with_items = CorrectedRow.objects.filter(correction__in=found).select_related("item__source", "stood")
    for step in with_items.defer("item__traits", "stood__coverage").order_by("pk"):
        steps[step.correction_id].append(step)
    return [_line(row, steps[row.pk]) for row in found]


def correcting(request: HttpRequest, story: StoryRow) -> dict[str, Any]:
    """What a story's page needs for its corrections: their list, and for editors its items, as they stand now.

    ``?pick=ID`` ticks an item.
    """
    ids = family(story.pk)
    touching = Q(story__in=ids) | Q(gone__in=ids) | Q(steps__stood__in=ids)
    pks = CorrectionRow.objects.filter(touching).order_by("-pk").values_list("pk", flat=True).distinct()[:LATEST]
    context: dict[str, Any] = {
        "corrections": lines(CorrectionRow.objects.filter(pk__in=list(pks))),
        "rulings": rulings_touching(stories=tuple(ids)),
    }
    if may_edit(request.user):
        pins = CorrectedRow.objects.filter(correction__kind="pin", correction__undone_at=None, item__story=story)
        context |= {
            "standing": story.items.select_related("source").defer("traits").order_by("published", "id"),
            "pinned": set(pins.values_list("item", flat=True)),
            "picked": set(request.GET.getlist("pick")),
        }
    return context


@require_safe
@for_editors
def listed(request: HttpRequest, which: str = "all") -> HttpResponse:
    """All corrections, those in force, or those taken back; newest first, with who and when."""
    page = Paginator(CorrectionRow.objects.filter(WHICH[which]).order_by("-pk"), LINES).get_page(
        request.GET.get("page")
    )
    shown = CorrectionRow.objects.filter(pk__in=[row.pk for row in page])
    return render(
        request, "corrections.html", {"which": which, "page": page, "lines": lines(shown), "counts": counts()}
    )


def _line(row: CorrectionRow, steps: list[CorrectedRow]) -> Line:
    taken_from = row.gone or (steps[0].stood if steps and row.kind != row.Kind.PIN else None)
    return Line(row, taken_from, tuple(step.item for step in steps))
