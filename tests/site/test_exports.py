"""A story to take away: tables that no spreadsheet runs, annotations that hold, and only half for strangers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from storydesk.coverage import Coverage
from storydesk.model import Account
from storydesk.site.present.export import quote_rows, statement_rows, web_annotations
from storydesk.site.present.public import LEAST, SHARE, for_the_public
from tests.site.conftest import Edition, accounts, coverage

EXPORTS = ("/stories/s1.json", "/stories/s1/quotes.csv", "/stories/s1/statements.csv", "/stories/s1/annotations.jsonld")


def spoken(coverage: Coverage, by: str) -> Coverage:
    return replace(coverage, utterances=tuple(replace(one, speaker=by) for one in coverage.utterances))


def test_each_row_of_a_table_says_where_its_words_stand() -> None:
    texts = {account.item.id: account.item.text for account in accounts()}
    for rows in (quote_rows(coverage()), statement_rows(coverage())):
        header, *lines = rows
        assert len(lines) > 3
        for line in lines:
            row = dict(zip(header, line, strict=True))
            assert texts[row["item"]][int(row["start"]) : int(row["end"])] == row["words"].removeprefix("'")
            assert row["revision"] == "1"
            assert row["url"].startswith("https://")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    table = io.StringIO(newline="")
    csv.writer(table).writerows(quote_rows(spoken(coverage(), cell)))
    _, first, *_ = csv.reader(io.StringIO(table.getvalue(), newline=""))
    assert first[0] == f"'{cell}"


def selectors(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for note in record["first"]["items"]:
        quote, place = note["target"]["selector"]
        assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        yield note["target"]["source"], quote, place


def test_annotations_select_the_words_by_quotation_and_by_place() -> None:
    record = web_annotations(coverage(), accounts(), "https://desk.example/annotations.jsonld")
    texts = {account.item.url: account.item.text for account in accounts()}
    assert record["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert record["total"] == len(record["first"]["items"]) == 4 + 2 + 7 + 2
    for source, quote, place in selectors(record):
        text = texts[source]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    said = [note["body"]["value"] for note in record["first"]["items"]]
    assert said[0] == "quoted: Berit Lund"
    assert "told by 2 of 2 origins" in said
    assert "number, people on board: differs from 43" in said
    assert len({note["id"] for note in record["first"]["items"]}) == record["total"]


def test_the_public_gets_words_around_only_what_is_said_twice() -> None:
    courier, *others = accounts()
    again = replace(
        courier, item=replace(courier.item, text=f"{courier.item.text}\nNobody was hurt and nobody panicked.")
    )
    record = web_annotations(coverage(), (again, *others), "https://desk.example/a", whole=False)
    with_sides = {quote["exact"] for _, quote, _ in selectors(record) if "prefix" in quote}
    assert with_sides == {"Nobody was hurt and nobody panicked"}


def long_accounts() -> tuple[Account, Account, Account]:
    """The edition with much more text than its coverage tells of."""
    more = "\n" + "The rest of the piece goes on about the weather of that week. " * 12
    one, two, three = accounts()
    return tuple(replace(a, item=replace(a.item, text=a.item.text + more)) for a in (one, two, three))  # type: ignore[return-value]


def given(coverage: Coverage) -> Iterator[dict[str, Any]]:
    """Every passage of a coverage, wherever it stands."""
    from storydesk import wire

    def walk(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if {"item", "start", "end", "text"} <= set(value):
                yield value
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                yield from walk(inner)

    return walk(wire.coverage_record(coverage))


@pytest.mark.parametrize("told", [accounts(), long_accounts()])
def test_no_more_than_half_of_a_piece_is_given_to_the_public(told: tuple[Account, Account, Account]) -> None:
    shown, withheld = for_the_public(coverage(told), told)
    for account in told:
        marked = bytearray(len(account.item.text))
        for words in given(shown):
            if words["item"] == account.item.id:
                marked[words["start"] : words["end"]] = b"\1" * (words["end"] - words["start"])
        assert 0 < marked.count(1) <= max(SHARE * len(marked), LEAST)
    kept = len(shown.statements) + withheld.shared + sum(withheld.only.values())
    assert kept == len(coverage().statements)
    assert len(shown.utterances) + withheld.utterances == len(coverage().utterances)


def test_a_statement_keeps_all_its_cells_or_is_left_out() -> None:
    whole = {statement.cells for statement in coverage().statements}
    shown, _ = for_the_public(coverage(), accounts())
    assert {statement.cells for statement in shown.statements} <= whole


@pytest.mark.parametrize("path", EXPORTS)
def test_no_export_gives_a_stranger_what_the_page_withholds(
    edition: Edition, stranger: Client, reader: Client, path: str
) -> None:
    public = stranger.get(path)
    assert public.status_code == 200
    assert "A bus was waiting" not in public.content.decode()
    if "quotes" not in path:
        assert "A bus was waiting" in reader.get(path).content.decode()


def test_the_page_leads_to_every_export(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    for path in EXPORTS:
        assert f'href="{path}"' in html
    answer = stranger.get("/stories/s1/annotations.jsonld")
    assert answer["Content-Type"].startswith("application/ld+json")
    assert json.loads(answer.content)["id"] == "http://testserver/stories/s1/annotations.jsonld"
