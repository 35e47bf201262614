"""What a desk holds once the whole edition went through the real stages."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from storydesk.demo.edition import load_edition
from tests.demo.conftest import demo

EDITION = load_edition()
EVENT = {f"/{piece.source}/{piece.slug}": piece.event for piece in EDITION.pieces}

APART = [
    ("kisumu-floods", "gippsland-floods"),
    ("georgia-quake-kutaisi", "georgia-quake-milledgeville"),
    ("dublin-courier-ruling", "nairobi-courier-ruling"),
    ("halifax-dock-strike", "mombasa-dock-strike"),
    ("market-wrap-box-rates", "market-wrap-tanker-rates"),
    ("dublin-courier-ruling", "belfast-dublin-hourly-trains"),
    ("market-wrap-box-rates", "halifax-dock-strike"),
    ("gippsland-floods", "victoria-orca-count"),
    ("georgia-wine-exports", "georgia-peach-freeze"),
]
"""The pairs that the edition's README says must stay apart, and two that words alone would join."""


@pytest.fixture
def stories(desk: sqlite3.Connection) -> dict[str, str]:
    """The story of each item, by the path of its address."""
    return {urlsplit(url).path: story for url, story in desk.execute("SELECT url, story_id FROM item")}


def test_every_item_came_through_every_stage(desk: sqlite3.Connection, stories: dict[str, str]) -> None:
    assert stories.keys() == EVENT.keys()
    assert set(desk.execute("SELECT state, told = revision FROM item")) == {("placed", 1)}
    assert set(desk.execute("SELECT stale, coverage IS NOT NULL FROM story WHERE merged_into_id IS NULL")) == {(0, 1)}
    assert set(desk.execute("SELECT state, problem FROM feed")) == {("active", "")}
    assert set(desk.execute("SELECT state, problem FROM entry")) == {("read", "")}


def test_revisions_were_seen_one_after_the_other(desk: sqlite3.Connection) -> None:
    found = defaultdict(list)
    for url, record in desk.execute(
        "SELECT url, record FROM revision JOIN item ON item.id = item_id ORDER BY item_id, number"
    ):
        found[urlsplit(url).path].append(json.loads(record)["title"])
    told = {f"/{piece.source}/{piece.slug}": [state.title for state in piece.states] for piece in EDITION.pieces}
    assert found == told


def test_the_comments_stand_in_their_states_under_their_stories(
    desk: sqlite3.Connection, stories: dict[str, str]
) -> None:
    rows = {key: row for key, *row in desk.execute("SELECT key, state, rejection, story_id FROM comment")}
    for remark in EDITION.remarks:
        state, rejection, story = rows.pop(f"demo-{remark.number}")
        assert (state, rejection) == (remark.state, remark.reason)
        assert story in {stories[path] for path, event in EVENT.items() if event == remark.event}
    assert not rows
    replies = "SELECT c.key, p.key FROM comment c JOIN comment p ON p.id = c.reply_to_id"
    wanted = {(f"demo-{one.number}", f"demo-{one.reply_to}") for one in EDITION.remarks if one.reply_to}
    assert set(desk.execute(replies)) == wanted


def test_the_events_are_found(stories: dict[str, str]) -> None:
    """B-cubed F against the events; the floor leaves room for one story astray (Bagga and Baldwin 1998)."""
    assert bcubed(EVENT, stories) >= 0.97


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_must_stay_apart_stays_apart(stories: dict[str, str], one: str, other: str) -> None:
    of = {event: {stories[path] for path in EVENT if EVENT[path] == event} for event in (one, other)}
    assert of[one].isdisjoint(of[other])


def test_papers_of_one_owner_are_no_independent_origins(desk: sqlite3.Connection, stories: dict[str, str]) -> None:
    story = stories[next(path for path in EVENT if EVENT[path] == "dublin-courier-ruling")]
    (coverage,) = desk.execute("SELECT coverage FROM story WHERE id = ?", (story,)).fetchone()
    told = json.loads(coverage)
    origin = {item["source"]: item["origin"] for item in told["items"]}
    assert origin["The Harbour Post"] == origin["Lagan Evening Echo"] != origin["Halyard News Agency"]


def test_a_second_run_changes_nothing(filled: Path, desk: sqlite3.Connection) -> None:
    before = list(desk.iterdump())
    again = demo(filled)
    assert again.returncode == 0, again.stderr
    assert "gathered 96 items from 14 outlets" in again.stdout
    assert list(desk.iterdump()) == before


def test_the_password_is_kept_for_its_owner_alone(filled: Path) -> None:
    file = filled / "demo-password.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().strip()) >= 12


def test_another_port_for_known_outlets_is_refused(filled: Path) -> None:
    done = demo(filled, "--feeds-port", "9")
    assert done.returncode == 1
    assert "knows its outlets on port" in done.stderr
    assert "Traceback" not in done.stderr


def bcubed(gold: dict[str, str], found: dict[str, str]) -> float:
    """B-cubed F of a partition against another over the same keys."""
    together = Counter((gold[key], found[key]) for key in gold)
    golds, founds = Counter(gold.values()), Counter(found[key] for key in gold)
    precision = sum(count * count / founds[story] for (_, story), count in together.items()) / len(gold)
    recall = sum(count * count / golds[event] for (event, _), count in together.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)
