"""Teams that bear a place's name, and which of several one is meant."""

from __future__ import annotations

import pytest

from storydesk import language
from storydesk.knowledge import Catalogue, built_in, combine
from storydesk.model import Entity, Item
from storydesk.recognise import Named, recognise
from storydesk.recognise.sports import is_of, sport_of

TEAMS = Catalogue(
    [
        Entity("Q910000001", "Larnholm Gulls", "organisation", aliases=("Chicago", "Gulls"), weight=0.5),
        Entity("Q910000002", "Osterby Rockets", "organisation", aliases=("Chicago",), weight=0.2),
        Entity("Q910000003", "LNU Terns", "organisation", aliases=("LNU",), weight=0.2),
        Entity("Q910000004", "Larnish Northern University", "organisation", aliases=("LNU",), weight=0.2),
        Entity("Q910000005", "Norway national football team", "organisation", aliases=("Norway",), weight=0.2),
        Entity("Q910000006", "Norway women's national handball team", "organisation", aliases=("Norway",), weight=0.2),
    ]
)
CHICAGO = "Q1297"
NORWAY = "Q20"


def linked(text: str, **heard: str) -> dict[str, str | None]:
    """The names of a text and what the last of each is linked to. What is ``heard`` is a body."""
    item = Item(id="1", text=text, language="en")
    names = [Named(text.index(word), text.index(word) + len(word), "organisation") for word in heard]
    hear = (lambda doc, text: names) if names else None
    found = recognise(item, language.parse(text), combine(TEAMS, built_in()), hear)
    return {text[at.start : at.end]: at.entity for at in found}


def test_of_several_teams_it_is_the_one_that_the_item_names_otherwise_too() -> None:
    assert linked("The Larnholm Gulls left. Chicago's record fell to 3-8.")["Chicago"] == "Q910000001"
    assert linked("The ships left. Chicago's record fell to 3-8.")["Chicago"] == CHICAGO
    assert linked("The Larnholm Gulls left. Chicago's mayor stayed.")["Chicago"] == CHICAGO


def test_a_coach_has_the_team_and_not_the_university() -> None:
    assert linked("They met LNU coach Berit Lund.", LNU="")["LNU"] == "Q910000003"
    assert linked("They met LNU rector Berit Lund.", LNU="")["LNU"] is None


@pytest.mark.parametrize(
    ("said", "team"),
    [
        ("The goalkeeper saved two free kicks and a header in injury time.", "Q910000005"),
        ("The referee of the handball match gave a goal in the second half.", "Q910000006"),
        ("The match ended in the dark, and the referee left the tournament.", None),
    ],
)
def test_of_the_teams_of_a_country_it_is_the_one_that_plays_what_the_text_tells(said: str, team: str | None) -> None:
    assert linked(f"Norway's lead was lost in the match. {said}")["Norway"] == team


def test_the_town_of_a_date_line_is_no_team() -> None:
    text = "CHICAGO (AP) — The match went to overtime. Chicago beat Osterby 3-1, the coach said. The season ended."
    assert linked(text)["CHICAGO"] == CHICAGO


def test_a_text_tells_the_sport_it_has_most_words_of() -> None:
    assert sport_of("Four wickets fell in the first innings.") == "cricket"
    assert sport_of("The scrum-half scored; the goalkeeper did not.") is None
    assert sport_of("The council met.") is None
    assert is_of(TEAMS.named("Larnholm Gulls")[0], "football") is False
    assert is_of(Entity("Q1", "Osterby", "organisation", "Soccer club."), "football")
