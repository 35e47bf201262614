"""The differences that the demo edition plants, found; the figures that only round or update one another, not taken for
clashes."""

from __future__ import annotations

from collections import defaultdict

import pytest

from storydesk import group, language, pipeline
from storydesk.compare import compare
from storydesk.coverage import Coverage, Difference
from storydesk.demo.edition import load_edition
from storydesk.model import Account, Item, Video

CLASHES = [
    ("lisbon-ferry-fire", "312", "321"),
    ("kisumu-floods", "Monday", "Tuesday"),
    ("georgia-quake-kutaisi", "4.6", "4.4"),
    ("bergen-mackerel-talks", "16", "18"),
    ("irish-housing-minister-resigns", "Tuesday", "Wednesday"),
    ("nairobi-marathon", "41 seconds", "2:07:44"),
    ("lisbon-azulejos-recovered", "2018", "2019"),
    ("victoria-orca-count", "74", "73"),
    ("melbourne-measles-alert", "Saturday", "Sunday"),
    ("belfast-dublin-hourly-trains", "22", "23"),
]
UPDATES = [
    ("lisbon-ferry-fire", "Thirty-one", "34"),
    ("kisumu-floods", "Nine", "14"),
    ("mombasa-dock-strike", "17", "Twenty-two"),
    ("atlanta-airport-outage", "412", "418"),
    ("melbourne-measles-alert", "11", "13"),
]
AGREE = [
    ("lisbon-ferry-fire", ("About 30", "Dozens", "More than 300", "Some 300", "about 300")),
    ("senja-tunnel-rescue", ("Friday", "Saturday")),  # "Friday night", "early on Saturday"
    (
        "georgia-quake-kutaisi",
        ("Tuesday", "Wednesday"),
    ),  # "late on Tuesday evening", "early on Wednesday" by another clock
    ("kisumu-floods", ("about 4,000", "3,870")),
    ("gippsland-floods", ("280", "175", "1,200", "650")),
    ("halifax-dock-strike", ("912", "About 900", "nearly 1,000", "three", "Seven")),
    ("mombasa-dock-strike", ("1,460", "about 1,500")),
    ("kenya-malaria-trial", ("41", "39", "two in five", "4,812", "nearly 5,000")),
    ("atacama-exomoon", ("118", "120")),
    ("irish-housing-minister-resigns", ("1,150", "1,200")),
    ("rotterdam-ammonia-terminal", ("1.38", "1.4", "16 billion", "1.6")),
    ("nairobi-marathon", ("15,000", "14,860")),
    ("brussels-battery-rules", ("1,600", "1,624", "2028", "15 to 25")),
    ("lisbon-azulejos-recovered", ("Forty-eight", "about 50", "four dozen")),
    ("georgia-quake-milledgeville", ("3.1", "4.6")),
    ("dublin-courier-ruling", ("2,400", "2,000")),
]


@pytest.fixture(scope="session")
def edition() -> dict[str, Coverage]:
    """The coverage of each event of the demo edition, in the last state of its items, grouped as it was written."""
    accounts: dict[str, list[Account]] = defaultdict(list)
    wanted = {event for event, *_ in (*CLASHES, *UPDATES, *AGREE)}
    edition = load_edition()
    outlets = {outlet.id: outlet for outlet in edition.outlets}
    for piece in edition.pieces:
        if piece.event in wanted:
            state, outlet = piece.states[-1], outlets[piece.source]
            item = Item(
                id=piece.slug,
                text=state.text.strip(),
                title=state.title,
                source=outlet.name,
                published=piece.published,
                updated=state.at if len(piece.states) > 1 else None,
                revision=len(piece.states),
                language=outlet.language,
                video=Video() if piece.video else None,
            )
            accounts[piece.event].append(pipeline.account(item))
    return {event: _cover(event, told) for event, told in accounts.items()}


def _cover(event: str, told: list[Account]) -> Coverage:
    origins = group.origins([account.item for account in told], {})
    return compare(event, told, origins, language.encode, why={})


def _sides(difference: Difference) -> str:
    return " | ".join(side.passage.text for side in difference.sides)


@pytest.mark.parametrize(("event", "first", "second"), CLASHES)
def test_a_planted_clash_is_found(edition: dict[str, Coverage], event: str, first: str, second: str) -> None:
    shown = {_sides(difference): difference.update for difference in edition[event].differences}
    found = [update for sides, update in shown.items() if first in sides and second in sides]
    assert found == [False], shown


@pytest.mark.parametrize(("event", "first", "last"), UPDATES)
def test_a_planted_update_is_marked_as_one(edition: dict[str, Coverage], event: str, first: str, last: str) -> None:
    shown = {_sides(difference): difference.update for difference in edition[event].differences}
    found = [update for sides, update in shown.items() if first in sides and last in sides]
    assert found == [True], shown


@pytest.mark.parametrize(("event", "figures"), AGREE)
def test_figures_that_agree_are_no_clash(edition: dict[str, Coverage], event: str, figures: tuple[str, ...]) -> None:
    for difference in edition[event].differences:
        told = {side.passage.text for side in difference.sides}
        assert not told & set(figures), difference.about
        assert sum(any(figure in words for figure in figures) for words in told) < 2, difference.about


def test_a_reader_understands_what_each_difference_is_about(edition: dict[str, Coverage]) -> None:
    about = [difference.about for coverage in edition.values() for difference in coverage.differences]
    assert {"people killed", "people injured", "people on board", "magnitude"} <= set(about)
    assert not {"day", "date", "year", "second", "number", "people", "metre", ""} & set(about), about


HEADLINES = [
    ("lisbon-ferry-fire", "Ferry fire in Lisbon injures 31"),
    ("senja-tunnel-rescue", "All four workers rescued"),
    ("kisumu-floods", "toll rises to 14"),
    ("nairobi-marathon", "Toroitich wins"),
    ("brussels-battery-rules", "EU proposes fire tests"),
]


@pytest.mark.parametrize(("event", "words"), HEADLINES)
def test_the_headline_tells_the_event_in_its_latest_state(edition: dict[str, Coverage], event: str, words: str) -> None:
    assert words in edition[event].headline
