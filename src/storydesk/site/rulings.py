"""Corrections of names as they are listed: all of the desk's, newest first, and those that touch an entity or story."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storydesk.desk.models import CorrectionRow, RulingRow
from storydesk.site.gates import for_editors

__all__ = ["counts", "listed", "rulings_touching"]

LINES: Final = 50
"""Corrections on a page."""

LATEST: Final = 12
"""Corrections that another page lists."""


def counts() -> dict[str, int]:
    """How many corrections each tab lists."""
    made = CorrectionRow.objects
    return {
        "all": made.count(),
        "in_force": made.filter(undone_at=None).count(),
        "taken_back": made.filter(undone_at__isnull=False).count(),
        "names": RulingRow.objects.count(),
    }


def rulings_touching(entity: str = "", stories: tuple[str, ...] = ()) -> list[RulingRow]:
    """The latest that speak of an entity, or hold in one of the stories."""
    those = Q(story__in=stories) | Q(items__story__in=stories) if stories else Q(entity=entity) | Q(other=entity)
    pks = RulingRow.objects.filter(those).order_by("-pk").values_list("pk", flat=True).distinct()[:LATEST]
    rows = RulingRow.objects.filter(pk__in=list(pks)).select_related("story").defer("story__coverage")
    return list(rows.prefetch_related("items").order_by("-pk"))


@require_safe
@for_editors
def listed(request: HttpRequest) -> HttpResponse:
    """All corrections of names; newest first, with who and when."""
    rows = RulingRow.objects.select_related("story").defer("story__coverage").prefetch_related("items")
    page = Paginator(rows.order_by("-pk"), LINES).get_page(request.GET.get("page"))
    return render(request, "corrections.html", {"which": "names", "page": page, "rulings": page, "counts": counts()})
