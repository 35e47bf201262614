"""How this desk works: that no sentence is generated, what is counted, and how comments are treated."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storydesk.desk.discussion import rules
from storydesk.desk.models import ItemRow, SourceRow, StoryRow
from storydesk.site.present.told import CHANGED
from storydesk.site.present.words import EXCERPT

__all__ = ["about"]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The page, with the desk's own figures."""
    context = {
        "sources": SourceRow.objects.count(),
        "items": ItemRow.objects.count(),
        "stories": StoryRow.objects.filter(coverage__isnull=False, merged_into=None).count(),
        "excerpt": EXCERPT,
        "changed": CHANGED,
        "trusts": rules().trust_after > 0,
    }
    return render(request, "about.html", context)
