"""An editor's correction of a story: an item taken out, an item moved, a correction taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from storydesk.desk import corrections
from storydesk.desk.models import CorrectionRow, ItemRow, StoryRow
from storydesk.errors import StorydeskError
from storydesk.site.gates import for_editors

__all__ = ["move", "split", "undo"]


@require_POST
@for_editors
def split(request: HttpRequest, item: str) -> HttpResponse:
    """Takes an item out of its story into one of its own."""
    row = get_object_or_404(ItemRow, pk=item)
    return _carry_out(request, row, lambda who: corrections.split(row.pk, who, timezone.now()))


@require_POST
@for_editors
def move(request: HttpRequest, item: str) -> HttpResponse:
    """Moves an item into the story that the form names by its id or its address."""
    row = get_object_or_404(ItemRow, pk=item)
    story = request.POST.get("story", "").split("#")[0].split("?")[0].strip().rstrip("/").rpartition("/")[2]
    return _carry_out(request, row, lambda who: corrections.move(row.pk, story, who, timezone.now()))


@require_POST
@for_editors
def undo(request: HttpRequest, correction: int) -> HttpResponse:
    """Takes a correction back: the item returns to where it stood."""
    row = get_object_or_404(CorrectionRow.objects.select_related("item"), pk=correction)
    return _carry_out(request, row.item, lambda who: corrections.undo(row.pk, who, timezone.now()))


def _carry_out(request: HttpRequest, item: ItemRow, change: Callable[[str], StoryRow]) -> HttpResponse:
    try:
        change(request.user.get_username())
    except StorydeskError as error:
        messages.error(request, f"{error.message[:1].upper()}{error.message[1:]}.")
    else:
        messages.success(request, "Done. The stories are compared anew in a moment; their pages show the change then.")
    return redirect("item", item.pk)
