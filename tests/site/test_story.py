"""The story page shows what the design asks of it, and not a word more than an outlet wrote."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse

from storydesk import wire
from storydesk.coverage import Point, Utterance, Wording
from storydesk.desk.models import CorrectedRow, CorrectionRow, ItemRow, LinkRow, StoryRow
from tests.site.conftest import COURIER, NOON, Edition, accounts, coverage, keep, passage


def text_of(html: str) -> str:
    """What is on the page without its tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_nine_parts_stand_in_order(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    parts = ["brief", "when", "items", "quotes", "sides", "cards", "sources", "comments", "take-away"]
    places = [html.index(f'<section id="{part}"') for part in parts]
    assert places == sorted(places)


def test_the_head_counts(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Told by 2 independent origins" in text
    assert "Items 3 Outlets 3 Independent origins 2 Language English" in text
    assert "First seen 2 March 2026, 12:00 UTC" in text


def test_what_one_outlet_alone_tells_is_not_called_what_most_tell(db: None, stranger: Client) -> None:
    courier, found = accounts()[0], coverage()
    courier = replace(courier, item=replace(courier.item, text=f"{COURIER}\n{'She said much more. ' * 200}"))
    told = (Point(found.brief[0].passage, ("o1",)),)
    of_courier = {"brief": told, "items": found.items[:1], "origins": found.origins[:1], "outlets": ("The Courier",)}
    most = passage(courier, courier.item.text[200:])
    said = Utterance("Berit Lund", None, (Wording(most, most, False),), ("o1",))
    keep(
        (courier,),
        replace(found, **of_courier, utterances=(said,), statements=(), differences=(), timeline=(), cards=()),
    )
    html = stranger.get("/stories/s1/").content.decode()
    text = text_of(html)
    assert "In brief Whole sentences of the one origin that tells it. The ferry Sula" in text
    assert "most origins" not in text
    assert "1 utterance of one outlet’s telling, which the outlets’ own pages have" in text
    assert "Marked words differ" not in text
    assert '<a href="#quotes">Who said what</a></li>' in html


def test_a_sentence_of_the_brief_says_of_which_day_it_is(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    brief = html[html.index('id="brief"') : html.index("</section>", html.index('id="brief"'))]
    assert '<time class="note" datetime="2026-03-02T12:00:00+00:00">2 March 2026</time>' in brief


def test_each_line_leads_to_the_exact_words(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    first = COURIER.split("\n")[0]
    assert f"/items/courier-1/?r=1&amp;w=0-{len(first)}#words" in html
    assert "https://courier-1.example/ferry#:~:text=" in html


def test_only_verbatim_words_stand_between_quotation_marks(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    quotes = html[html.index('id="quotes"') : html.index('id="sides"')]
    inside = [text_of(found) for found in re.findall(r"<p>“(.*?)”</p>", quotes, re.S)]
    assert inside == ["Nobody was hurt and nobody panicked", "Nobody was hurt"]
    assert "<mark>was</mark>" in quotes
    assert "reported" in quotes


def test_one_wording_in_two_outlets_stands_once_with_both(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    quotes = html[html.index('id="quotes"') : html.index('id="sides"')]
    assert quotes.count("<p>“Nobody was hurt and nobody panicked”</p>") == 1
    assert quotes.count("cut short") == 1
    carriers = re.search(r'<ul class="carriers">(.*?)</ul>', quotes, re.S)
    assert carriers
    assert "The Courier ↗ first, 2 March 2026, 12:00 UTC The Echo ↗" in text_of(carriers[1])


def test_only_here_stands_beside_how_much_of_each_rival_was_read(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Only The Courier (and its copy in The Echo)" in text
    assert "Not found in what was read of Kyst Radio (35 words, not the whole)." in text


def test_a_copy_is_no_rival(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    only = text[text.index("Only The Courier") : text.index("Only Kyst Radio")]
    assert "The Echo (" not in only


def test_the_public_is_not_given_a_whole_text_in_pieces(edition: Edition, outsider: Client, reader: Client) -> None:
    public = outsider.get("/stories/s1/").content.decode()
    assert "A bus was waiting" not in public
    assert "2 more, which the outlet’s own page tells" in text_of(public)
    assert "A bus was waiting" not in outsider.get("/stories/s1.json").content.decode()
    assert "A bus was waiting" in reader.get("/stories/s1/").content.decode()
    assert "A bus was waiting" in reader.get("/stories/s1.json").content.decode()


def test_differences_are_marked_on_both_sides(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    differ = html[html.index('class="differences"') :]
    assert "<mark>41</mark>" in differ
    assert "<mark>43</mark>" in differ


def test_the_comparison_is_a_table_with_scopes(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    table = html[html.index('class="compare') :]
    assert table.count('scope="col"', 0, table.index("</thead>")) == 4
    assert 'scope="row"><span class="told-by">All 2</span></th>' in table
    assert "same origin as The Courier" in table


def test_the_drawing_can_be_read_without_seeing_it(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    drawing = html[html.index('<svg class="chart wide"') :]
    assert 'aria-labelledby="t-wide d-wide"' in drawing
    assert "3 items by 3 outlets, the first by The Courier" in drawing
    assert drawing.count('class="first"', 0, drawing.index("</svg>")) == 2
    assert drawing.count('class="again"', 0, drawing.index("</svg>")) == 1
    assert "The same as a table" in html


def test_comments_of_the_outlets_pages_are_counted_never_shown(edition: Edition, reader: Client) -> None:
    for page in ("/stories/s1/", "/items/courier-1/"):
        html = reader.get(page).content.decode()
        assert "stood in the outlet" not in html
        assert "kept apart and not shown" in html


def test_cards_carry_origin_and_date(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Tromsø City in Norway Population 78,000 2024 Facts: GeoNames 3 recent items: Tromsø" in text
    assert "of whom the desk has no card Berit Lund The Courier, The Echo, Kyst Radio" in text


def later_story(key: str, headline: str, days: int, *why: str) -> None:
    """Another story of the ferry's affair, linked as the worker would."""
    courier, _, _ = accounts()
    told = replace(courier, item=replace(courier.item, id=f"courier-{key}"))
    at = NOON + timedelta(days=days)
    keep((told,), replace(coverage(), story=key, headline=headline, first_seen=at, last_changed=at))
    LinkRow.objects.create(one_id="s1", other_id=key, score=0.7, why=list(why))


def test_a_related_story_says_why(edition: Edition, stranger: Client) -> None:
    later_story("s2", "The ferry sails again", 30, "both tell of Berit Lund and Sula", "told 4 weeks apart")
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "The ferry sails again 1 April 2026" in text
    assert "Why: both tell of Berit Lund and Sula; told 4 weeks apart" in text
    assert "The affair so far" not in text
    assert "Why: both tell of Berit Lund" in text_of(stranger.get("/stories/s2/").content.decode())


def test_an_affair_of_three_stories_is_told_in_order_of_time(edition: Edition, stranger: Client) -> None:
    later_story("s2", "The ferry sails again", 30, "both tell of Sula")
    later_story("s3", "The ferry is launched", -900, "both tell of Sula")
    html = stranger.get("/stories/s1/").content.decode()
    chain = html[html.index('<ol class="affair">') :]
    order = [chain.index(words) for words in ("is launched", "<h3>Ferry aground", "sails again")]
    assert order == sorted(order)
    assert 'class="here"' in chain


def test_the_affair_is_in_what_machines_read(edition: Edition, stranger: Client) -> None:
    later_story("s2", "The ferry sails again", 30, "both tell of Sula")
    (related,) = json.loads(stranger.get("/stories/s1.json").content)["related"]
    assert (related["story"], related["why"], related["score"]) == ("s2", ["both tell of Sula"], 0.7)
    atom = stranger.get(reverse("story-atom", args=["s1"])).content.decode()
    assert 'rel="related"' in atom
    assert "The ferry sails again: both tell of Sula" in atom
    feed = json.loads(stranger.get(reverse("story-feed", args=["s1"])).content)
    assert feed["_storydesk"]["related"] == [related]


def test_a_story_that_was_merged_away_is_linked_no_more(edition: Edition, stranger: Client) -> None:
    later_story("s2", "The ferry sails again", 30, "both tell of Sula")
    StoryRow.objects.filter(pk="s2").update(merged_into="s1", gone="merged")
    assert "The ferry sails again" not in stranger.get("/stories/s1/").content.decode()


def test_each_item_says_why_it_is_there_and_how_close(edition: Edition, stranger: Client) -> None:
    ItemRow.objects.filter(pk="echo-1").update(score=0.83)
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Why it is in this story (0.83 of 1) closeness to the story 0.83 of 1, where 0.52 is needed" in text
    assert "One origin with The Echo: the same words" in text
    assert "Not an origin of its own, but one with The Courier: the same words" in text


def test_what_an_editor_moved_does_not_claim_evidence(edition: Edition, stranger: Client) -> None:
    old = StoryRow.objects.create(pk="s9", merged_into=edition.story, gone="emptied")
    row = CorrectionRow.objects.create(kind="move", story=edition.story, who="ed", at=NOON)
    CorrectedRow.objects.create(correction=row, item_id="radio-1", stood=old)
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Why it is in this story an editor moved it here" in text


def test_the_coverage_comes_back_as_it_was_written(edition: Edition, reader: Client) -> None:
    record = json.loads(reader.get("/stories/s1.json").content)
    assert wire.coverage_from(record) == wire.coverage_from(edition.story.coverage)


def test_quotes_as_a_table_are_inert(edition: Edition, stranger: Client) -> None:
    edition.story.coverage["utterances"][0]["speaker"] = "=HYPERLINK(1)"
    edition.story.save()
    lines = stranger.get("/stories/s1/quotes.csv").content.decode().splitlines()
    assert lines[0].startswith("speaker,outlet,verbatim,words")
    assert len(lines) == 5
    assert lines[1].startswith("'=HYPERLINK(1),The Courier,yes,Nobody was hurt and nobody panicked,")


def test_what_changed_between_revisions_is_shown(edition: Edition, stranger: Client) -> None:
    from storydesk.desk.models import ItemRow, RevisionRow
    from tests.site.conftest import NOON

    row = ItemRow.objects.get(pk="courier-1")
    first = row.revisions.get()
    record = {**first.record, "text": COURIER.replace("41 people", "forty people"), "revision": 2}
    account = {**first.account, "item": {**first.account["item"], "revision": 2}}
    RevisionRow.objects.create(item=row, number=2, digest="y", seen=NOON, record=record, account=account)
    row.revision = row.told = 2
    row.save()
    for page in ("/stories/s1/", "/items/courier-1/"):
        html = stranger.get(page).content.decode()
        assert "<del>41</del>" in html
        assert "<ins>forty</ins>" in html
