"""A reader's comment on a story or an item: taken, and held until a moderator has seen it."""

from __future__ import annotations

import secrets
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from storydesk.desk import discussion
from storydesk.desk.discussion.guests import guest, link_of, too_many, write_to
from storydesk.desk.models import CommentRow, ItemRow
from storydesk.errors import InputError
from storydesk.site import item as item_view
from storydesk.site import story as story_view
from storydesk.site.authorship import remember, writer_of
from storydesk.site.connection import address_for
from storydesk.site.gates import for_moderators, signed_in
from storydesk.site.limited import commented_too_often
from storydesk.site.problems import sentence
from storydesk.site.rows import story_row
from storydesk.site.sent import whole_number

__all__ = ["comment", "comment_on_item", "set_discussion", "thanks", "thanks_item"]

TRAP: Final = "website"
"""A field that people do not see and programs fill in. What comes with it is thanked for and forgotten."""

LONGEST_KEY: Final = 48

OF_A_FORM: Final = "form:"
"""What the keys of forms begin with. Comments that came another way have keys that can be worked out: whoever sent one
of those as a form's would be taken for the author."""


@require_POST
def comment(request: HttpRequest, story: str) -> HttpResponse:
    """Takes a comment on a story. The same form sent twice is one comment: its hidden key says so."""
    if refusal := commented_too_often(request):
        return refusal
    row = story_row(story)
    try:
        kept = _take(request, row.pk, None)
    except InputError as error:
        return story_view.show(request, row, _given_back(request, error), status=422)
    return _answer(kept, reverse("story", args=[row.pk]), reverse("thanks", args=[row.pk]))


@require_POST
def comment_on_item(request: HttpRequest, item: str) -> HttpResponse:
    """Takes a comment on an item."""
    if refusal := commented_too_often(request):
        return refusal
    row = get_object_or_404(ItemRow.objects.select_related("source"), pk=item)
    if row.story_id is None:
        raise Http404("the item is in no story yet")
    try:
        kept = _take(request, row.story_id, row.pk)
    except InputError as error:
        return item_view.show(request, row, _given_back(request, error), status=422)
    return _answer(kept, reverse("item", args=[row.pk]), reverse("thanks-item", args=[row.pk]))


@require_safe
def thanks(request: HttpRequest, story: str) -> HttpResponse:
    """Says that the comment waits, and what happens next."""
    row = story_row(story)
    return render(request, "thanks.html", _thanks(row.headline, reverse("story", args=[row.pk]), "story"))


@require_safe
def thanks_item(request: HttpRequest, item: str) -> HttpResponse:
    """The same for a comment on an item."""
    row = get_object_or_404(ItemRow, pk=item)
    return render(request, "thanks.html", _thanks(row.title, reverse("item", args=[row.pk]), "item"))


@require_POST
@for_moderators
def set_discussion(request: HttpRequest, story: str) -> HttpResponse:
    """Opens or closes the discussion of a story, or turns its comments off."""
    row = story_row(story)
    try:
        discussion.set_discussion(row, request.POST.get("discussion", ""), signed_in(request), timezone.now())
    except InputError as error:
        raise Http404(error.message) from None
    return redirect(f"{reverse('story', args=[row.pk])}#comments")


def _take(request: HttpRequest, story: str, item: str | None) -> CommentRow | None:
    """Submits what the form says; None where it is thanked for and kept nowhere. Raises InputError."""
    form, now, rules = request.POST, timezone.now(), discussion.rules()
    if form.get(TRAP):
        return None
    key, name, answered = form.get("key", ""), form.get("author", ""), form.get("reply_to", "")
    if not key or len(key) > LONGEST_KEY:
        raise InputError("the form was incomplete", "reload the page and send it again")
    writer = writer_of(request, now)
    confirmed = writer is not None or rules.guests == "name"
    if writer is not None:
        name = writer.name or request.user.get_username()
    elif rules.guests == "no":
        raise InputError("comments are for readers with an account", "sign in first")
    elif rules.guests == "mail":
        writer = guest(form.get("mail", ""), name, now)
        if too_many(writer, now):
            return None
    kept = discussion.submit(
        OF_A_FORM + key,
        story,
        name,
        form.get("text", ""),
        now,
        item=item,
        writer=writer,
        confirmed=confirmed,
        reply_to=whole_number(answered),
    )
    if confirmed:
        remember(request, kept.pk)
    elif kept.at == now:  # not the same form once more
        write_to(kept, address_for(request)("comment-link", link_of(kept)), settings.SITE_NAME)
    return kept


def _given_back(request: HttpRequest, error: InputError) -> dict[str, str]:
    written = {field: request.POST.get(field, "") for field in ("author", "mail", "text", "reply_to")}
    key = request.POST.get("key", "")
    key = key if 0 < len(key) <= LONGEST_KEY else secrets.token_urlsafe(16)
    return {**written, "key": key, "problem": sentence(error)}


def _answer(kept: CommentRow | None, page: str, thanked: str) -> HttpResponse:
    if kept is not None and kept.state == CommentRow.State.PUBLISHED:
        return redirect(f"{page}#comment-{kept.pk}")
    if kept is not None and kept.state == CommentRow.State.REJECTED:
        return redirect(f"{reverse('mine')}#comment-{kept.pk}")  # where it says so, and how to appeal
    return redirect(thanked)


def _thanks(title: str, href: str, what: str) -> dict[str, str]:
    return {"title": title, "href": href, "what": what, "guests": discussion.rules().guests}
