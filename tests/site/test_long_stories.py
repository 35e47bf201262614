"""A story of two hundred items stays a page that opens at once; a story of one says why nothing is compared."""

from __future__ import annotations

import re
from dataclasses import replace

from django.test import Client

from storydesk.coverage import Coverage, Origin, Statement, Utterance, Wording
from storydesk.model import Account
from tests.site.conftest import COURIER, COURIER_LINES, accounts, coverage, keep, passage
from tests.site.test_story import text_of

ITEMS = 200
HEAVIEST = 600_000
"""Bytes of the heaviest page of a story: what a slow telephone line carries in a few seconds once it is compressed."""


def crowd() -> tuple[tuple[Account, ...], Coverage]:
    """Two hundred outlets that tell of the ferry, each quoting somebody of its own too."""
    courier = accounts()[0]
    more = "\n".join(
        f"Witness {place} said: “I saw the lights go out on deck number {place} at once.”" for place in range(60)
    )
    told = tuple(
        replace(
            courier,
            item=replace(courier.item, id=f"i{place}", source=f"Outlet {place}", url=f"https://o{place}.example/x",
                         text=f"{COURIER}\n{more}"),
        )
        for place in range(ITEMS)
    )  # fmt: skip
    base = coverage()
    items = tuple(
        replace(
            base.items[0], id=one.item.id, source=one.item.source or "", url=one.item.url, origin=f"o-{one.item.id}"
        )
        for one in told
    )
    origins = tuple(Origin(item.origin, (item.id,)) for item in items)
    names = tuple(origin.id for origin in origins)
    lines = [*COURIER_LINES[:3], *more.split("\n")]
    statements = tuple(Statement(tuple(passage(one, line) for one in told), names, "all") for line in lines[:30])
    said = [(f"Witness {place}", f"I saw the lights go out on deck number {place} at once.") for place in range(60)]
    utterances = tuple(
        Utterance(
            who, None, tuple(Wording(passage(one, words), passage(one, words), True) for one in told[:9]), names[:9]
        )
        for who, words in said
    )
    outlets = tuple(item.source for item in items)
    return told, replace(base, items=items, outlets=outlets, origins=origins, statements=statements,
                         utterances=utterances, differences=(), brief=(), timeline=(), headline_item="i0")  # fmt: skip


def test_a_story_of_two_hundred_items_is_a_page_of_sensible_size(db: None, stranger: Client, reader: Client) -> None:
    keep(*crowd())
    short = reader.get("/stories/s1/").content.decode()
    assert len(short.encode()) < HEAVIEST
    text = text_of(short)
    assert "Show all speakers (48 more)" in text
    assert "Show all that more than one tells (18 more)" in text
    assert "Show all items (160 more)" in text
    assert short.count('href="?all=1#') == 3
    whole = text_of(reader.get("/stories/s1/?all=1").content.decode())
    assert "Show all" not in whole
    assert "Witness 59" in whole
    assert len(stranger.get("/stories/s1/").content) < HEAVIEST


def test_who_tells_it_in_the_words_of_another_is_marked_so(db: None, reader: Client) -> None:
    told, found = crowd()
    items = tuple(replace(one, origin="o-i0") if one.id == "i1" else one for one in found.items[:5])
    origins = (Origin("o-i0", ("i0", "i1")), *(Origin(one.origin, (one.id,)) for one in items[2:]))
    names = tuple(origin.id for origin in origins)
    statement = replace(found.statements[0], cells=found.statements[0].cells[:5], origins=names)
    keep(told[:5], replace(found, items=items, origins=origins, outlets=found.outlets[:5], statements=(statement,),
                           utterances=()))  # fmt: skip
    html = reader.get("/stories/s1/").content.decode()
    marks = dict(re.findall(r'<a class="cell"[^>]*><span class="outlet">([^<]+)</span> (.*?)</a>', html))
    assert [outlet for outlet in marks if "tells it in the words of Outlet 0" in marks[outlet]] == ["Outlet 1"]
    assert len(marks) == 5


def single(**fields: object) -> Coverage:
    base = coverage()
    lone = replace(base, items=base.items[:1], outlets=base.outlets[:1], origins=(Origin("o1", ("courier-1",)),),
                   statements=(), utterances=(), differences=(), timeline=())  # fmt: skip
    return replace(lone, **fields)  # type: ignore[arg-type]


def test_a_story_of_one_item_without_quotes_says_so(db: None, stranger: Client) -> None:
    keep(accounts()[:1], single())
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Who said what Nobody is quoted" in text
    assert "Side by side One outlet tells it so far" in text
    for path in ("quotes.csv", "statements.csv"):
        assert stranger.get(f"/stories/s1/{path}").content.count(b"\n") == 1


def test_one_origin_in_two_items_is_nothing_to_compare(db: None, stranger: Client) -> None:
    told = accounts()[:2]
    items = coverage().items[:2]
    keep(told, single(items=items, origins=(Origin("o1", ("courier-1", "echo-1")),)))
    assert "All 2 items share one origin" in text_of(stranger.get("/stories/s1/").content.decode())
