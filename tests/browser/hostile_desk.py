"""A desk whose every string from outside is a hostile fragment, and the addresses of all pages that show one.

Comments go the way that readers' and moderators' go; the rest is put straight into the tables, without what gathering
and reading would have taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from storydesk import wire
from storydesk.coverage import (
    Coverage,
    CoveredItem,
    Difference,
    Moment,
    Origin,
    Passage,
    Point,
    Side,
    Statement,
    Utterance,
    Wording,
)
from storydesk.desk import discussion
from storydesk.desk.models import CommentRow, FeedRow, ItemRow, MentionRow, RevisionRow, SourceRow, StoryRow
from storydesk.model import Account, Attribution, Card, Entity, Fact, Item, Mention, Span, Video
from tests.site.conftest import NOON

TOGETHER: Final = 8
"""Fragments on one story's page; each has an item's, an entity's and a source's page of its own."""

BODY: Final = "\nA ferry ran aground off Cork on Monday with 41 people on board, the coast guard said."


def fill(fragments: Sequence[str], moderator: User) -> None:
    """Fills the desk, in one transaction but for the comments."""
    numbered = list(enumerate(fragments))
    stories = [numbered[start : start + TOGETHER] for start in range(0, len(numbered), TOGETHER)]
    with transaction.atomic():
        for number, told in enumerate(stories):
            _keep(f"s{number}", told)
    for number, told in enumerate(stories):
        for place, fragment in told:
            _discuss(f"s{number}", place, fragment, moderator)


def pages(fragments: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The address of every page that shows a fragment, and whether a member of the desk looks at it."""
    count, stories = len(fragments), -(-len(fragments) // TOGETHER)
    for number in range(stories):
        yield from ((f"/stories/s{number}/", member) for member in (False, True))
        yield f"/embed/stories/s{number}/", False
    for number in range(count):
        yield f"/items/i{number}/", False
        yield f"/names/Q{900_000 + number}/", False
        yield f"/sources/x{number}/", True
    for number in range(0, count, TOGETHER):
        yield f"/items/i{number}/?w=0-9", True
        yield f"/embed/items/i{number}/", False
    yield from (("/sources/", False), ("/sources/", True), ("/corrections/", True))
    for page in range(1, stories // 10 + 2):
        yield f"/?page={page}", False
    for page in range(1, 2 * count // 20 + 2):
        yield from ((f"/queue/{tab}?page={page}", True) for tab in ("", "published/", "rejected/", "log/"))
    for comment in CommentRow.objects.order_by("pk").values_list("pk", flat=True):
        if comment % TOGETHER == 0:
            yield f"/queue/{comment}/", True
    for feed in ("/atom.xml", "/feed.json", "/comments/atom.xml", "/comments/feed.json"):
        yield feed, False
        yield from ((f"/stories/s{number}{feed}", False) for number in range(stories))
    yield "/stories/s0.json", True


def _keep(story: str, told: Sequence[tuple[int, str]]) -> None:
    accounts = [_account(number, fragment) for number, fragment in told]
    headline = told[0][1]
    row = StoryRow.objects.create(
        id=story,
        headline=headline,
        first_seen=NOON,
        last_changed=NOON,
        item_count=len(told),
        origin_count=len(told),
        rank=1.0,
        coverage=wire.coverage_record(_coverage(story, accounts, headline)),
        stale=False,
    )
    for (number, fragment), account in zip(told, accounts, strict=True):
        source = SourceRow.objects.create(
            id=f"x{number}", name=fragment, home=fragment, profile=fragment, owner=fragment, country="<>"
        )
        FeedRow.objects.create(
            url=fragment, title=fragment, source=source, problem=fragment, advice=fragment, next_visit=NOON
        )
        item = ItemRow.objects.create(
            id=account.item.id,
            source=source,
            url=fragment,
            title=fragment,
            published=NOON,
            seen=NOON,
            language="en",
            told=1,
            state="placed",
            story=row,
            placed_in=row,
        )
        for revision in (1, 2):
            RevisionRow.objects.create(
                item=item,
                number=revision,
                digest=f"{revision}",
                seen=NOON,
                record=wire.item_record(account.item),
                account=wire.account_record(account),
            )
        MentionRow.objects.create(
            item=item, entity=f"Q{900_000 + number}", name=fragment, type="place", count=1, linked=True
        )


def _account(number: int, fragment: str) -> Account:
    text = fragment + BODY
    span = Span(0, len(fragment))
    item = Item(
        id=f"i{number}",
        text=text,
        title=fragment,
        url=fragment,
        source=fragment,
        carrier=fragment,
        author=fragment,
        published=NOON,
        language="en",
        summary=fragment,
        image=fragment,
        video=Video(fragment, fragment, fragment, fragment),
    )
    return Account(
        item,
        mentions=(Mention(0, len(fragment), "place", fragment, f"Q{900_000 + number}", 0.99),),
        attributions=(Attribution((span,), speaker=fragment, kind="direct", through=fragment, quoted=(span,)),),
    )


def _coverage(story: str, accounts: Sequence[Account], headline: str) -> Coverage:
    all_of = {
        account.item.id: Passage(account.item.id, 1, 0, len(account.item.text), account.item.text)
        for account in accounts
    }
    items = [account.item for account in accounts]
    return Coverage(
        story=story,
        headline=headline,
        headline_item=items[0].id,
        first_seen=NOON,
        last_changed=NOON,
        languages=("en", headline),
        outlets=tuple(item.source or "" for item in items),
        items=tuple(
            CoveredItem(
                id=item.id,
                source=item.source or "",
                title=item.title,
                url=item.url,
                published=NOON,
                language=item.title,
                words=item.words,
                partial=False,
                revision=1,
                origin=f"o{item.id}",
                why=(item.title,),
            )
            for item in items
        ),
        origins=tuple(Origin(f"o{item.id}", (item.id,), item.title) for item in items),
        brief=tuple(Point(passage, (f"o{key}",)) for key, passage in all_of.items()),
        utterances=tuple(
            Utterance(
                item.title,
                None,
                (Wording(all_of[item.id], all_of[item.id], True, through=item.title),),
                (f"o{item.id}",),
            )
            for item in items
        ),
        statements=tuple(Statement((passage,), (f"o{key}",), "one") for key, passage in all_of.items()),
        differences=tuple(
            Difference("number", item.title, (Side(all_of[item.id], all_of[item.id]),)) for item in items
        ),
        timeline=(Moment(NOON, "revised", items[0].id),),
        cards=tuple(
            Card(
                Entity(
                    f"Q{900_000 + int(item.id[1:])}", item.title, "place", item.title, facts=(Fact(*[item.title] * 4),)
                ),
                (item.id,),
            )
            for item in items
        ),
    )


def _discuss(story: str, number: int, fragment: str, moderator: User) -> None:
    """A published comment with a held answer to it, and a rejected one that is appealed for; all signed with it."""
    above = discussion.submit(f"a{number}", story, fragment, fragment, NOON)
    above = discussion.decide(above.pk, "publish", moderator, NOON, seen=above.version)
    discussion.submit(f"b{number}", story, fragment, fragment, NOON, reply_to=above.pk)
    rejected = discussion.submit(f"c{number}", story, fragment, fragment, NOON, item=f"i{number}")
    if rejected.state != CommentRow.State.REJECTED:
        discussion.decide(rejected.pk, "reject", moderator, NOON, seen=rejected.version, words=fragment)
    discussion.appeal(rejected.pk, fragment[:900], NOON)
    discussion.report(above.pk, f"visit:{number}", None, "insult", fragment, NOON)
    CommentRow.objects.filter(key__in=[f"{way}{number}" for way in "abc"]).update(author=fragment)  # not cut short
