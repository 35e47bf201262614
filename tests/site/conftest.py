"""A small edition in the desk's own tables: three outlets on one ferry, and who comes to look at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

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
from storydesk.desk.models import CommentRow, ItemRow, MentionRow, RevisionRow, SourceRow, StoryRow
from storydesk.model import Account, Attribution, Card, Entity, Fact, Item, Mention, ReaderComment, Span, Video

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
"""What every field that comes from outside is filled with in the hostile edition."""

COURIER = (
    "The ferry Sula ran aground off Tromsø on Monday with 41 people on board.\n"
    "“Nobody was hurt and nobody panicked,” said harbour master Berit Lund.\n"
    "The company that owns the ship did not answer the telephone.\n"
    "A tug arrived in the evening. The weather was calm. The bar stayed open. "
    "Two dogs were on board. A bus was waiting."
)
ECHO = COURIER.replace("The company", "The firm")
RADIO = (
    "A ferry with 43 people aboard struck a rock near Tromsø, the coast guard said.\n"
    "Harbour master Berit Lund said that nobody had panicked: “Nobody was hurt”.\n"
    "The captain has sailed these waters since 1998."
)

COURIER_LINES, ECHO_LINES, RADIO_LINES = (text.split("\n") for text in (COURIER, ECHO, RADIO))


def passage(account: Account, words: str) -> Passage:
    """The passage that says these words."""
    start = account.item.text.index(words)
    return Passage(account.item.id, account.item.revision, start, start + len(words), words)


def _account(key: str, source: str, text: str, hours: int, **fields: object) -> Account:
    item = Item(
        id=key,
        text=text,
        title=f"Ferry aground, says {source}",
        url=f"https://{key}.example/ferry",
        source=source,
        published=NOON + timedelta(hours=hours),
        language="en",
        comments=(ReaderComment("A comment that stood in the outlet's page."),),
    )
    item = replace(item, **fields)  # type: ignore[arg-type]
    lund = text.index("Berit Lund")
    place = text.index("Tromsø")
    quote = text.index("Nobody was hurt")
    said = Span(quote, quote + len("Nobody was hurt"))
    return Account(
        item,
        mentions=(
            Mention(lund, lund + 10, "person", "Berit Lund", None, 0.9),
            Mention(place, place + 6, "place", "Tromsø", "Q26087", 0.99),
        ),
        attributions=(Attribution((said,), speaker="Berit Lund", kind="direct", quoted=(said,)),),
    )


def accounts() -> tuple[Account, Account, Account]:
    """The ferry, told by the Courier, copied by the Echo, and told by the radio."""
    return (
        _account("courier-1", "The Courier", COURIER, 0),
        _account("echo-1", "The Echo", ECHO, 2),
        _account(
            "radio-1", "Kyst Radio", RADIO, 3, video=Video("https://video.example/w", None, "Kyst TV"), partial=True
        ),
    )


def coverage(told: tuple[Account, Account, Account] | None = None) -> Coverage:
    """The ferry's coverage."""
    courier, echo, radio = told or accounts()
    covered = tuple(
        CoveredItem(
            id=account.item.id,
            source=account.item.source or "",
            title=account.item.title,
            url=account.item.url,
            published=account.item.published,
            language=account.item.language,
            words=account.item.words,
            partial=account.item.partial,
            revision=account.item.revision,
            origin="o2" if account is radio else "o1",
            why=("names in common: Tromsø, Berit Lund",),
        )
        for account in (courier, echo, radio)
    )
    hurt = "Nobody was hurt and nobody panicked"
    only = [
        "did not answer the telephone.",
        "A tug arrived in the evening.",
        "The weather was calm.",
        "The bar stayed open.",
    ]
    only += ["Two dogs were on board.", "A bus was waiting."]
    return Coverage(
        story="s1",
        headline="Ferry aground off Tromsø",
        headline_item="courier-1",
        first_seen=NOON,
        last_changed=NOON + timedelta(hours=3),
        languages=("en",),
        outlets=("The Courier", "The Echo", "Kyst Radio"),
        items=covered,
        origins=(Origin("o1", ("courier-1", "echo-1"), "the same words"), Origin("o2", ("radio-1",))),
        brief=(Point(passage(courier, COURIER_LINES[0]), ("o1", "o2")),),
        utterances=(
            Utterance(
                "Berit Lund",
                None,
                (
                    Wording(passage(courier, hurt), passage(courier, COURIER_LINES[1]), True),
                    Wording(passage(echo, hurt), passage(echo, ECHO_LINES[1]), True),
                    Wording(
                        passage(radio, "Nobody was hurt"),
                        passage(radio, RADIO_LINES[1]),
                        True,
                        (Span(7, 10),),
                        extent="part",
                    ),
                    Wording(passage(radio, "that nobody had panicked"), passage(radio, RADIO_LINES[1]), False),
                ),
                ("o1", "o2"),
            ),
        ),
        statements=(
            Statement(
                (
                    passage(courier, COURIER_LINES[0]),
                    passage(radio, RADIO_LINES[0]),
                ),
                ("o1", "o2"),
                "all",
            ),
            *(Statement((passage(courier, words),), ("o1",), "one") for words in only),
            Statement((passage(radio, RADIO_LINES[2]),), ("o2",), "one"),
        ),
        differences=(
            Difference(
                "number",
                "people on board",
                (
                    Side(passage(courier, "41"), passage(courier, COURIER_LINES[0])),
                    Side(passage(radio, "43"), passage(radio, RADIO_LINES[0])),
                ),
            ),
        ),
        timeline=(Moment(NOON + timedelta(hours=5), "revised", "courier-1"),),
        cards=(
            Card(
                Entity(
                    "Q26087",
                    "Tromsø",
                    "place",
                    "City in Norway",
                    facts=(Fact("Population", "78,000", "GeoNames", "2024"),),
                ),
                ("courier-1",),
            ),
        ),
    )


@dataclass
class Edition:
    """The rows that tests name."""

    story: StoryRow
    held: CommentRow
    published: CommentRow
    rejected: CommentRow


def keep(told: tuple[Account, ...], found: Coverage) -> StoryRow:
    """Writes accounts and their coverage as the worker would."""
    story = StoryRow.objects.create(
        id=found.story,
        headline=found.headline,
        first_seen=found.first_seen,
        last_changed=found.last_changed,
        item_count=len(found.items),
        origin_count=len(found.origins),
        rank=1.0,
        coverage=wire.coverage_record(found),
        stale=False,
    )
    for place, account in enumerate(told):
        item = account.item
        source = SourceRow.objects.get_or_create(name=item.source, defaults={"id": f"source-{place}-{found.story}"})[0]
        row = ItemRow.objects.create(
            id=item.id,
            source=source,
            url=item.url or "",
            title=item.title,
            published=item.published,
            seen=NOON,
            language=item.language or "",
            revision=item.revision,
            told=item.revision,
            state="placed",
            story=story,
            placed_in=story,
        )
        RevisionRow.objects.create(
            item=row,
            number=item.revision,
            digest="x",
            seen=NOON,
            record=wire.item_record(item),
            account=wire.account_record(account),
        )
        for mention in account.mentions:
            key = mention.entity or "desk:" + mention.name.lower().replace(" ", "-")
            linked = mention.entity is not None
            told_of = {"name": mention.name, "type": mention.type, "count": 1, "linked": linked}
            MentionRow.objects.get_or_create(item=row, entity=key, defaults=told_of)
    return story


def comment(story: StoryRow, key: str, state: str, text: str, score: float = 0.2) -> CommentRow:
    """A comment in a state, its fourth word the one that weighed."""
    return CommentRow.objects.create(
        key=key,
        story=story,
        author=f"Author {key}",
        text=text,
        at=NOON,
        state=state,
        score=score,
        reasons=[{"rule": "abuse", "start": 0, "end": 4}],
        rules="|abuse|",
        due=NOON - timedelta(hours=24 * score),
    )


@pytest.fixture(autouse=True)
def _fast_passwords() -> None:
    """Sign-in is not what these tests are slow for."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def edition(db: None) -> Edition:
    """The ferry with its comments, one in each state."""
    story = keep(accounts(), coverage())
    SourceRow.objects.filter(name="The Courier").update(
        profile="A daily since 1901.", owner="Quay Holdings", country="NO", home="https://courier.example/"
    )
    SourceRow.objects.filter(name="The Echo").update(owner="Quay Holdings")
    return Edition(
        story,
        comment(story, "k1", "held", "HELD-WORDS that nobody may see", 0.8),
        comment(story, "k2", "published", "PUBLISHED-WORDS for everyone"),
        comment(story, "k3", "rejected", "REJECTED-WORDS that nobody may see"),
    )


@pytest.fixture
def stranger() -> Client:
    """Somebody who is not signed in."""
    return Client()


def member(name: str, *groups: str) -> Client:
    """A member of the desk in these groups, signed in."""
    user = User.objects.create_user(name, password="a-long-password-1")
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(params=["stranger", "commenter"])
def outsider(request: pytest.FixtureRequest, db: None) -> Client:
    """Somebody who is not of the desk: without an account, or with one that anybody may make."""
    return member("commenter") if request.param == "commenter" else Client()


@pytest.fixture
def reader(db: None) -> Client:
    """A member who only reads."""
    return member("reader", "readers")


@pytest.fixture
def moderator(db: None) -> Client:
    """A member who decides on comments."""
    return member("moderator", "moderators")


@pytest.fixture
def editor(db: None) -> Client:
    """A member who corrects stories, and moderates."""
    return member("editor", "moderators", "editors")


@pytest.fixture
def owner(db: None) -> Client:
    """A member who says who is a member, and may do all."""
    client = member("owner", "moderators", "editors")
    User.objects.filter(username="owner").update(is_superuser=True, is_staff=True)
    return client


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that stands still, so that a slow machine does not give back what limits took."""
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
