"""A story as the front page lists it: which of its lines stands for it."""

from __future__ import annotations

from datetime import UTC, datetime

from storydesk.coverage import CoveredItem, Passage, Point
from storydesk.site.present.front import teaser


def _item(name: str, day: int, language: str = "en") -> CoveredItem:
    published = datetime(2026, 3, day, 12, tzinfo=UTC)
    return CoveredItem(
        name, f"The {name.title()} Post", f"Headline {name}", None, published, language, 200, False, 1, name
    )


ITEMS = (_item("a", 2), _item("b", 4), _item("c", 3, "es"))


def _line(item: str, start: int, text: str, *origins: str) -> Point:
    return Point(Passage(item, 1, start, start + len(text), text), origins)


def _shown(headline: str, *brief: Point) -> str:
    return teaser(
        href="/", headline=headline, last_changed=None, origins=3, items=ITEMS, brief=brief, outlets=(), languages=()
    ).first


def test_what_opens_a_piece_stands_for_the_story_before_what_more_outlets_tell() -> None:
    assert _shown("Headline a", _line("a", 400, "Deep.", "a", "b"), _line("b", 0, "Opens.", "b")) == "Opens."


def test_of_two_openings_the_one_that_more_origins_tell_then_the_later() -> None:
    both = _line("a", 0, "Both.", "a", "b")
    assert _shown("Headline a", both, _line("b", 0, "Later.", "b")) == "Both."
    assert _shown("Headline a", both, _line("b", 0, "Later, both.", "a", "b")) == "Later, both."


def test_the_line_is_in_the_language_of_the_headline_where_there_is_one() -> None:
    spanish = _line("c", 0, "Abre.", "a", "b", "c")
    assert _shown("Headline a", spanish, _line("a", 90, "Deep.", "a")) == "Deep."
    assert _shown("Headline a", spanish) == "Abre."
    assert _shown("Headline a") == ""
