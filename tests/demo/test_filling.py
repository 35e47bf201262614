"""The steps by which a desk is filled: each may be repeated, none mixes the demo with a real desk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk.demo import feeds
from storydesk.demo.discussing import discuss
from storydesk.demo.edition import Edition, load_edition
from storydesk.demo.holdings import known_port, look
from storydesk.demo.phases import Phases
from storydesk.demo.running import password
from storydesk.desk import discussion
from storydesk.desk.models import CommentRow, FeedRow, ItemRow, LogRow, SourceRow, StoryRow
from storydesk.errors import InputError

NOW = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


def test_a_phase_outlives_its_process(tmp_path: Path) -> None:
    assert Phases(tmp_path).now == "first"
    Phases(tmp_path).enter("revised")
    assert Phases(tmp_path).now == "revised"
    assert [file.name for file in tmp_path.iterdir()] == ["demo-phase"]


def test_an_unknown_phase_is_the_first(tmp_path: Path) -> None:
    (tmp_path / "demo-phase").write_text("")
    assert Phases(tmp_path).now == "first"


def test_the_password_is_made_once(tmp_path: Path) -> None:
    made = password(tmp_path)
    assert password(tmp_path) == made
    assert password(tmp_path.parent / tmp_path.name) == made


@pytest.mark.django_db
def test_an_empty_desk_knows_no_port(edition: Edition) -> None:
    assert known_port(edition) is None


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["https://example.org/feed", "http://127.0.0.1:8001/elsewhere/feed.xml"])
def test_a_desk_with_feeds_of_its_own_is_refused(edition: Edition, url: str) -> None:
    source = SourceRow.objects.create(id="x", name="X")
    FeedRow.objects.create(url=url, source=source, next_visit=NOW)
    with pytest.raises(InputError, match="not part of the demo edition"):
        known_port(edition)


@pytest.mark.django_db
def test_the_port_of_the_outlets_is_known_again(edition: Edition) -> None:
    for outlet in edition.outlets:
        source = SourceRow.objects.create(id=outlet.id, name=outlet.name)
        url = f"http://127.0.0.1:8123/{outlet.id}/{feeds.NAMES[outlet.feed]}"
        FeedRow.objects.create(url=url, source=source, next_visit=NOW)
    assert known_port(edition) == 8123


@pytest.fixture
def told(edition: Edition, db: None) -> Edition:
    """A desk that holds every piece of the edition, one story an event."""
    for piece in edition.pieces:
        source, _ = SourceRow.objects.get_or_create(id=piece.source, defaults={"name": piece.source})
        story, _ = StoryRow.objects.get_or_create(id=piece.event[:20])
        url = f"http://127.0.0.1:8001/{piece.source}/{piece.slug}"
        key = f"{piece.source[:3]}{piece.slug}"[:20]
        ItemRow.objects.create(id=key, url=url, title=piece.slug, source=source, seen=NOW, story=story)
    return edition


def comments() -> list[tuple[object, ...]]:
    return list(
        CommentRow.objects.order_by("key").values_list("pk", "key", "state", "rejection", "story_id", "reply_to")
    )


def test_discussing_twice_is_discussing_once(told: Edition) -> None:
    discuss(told, "nobody")
    once, decided = comments(), LogRow.objects.count()
    assert look().comments == {"published": 23, "held": 6, "rejected": 8}
    discuss(told, "nobody")
    assert comments() == once
    assert LogRow.objects.count() == decided


def test_what_a_member_decided_since_is_left_alone(told: Edition) -> None:
    discuss(told, "nobody")
    held = CommentRow.objects.filter(state="held").earliest("pk")
    discussion.decide(held.pk, "publish", None, NOW, seen=held.version)
    discuss(told, "nobody")
    held.refresh_from_db()
    assert held.state == "published"


def test_comments_without_a_story_wait(edition: Edition, db: None) -> None:
    discuss(edition, "nobody")
    assert CommentRow.objects.count() == 0
