"""An entity's page: its plot with a table, who it is in the outlets' words, quotes by it and about it, its company."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from storydesk.coverage import Utterance, Wording
from storydesk.desk.models import MentionRow
from storydesk.model import Card, Entity, Fact, Place
from storydesk.recognise import desk_person
from tests.site.conftest import COURIER_LINES, Edition, accounts, coverage, keep, passage
from tests.site.test_story import text_of

LUND = desk_person("Berit Lund")


@pytest.fixture
def lund(edition: Edition) -> str:
    """The harbour master, whom no knowledge base knows."""
    MentionRow.objects.filter(linked=False).update(entity=LUND)
    return f"/names/{LUND}/"


def test_a_person_without_a_card_has_a_page(lund: str, stranger: Client) -> None:
    page = text_of(stranger.get(lund).content.decode())
    assert "person named in the news; the desk has no card Berit Lund" in page
    assert "3 recent items: Berit Lund" in page
    assert "Nobody was hurt and nobody panicked" in page
    assert "Often named with Tromsø 3 items" in page


def test_roles_are_the_outlets_own_words_with_a_link_to_them(lund: str, stranger: Client) -> None:
    html = stranger.get(lund).content.decode()
    section = html[html.index('id="roles-h"') : html.index('id="quotes-h"')]
    assert "harbour master" in text_of(section)
    assert [outlet in section for outlet in ("The Courier", "The Echo", "Kyst Radio")] == [True, True, True]
    place = re.search(r'href="(/items/courier-1/\?[^"]+)"', section)
    assert place
    words = stranger.get(place[1].replace("&amp;", "&")).content.decode()
    assert re.search(r"<mark[^>]*>harbour master</mark>", words)


def test_the_plot_has_its_numbers_as_a_table(lund: str, stranger: Client) -> None:
    html = stranger.get(lund).content.decode()
    assert html.count('<svg class="chart') == 2, "one for a phone, one for a wide page; a style shows one of them"
    assert 'role="img"' in html
    table = text_of(html[html.index('<table class="plain">') : html.index("</table>")])
    assert "Hour Items 2 March 2026, 12:00 1 2 March 2026, 14:00 1 2 March 2026, 15:00 1" in table


def test_what_others_say_of_it_stands_apart_from_what_it_says(db: None, stranger: Client) -> None:
    told = accounts()
    found = coverage(told)
    whole = passage(told[0], COURIER_LINES[0])
    other = Utterance("The coast guard", None, (Wording(whole, whole, True),), ("o1",))
    keep(told, replace(found, utterances=(*found.utterances, other)))
    html = stranger.get("/names/Q26087/").content.decode()
    about = text_of(html[html.index('id="about-h"') : html.index('id="items-h"')])
    assert "The coast guard" in about
    assert "ran aground off Tromsø" in about
    assert 'id="quotes-h"' not in html


def test_a_namesakes_words_are_not_its_own(lund: str, stranger: Client) -> None:
    """Another Berit Lund, who is linked, says something: it is not on the page of the one whom only the desk knows."""
    told = tuple(replace(one, item=replace(one.item, id=f"x{one.item.id}"), mentions=()) for one in accounts())
    found = coverage(told)  # type: ignore[arg-type]
    theirs = tuple(replace(said, entity="Q1") for said in found.utterances)
    keep(told, replace(found, story="s2", headline="Another Lund", utterances=theirs))
    assert "Another Lund" not in stranger.get(lund).content.decode()


def test_a_card_has_a_map_facts_with_origin_and_its_reason(db: None, stranger: Client) -> None:
    facts = (Fact("Population", "78,000", "GeoNames", "2024"), Fact("Country", "Norway", "GeoNames"))
    city = Entity("Q26087", "Tromsø", "place", "City in Norway", facts=facts, place=Place(69.65, 18.96), country="NO")
    card = Card(city, ("courier-1",), why="named once in 1 of this story's 2 accounts, as “Tromsø”")
    keep(accounts(), replace(coverage(), cards=(card,)))
    html = stranger.get("/stories/s1/").content.decode()
    shown = html[html.index('id="card-Q26087"') : html.index("</article>", html.index('id="card-Q26087"'))]
    assert '<svg class="map" role="img"' in shown
    assert "<title>Map: Tromsø, Norway, and the land around it</title>" in shown
    words = text_of(shown)
    assert "Population 78,000 2024" in words
    assert "Facts: GeoNames; undated where no date stands" in words
    assert "3 recent items: Tromsø" in words
    assert "Why it is shown: named once in 1 of this story's 2 accounts, as “Tromsø”." in words
    assert words.index("Kyst Radio") < words.index("The Courier"), "newest first"
    assert words.count("; in this story") == 3, "the story's own items are told from others"
    own = stranger.get("/names/Q26087/").content.decode()
    assert '<svg class="map" role="img"' in own
