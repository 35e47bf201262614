"""A story as one file: it needs no desk, loads nothing, and says what the served page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from storydesk.coverage import Side
from storydesk.site.standalone import render
from tests.site.conftest import accounts, coverage, passage


def test_nothing_is_loaded_and_nothing_runs() -> None:
    html = render([(coverage(), accounts())])
    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b|@import|url\(|\son\w+=", html)


def test_every_line_leads_to_its_words_in_the_file() -> None:
    html = render([(coverage(), accounts())])
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets
    assert targets <= ids
    quote = re.search(r'id="text-radio-1-(\d+)-(\d+)">Nobody was hurt<', html)
    assert quote


def test_two_stories_do_not_share_a_name() -> None:
    other = tuple(replace(told, item=replace(told.item, id=f"{told.item.id}-b")) for told in accounts())
    html = render([(coverage(), accounts()), (replace(coverage((other[0], other[1], other[2])), story="s2"), other)])
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len([name for name in ids if name.startswith("s2-")]) > 5
    doubled = {name for name in ids if ids.count(name) > 1}
    assert doubled == set()


def test_one_figure_in_other_words_is_no_other_figure() -> None:
    courier, echo, radio = accounts()
    echo = replace(echo, item=replace(echo.item, text=echo.item.text.replace("41", "forty-one")))
    found = coverage((courier, echo, radio))
    (differs,) = found.differences
    line = echo.item.text.split("\n")[0]
    sides = (*differs.sides, Side(passage(echo, "forty-one"), passage(echo, line)))
    point = replace(found.brief[0], contested=(0,))
    html = render(
        [(replace(found, differences=(replace(differs, sides=sides),), brief=(point,)), (courier, echo, radio))]
    )
    against = re.search(r'<p class="against">(.*?)</p>', html, re.S)
    assert against
    assert re.sub(r"<[^>]+>|\s+", " ", against.group(1)).split() == ["41", "against", "43"]
    otherwise = re.search(r"Told otherwise elsewhere.*?</p>", html, re.S)
    assert otherwise
    assert ">43</q>" in otherwise.group()
    assert "forty-one" not in otherwise.group()
    assert "<mark>41</mark> here, 43 elsewhere" in html


def test_cards_are_counted_where_there_are_any() -> None:
    assert re.search(r">In this story</a> <span>[1-9]", render([(coverage(), accounts())]))
    without = render([(replace(coverage(), cards=()), accounts())])
    assert ">In this story</a></li>" in without
    assert "of whom the desk has no card" in without


def test_comments_of_the_pages_are_only_counted() -> None:
    html = render([(coverage(), accounts())])
    assert "3 reader comments found in the pages, kept apart and not shown" in html
    assert "stood in the outlet" not in html


def test_no_desk_is_needed(tmp_path: Path) -> None:
    program = (
        "from storydesk.site.standalone import render\n"
        "from storydesk.coverage import Coverage\n"
        "empty = Coverage('s', 'A headline', '', None, None, (), (), (), ())\n"
        "assert 'A headline' in render([(empty, ())])\n"
        "from django.conf import settings\n"
        "assert not settings.configured\n"
    )
    clean = {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "STORYDESK_HOME")
    }
    nowhere = str(tmp_path / "missing")
    done = subprocess.run(
        [sys.executable, "-c", program], env={**clean, "HOME": nowhere}, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert not Path(nowhere).exists()


def test_an_account_has_one_outlet_throughout_the_file() -> None:
    unnamed = [replace(told, item=replace(told.item, source=None)) for told in accounts()]
    html = render([(coverage(), unnamed)])
    names = re.findall(r'<h3[^>]*><span class="outlet">([^<]*)</span>', html)
    assert names[-3:] == [told.item.source for told in accounts()]
