"""Pages built to take long: each is read, or refused, soon."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from storydesk.errors import UnreadableFile
from storydesk.read import read_document
from storydesk.read.bounds import DEEPEST, LONGEST, bounded

NOW = datetime(2026, 11, 1, tzinfo=UTC)
STORY = "<p>The water board lowered the lake by two metres on Tuesday after engineers found a crack in the wall.</p>"

PAGES = {
    "deep divs": "<div>" * 300_000,
    "deep bold": "<b>" * 300_000,
    "deep paragraphs with links": "<p><a>" * 100_000,
    "deep tables": "<table><tr><td>" * 50_000,
    "deep lists": "<ul><li>" * 60_000,
    "deep formatting": "<a><b><i><u><font>" * 20_000,
    "misnested": "<b><p>" * 20_000,
    "one long text": "a b " * 2_500_000,
    "a million paragraphs": "<p>x" * 1_000_000,
    "a hundred thousand links": "<a href=x>y</a> " * 100_000,
    "a hundred thousand attributes": "<div " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x</div>",
    "a long class": '<div class="' + "ab cd " * 1_000_000 + '">x</div>',
    "only brackets": "<" * 1_000_000,
    "a script without end": "<script>" + "x" * 5_000_000,
    "JSON-LD of many values": '<script type="application/ld+json">' + "[1]," * 200_000 + "</script>",
    "JSON-LD of spare commas": '<script type="application/ld+json">[' + "," + ", \n" * 200_000 + "</script>",
    "times behind long labels": "<time>Monday</time><b>Updated</b>" + ("<div>" + "<i></i>" * 200) * 200,
    "times in one another": "<div>Updated<time>Monday" * 5_000,
    "words of publication": "<script>" + "publish" * 200_000 + "</script>",
    "deep JSON-LD": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "entities": "&amp;" * 1_000_000,
    "headings": "<h1>title</h1>" * 50_000,
    "no characters": "\0" * 1_000_000,
    "declarations": "<meta name=a content=b>" * 100_000,
    "comments": '<ul id="comments">' + '<li class="comment"><p>Indeed.</p></li>' * 20_000,
    "nested comments": '<div id="comments">' + '<div class="comment"><p>Indeed.</p>' * 1_000,
    "dates": "<p>3 March 2026 " * 50_000,
    "published": "<p class=published>on 3 March 2026 " * 50_000,
    "times for scripts": "<script>" + '"publishedAt":"2026-03-0' * 200_000,
    "by-lines": "<h1>Crack</h1>" + "<p>By Ana Ruiz and Tom Okafor" * 50_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_none_takes_long(name: str) -> None:
    page = f"<!doctype html><html><head><title>Crack</title></head><body>{STORY * 5}{PAGES[name]}".encode()
    read_document(b"<html><body>" + STORY.encode(), now=NOW)  # what is loaded when first used
    start = time.process_time()
    with suppress(UnreadableFile):
        read_document(page, now=NOW, url="https://tidewater.example/dam")
    assert time.process_time() - start < 5


def test_a_real_page_is_left_as_it_is() -> None:
    page = f"<html><body>{'<div>' * 40}{STORY * 800}<div data-state='{'x' * 40_000}'>"
    assert bounded(page) == page


def test_what_is_beyond_a_page_of_news_is_cut() -> None:
    assert len(bounded("x" * (LONGEST + 1))) == LONGEST
    deep = bounded(STORY + "<div>" * 20_000)
    assert deep.startswith(STORY)
    assert deep.count("<div>") <= DEEPEST


@pytest.mark.parametrize("before", ["", "<p>crack</p>", "x" * 120_000, f"<script>{'x' * 120_000}</script>"])
def test_an_overlong_tag_loses_its_attributes_wherever_it_stands(before: str) -> None:
    assert bounded(f"{before}<div {'a=1 ' * 100_000}>dam</div>") == f"{before}<div>dam</div>"
