"""A story's coverage as a whole: what must always hold, and the tables on a small invented event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk import wire
from storydesk.compare import compare
from storydesk.coverage import Coverage, Origin, Passage
from storydesk.model import Account, Attribution, Item, Span

LANDSLIDE_A = """A landslide buried eleven houses in the village of Storvik on Monday morning, police said.
At least 27 people were killed in the landslide in Storvik, rescue leader Ida Ravn told reporters.
The road between Storvik and Nesbyen will stay closed until Friday.
A dog named Bamse lived through the landslide in Storvik unhurt.
The county had warned residents of heavy rain on Sunday evening by text message."""

LANDSLIDE_B = """Eleven houses were buried by a landslide in the village of Storvik on Monday morning.
The landslide in Storvik killed 31 people, rescue leader Ida Ravn said.
The road from Storvik to Nesbyen stays closed until Friday.
Geologists had measured cracks above the quarry in 2019 and asked the owner to stop blasting.
King Harald visits the survivors of the landslide in Storvik in a gymnasium."""

LANDSLIDE_C = """In the village of Storvik a landslide buried eleven houses on Monday morning.
The landslide in Storvik killed about 30 people, said Ida Ravn, who leads the rescue.
Schools in the whole county remain open, the director of education announced in a letter to parents."""


@pytest.fixture
def storvik(account: Any) -> list[Account]:
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    return [
        account(LANDSLIDE_A, "a", title="Landslide kills at least 27 in Storvik", published=at, language="en"),
        account(LANDSLIDE_B, "b", title="31 dead in Storvik", published=at + timedelta(hours=5), language="en"),
        account(LANDSLIDE_C, "c", title="About 30 dead", published=at + timedelta(hours=9), language="en"),
    ]


def told(coverage: Coverage, told_by: str) -> list[str]:
    return [statement.cells[0].text for statement in coverage.statements if statement.told_by == told_by]


def test_what_all_some_and_one_tell(storvik: list[Account], bag: Any) -> None:
    coverage = compare("s", storvik, (), bag, why={"a": ("first",)})
    assert any("buried eleven houses" in text for text in told(coverage, "all"))
    assert any("Nesbyen" in text for text in told(coverage, "some"))
    one = " ".join(told(coverage, "one"))
    assert "Bamse" in one
    assert "King Harald" in one
    assert "gymnasium" in one
    assert "Nesbyen" not in one
    assert coverage.items[0].why == ("first",)


def test_reprints_of_one_origin_count_once(storvik: list[Account], bag: Any) -> None:
    reprint = replace(storvik[0], item=replace(storvik[0].item, id="d", source="The D Post"))
    accounts = [storvik[0], reprint]
    coverage = compare("s", accounts, (Origin("wire", ("a", "d"), "the same text"),), bag, why={})
    assert coverage.origins == (Origin("wire", ("a", "d"), "the same text"),)
    assert {statement.told_by for statement in coverage.statements} == {"one"}
    assert all(point.origins == ("wire",) for point in coverage.brief)
    three = compare("s", [*accounts, storvik[1]], (Origin("wire", ("a", "d")),), bag, why={})
    dog = next(s for s in three.statements if "Bamse" in s.cells[0].text)
    assert dog.told_by == "one"
    assert dog.origins == ("wire",)
    assert [cell.item for cell in dog.cells] == ["a", "d"]


def test_figures_that_clash_differ_and_a_rounded_one_does_not(storvik: list[Account], bag: Any) -> None:
    (difference,) = _numbers(storvik, bag)
    assert difference.about == "people killed"
    assert {side.passage.text for side in difference.sides} == {"27", "31"}


def _numbers(storvik: list[Account], bag: Any) -> list[Any]:
    exact = storvik[0].item.text.replace("At least 27 people were killed in", "The toll: 27 people were killed in")
    first = replace(storvik[0], item=replace(storvik[0].item, text=exact))
    coverage = compare("s", [_resplit(first), *storvik[1:]], (), bag, why={})
    return [difference for difference in coverage.differences if difference.kind == "number"]


def _resplit(told: Account) -> Account:
    text = told.item.text
    starts = [0, *(place + 1 for place, mark in enumerate(text) if mark == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return replace(told, sentences=tuple(Span(*pair) for pair in zip(starts, ends, strict=True)))


def test_a_later_higher_count_is_an_update(storvik: list[Account], bag: Any) -> None:
    (difference,) = _numbers(storvik, bag)
    assert difference.update
    undated = [replace(told, item=replace(told.item, published=None)) for told in storvik]
    assert not any(difference.update for difference in _numbers(undated, bag))


def test_the_toll_that_accounts_open_with_is_compared_wherever_it_stands(account: Any, bag: Any) -> None:
    monday = datetime(2026, 3, 2, 10, tzinfo=UTC)
    first = "A river burst its banks near Ahero. Nine people have died and thousands have left their homes."
    later = (
        "OSLO, March 4 (Wire) — Falling water let boats reach the last villages. "
        "The toll of the floods near Ahero has risen to 14."
    )
    accounts = [account(first, "a"), account(later, "b", published=monday + timedelta(days=4))]
    (difference,) = compare("s", accounts, (), bag, why={}).differences
    assert [side.passage.text for side in difference.sides] == ["Nine", "14"]
    assert difference.about == "people killed"


def test_days_differ_between_accounts_of_one_day_only(account: Any, bag: Any) -> None:
    def kinds(first: str, second: str, days_apart: int) -> list[str]:
        start = datetime(2026, 3, 4, 10, tzinfo=UTC)
        accounts = [account(first, "a", published=start), account(second, "b", published=start + timedelta(days_apart))]
        return [difference.kind for difference in compare("s", accounts, (), bag, why={}).differences]

    text = "The Kaldfjell tunnel on the island of Senja was closed by rockfall {}."
    assert kinds(text.format("on Monday"), text.format("on Tuesday"), 0) == ["date"]
    assert kinds(text.format("on Wednesday"), text.format("on Saturday"), 3) == []  # each its own news
    assert kinds(text.format("on 1 March"), text.format("on 3 March"), 3) == ["date"]
    assert kinds("BERGEN, March 2 (Wire) — " + text.format("again"), text.format("on 3 March"), 0) == []


def test_the_brief_is_short_verbatim_and_says_nothing_twice(storvik: list[Account], bag: Any) -> None:
    coverage = compare("s", storvik, (), bag, why={})
    texts = [point.passage.text for point in coverage.brief]
    assert 3 <= len(texts) <= 5
    assert sum("eleven houses" in text.casefold() for text in texts) == 1
    assert coverage.brief[0].origins == ("a", "b", "c")


def test_the_brief_goes_by_the_day_and_within_a_day_as_texts_tell(storvik: list[Account], bag: Any) -> None:
    days = {"a": 2, "b": 0, "c": 1}
    told = [
        replace(
            one, item=replace(one.item, published=datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days[one.item.id]))
        )
        for one in storvik
    ]
    brief = compare("s", told, (), bag, why={}).brief
    places = [(days[point.passage.item], point.passage.start) for point in brief]
    assert len({day for day, _ in places}) > 1
    assert [day for day, _ in places] == sorted(day for day, _ in places)


def test_only_here_is_not_said_over_a_rival_that_was_hardly_read(storvik: list[Account], bag: Any) -> None:
    partial = replace(storvik[1], item=replace(storvik[1].item, partial=True))
    assert told(compare("s", [storvik[0], storvik[1]], (), bag, why={}), "one")
    assert not any("Bamse" in text for text in told(compare("s", [storvik[0], partial], (), bag, why={}), "one"))


def test_the_head_of_the_coverage(storvik: list[Account], bag: Any) -> None:
    coverage = compare("s", list(reversed(storvik)), (), bag, why={})
    assert [item.id for item in coverage.items] == ["a", "b", "c"]
    assert (coverage.first_seen, coverage.last_changed) == (storvik[0].item.published, storvik[2].item.published)
    assert coverage.outlets == ("The A Post", "The B Post", "The C Post")
    assert coverage.languages == ("en",)
    assert coverage.headline in {told.item.title for told in storvik}
    assert [m.item for m in coverage.timeline if m.what == "published"] == ["a", "b", "c"]


def test_an_opening_is_no_headline_where_there_is_a_title(account: Any, bag: Any) -> None:
    opening = account(LANDSLIDE_A, "a", title=LANDSLIDE_A[:60] + "…")
    titled = account(LANDSLIDE_C, "c", title="Landslide in Storvik")
    assert compare("s", [opening, titled], (), bag, why={}).headline == "Landslide in Storvik"


def test_one_item_stands_beside_nothing(storvik: list[Account], bag: Any) -> None:
    coverage = compare("s", storvik[:1], (), bag, why={})
    assert coverage.statements == ()
    assert coverage.differences == ()
    assert coverage.headline == "Landslide kills at least 27 in Storvik"
    assert coverage.brief


def test_empty_text_and_no_date_are_borne(account: Any, bag: Any) -> None:
    empty = account("", "a", title="", published=None, source=None, url="https://www.example.org/x")
    coverage = compare("s", [empty, account("", "b", title="", published=None)], (), bag, why={})
    assert coverage.headline == "example.org"
    assert coverage.first_seen is None
    assert coverage.statements == ()


def test_a_later_revision_is_a_moment_of_its_own(storvik: list[Account], bag: Any) -> None:
    last = max(told.item.published for told in storvik if told.item.published)
    changed = replace(storvik[0].item, revision=2, updated=last + timedelta(hours=1))
    coverage = compare("s", [replace(storvik[0], item=changed), *storvik[1:]], (), bag, why={})
    assert [(m.item, m.at) for m in coverage.timeline if m.what == "revised"] == [("a", changed.updated)]
    assert coverage.last_changed == changed.updated
    assert coverage.first_seen == changed.published
    first = replace(changed, revision=1)
    coverage = compare("s", [replace(storvik[0], item=first), *storvik[1:]], (), bag, why={})
    assert not [m for m in coverage.timeline if m.what == "revised"]
    assert coverage.last_changed == last


def test_credits_and_corrections_are_not_told(account: Any, bag: Any) -> None:
    about_itself = (
        "Running time 9 minutes 12 seconds for everyone at home. Correction: an earlier version gave ten houses."
    )
    accounts = [account(f"{LANDSLIDE_A} {about_itself}", "a"), account(LANDSLIDE_B, "b")]
    coverage = compare("s", accounts, (), bag, why={})
    assert not any("Running" in p.text or "Correction" in p.text for p in passages(coverage))


def test_no_headline_comes_from_a_reprint(storvik: list[Account], bag: Any) -> None:
    slip = storvik[0].item.text.replace("27", "72")
    reprint = _resplit(replace(storvik[0], item=replace(storvik[0].item, id="d", source="D", text=slip)))
    late = replace(reprint.item, title="Landslide kills 72 in Storvik", published=storvik[2].item.published)
    accounts = [*storvik[:2], replace(reprint, item=late)]
    assert compare("s", accounts, (), bag, why={}).headline == late.title  # were it an origin of its own
    coverage = compare("s", accounts, (Origin("wire", ("a", "d")),), bag, why={})
    assert coverage.headline != late.title


def test_no_account_is_an_error(bag: Any) -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        compare("s", [], (), bag, why={})


def test_the_newest_revision_counts(storvik: list[Account], bag: Any) -> None:
    old = replace(storvik[0], item=replace(storvik[0].item, text="Old words.", revision=1), sentences=(Span(0, 10),))
    new = replace(storvik[0], item=replace(storvik[0].item, revision=2))
    coverage = compare("s", [new, old, storvik[1]], (), bag, why={})
    assert [(item.id, item.revision) for item in coverage.items] == [("a", 2), ("b", 1)]
    assert all(p.revision == (2 if p.item == "a" else 1) for p in passages(coverage))


def test_two_languages_are_joined_by_meaning() -> None:
    from storydesk.language import encode

    english = "A landslide killed 31 people in the village of Storvik on Monday morning."
    german = "Ein Erdrutsch tötete am Montagmorgen 31 Menschen im Dorf Storvik."
    accounts = [
        Account(Item("a", english, language="en"), (Span(0, len(english)),)),
        Account(Item("b", german, language="de"), (Span(0, len(german)),)),
    ]
    coverage = compare("s", accounts, (), encode, why={})
    assert [statement.told_by for statement in coverage.statements] == ["all"]
    assert coverage.languages == ("de", "en")


def passages(coverage: Coverage) -> list[Passage]:
    found = [point.passage for point in coverage.brief]
    found += [passage for u in coverage.utterances for w in u.wordings for passage in (w.passage, w.context)]
    found += [cell for statement in coverage.statements for cell in statement.cells]
    found += [p for d in coverage.differences for side in d.sides for p in (side.passage, side.context)]
    return found + [moment.passage for moment in coverage.timeline if moment.passage]


VOCABULARY = """the of a and 27 31 about people were killed in Storvik on Monday May 4, police said “we know” denied
confirmed landslide village houses 名古屋 über 🐶 road closed 3.5 km $4m U.S. ‘no’ — ; e.g. İstanbul"""
WORDS = st.sampled_from(VOCABULARY.split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=14).map(lambda words: " ".join(words) + ".")
TEXTS = st.lists(SENTENCES, max_size=6)
TIMES = st.none() | st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(timezone(timedelta(hours=2)))
)


@st.composite
def accounts(draw: st.DrawFn) -> list[Account]:
    made = []
    for name in range(draw(st.integers(1, 4))):
        sentences = draw(TEXTS)
        text = draw(st.sampled_from(["\n", " ", "\n\n"])).join(sentences)
        spans, at = [], 0
        for sentence in sentences:
            start = text.index(sentence, at)
            at = start + len(sentence)
            spans.append(Span(start, at))
        said = []
        for span in draw(st.lists(st.sampled_from(spans), max_size=3)) if spans else ():
            half = Span(span.start, (span.start + span.end) // 2)
            quoted = (half,) if draw(st.booleans()) and half.start < half.end else ()
            said.append(Attribution((span,), speaker=draw(st.sampled_from(["Bo Ek", "Ek", "a clerk"])), quoted=quoted))
        item = Item(f"i{name}", text, published=draw(TIMES), language=draw(st.sampled_from([None, "en", "ja"])))
        made.append(Account(item, tuple(spans), (), tuple(said)))
    return made


@settings(max_examples=60)
@given(accounts())
def test_every_passage_is_the_words_it_points_to(bag: Any, accounts: list[Account]) -> None:
    items = {told.item.id: told.item for told in accounts}
    coverage = compare("s", accounts, (), bag, why={})
    for passage in passages(coverage):
        assert passage.text
        assert passage.text == items[passage.item].text[passage.start : passage.end]
        assert passage.revision == items[passage.item].revision
    for wording in (w for u in coverage.utterances for w in u.wordings):
        assert all(0 <= m.start < m.end <= len(wording.passage.text) for m in wording.marks)
    for statement in coverage.statements:
        assert len({cell.item for cell in statement.cells}) == len(statement.cells)
    assert compare("s", list(accounts), (), bag, why={}) == coverage
    assert wire.coverage_from(wire.coverage_record(coverage)) == coverage
