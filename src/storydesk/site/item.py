"""An item's page: one piece by one outlet, opened at the words in question, with what changed between its revisions."""

from __future__ import annotations

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from storydesk.desk.models import CorrectionRow, ItemRow, RevisionRow, StoryRow
from storydesk.desk.rulings_in_force import account_by_rulings
from storydesk.model import Account, Span
from storydesk.site.corrections import lines
from storydesk.site.discussion import discussing
from storydesk.site.fragment import link_to_words
from storydesk.site.gates import reads_whole
from storydesk.site.present.item import item_page, span_asked
from storydesk.site.present.public import Opened, opened
from storydesk.site.rows import coverage_of, revisions_of
from storydesk.site.sent import whole_number

__all__ = ["item", "show"]


@require_safe
def item(request: HttpRequest, item: str) -> HttpResponse:
    """The page of an item. ``?r=2`` asks for a revision, ``&w=120-180`` for words of it, which are marked in their
    place.
    """
    return show(request, get_object_or_404(ItemRow.objects.select_related("source"), pk=item))


def show(request: HttpRequest, row: ItemRow, form: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    """The page. ``form`` is what a reader wrote as a comment and could not send."""
    account = account_by_rulings(row, _revision(row, request.GET.get("r", "")))
    asked = span_asked(request.GET.get("w", ""), account.item.text)
    revisions = revisions_of([row]).get(row.pk, [])
    opened = None if reads_whole(request) else _opened(row, account)
    page = item_page(account, revisions, asked, _entity_address, _card_names(row), opened)
    story = StoryRow.objects.defer("coverage").filter(pk=row.story_id, coverage__isnull=False).first()
    context = {
        "row": row,
        "item": account.item,
        "page": page,
        "out": link_to_words(row.url, account.item.text, page.asked or Span(0, 0)),
        "story": story,
        "corrections": lines(CorrectionRow.objects.filter(steps__item=row)),
        **(discussing(request, story, row, form) if story else {}),
    }
    return render(request, "item.html", context, status=status)


def _revision(row: ItemRow, asked: str) -> RevisionRow:
    number = whole_number(asked)
    found = row.revisions.filter(number=(row.told or row.revision) if number is None else number).first()
    if found is None:
        raise Http404("no such revision")
    return found


def _opened(row: ItemRow, account: Account) -> Opened:
    """What strangers are given of the revision that the story shows. Of the others it is the excerpt alone: together
    they would tell more than one does."""
    story = StoryRow.objects.filter(pk=row.story_id, coverage__isnull=False).first()
    coverage = coverage_of(story) if story else None
    shown = {item.id: item.revision for item in coverage.items} if coverage else {}
    if account.item.revision != shown.get(row.pk, row.told):
        return Opened()
    beside = (
        RevisionRow.objects.filter(item__story=story, number=F("item__told")) if story else RevisionRow.objects.none()
    )
    return opened(account, coverage, dict(beside.values_list("item", "account__item__text")))


def _entity_address(entity: str) -> str:
    return reverse("entity", args=[entity])


def _card_names(row: ItemRow) -> dict[str, str]:
    """What the cards of the item's story call their entities: an item may call Norway "Norwegian" only."""
    cards = StoryRow.objects.filter(pk=row.story_id).values_list("coverage__cards", flat=True).first()
    return {card["entity"]["id"]: card["entity"]["name"] for card in cards or ()}
