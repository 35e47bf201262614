"""A story that grows: what is remembered of it changes how long comparing takes, and never its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.compare import Analyses, compare, prepare
from storydesk.compare.analysis import Analysis, once
from storydesk.compare.closeness import COMMON, ROWS, Closeness, neighbours
from storydesk.compare.layout import lay_out
from storydesk.compare.nearest import Blocks
from storydesk.compare.only import FAR
from storydesk.language import Remembered
from storydesk.language.vectors import Vectors
from storydesk.model import Account, Mention

LINES = (
    "A landslide buried eleven houses in the village of Storvik on Monday morning, police said.",
    "At least 27 people were killed in the landslide in Storvik, rescue leader Ida Ravn told reporters.",
    "The landslide in Storvik killed 31 people, rescue leader Ida Ravn said.",
    "“We heard the mountain break,” said Ida Ravn, who leads the rescue.",
    "“The mountain broke, and we heard it,” said Ravn of the rescue.",
    "The road between Storvik and Nesbyen will stay closed until Friday.",
    "The road from Storvik to Nesbyen reopens on 9 March, the county said.",
    "A dog named Bamse was pulled alive from the rubble after nine hours by two students from Bergen.",
    "Geologists had measured cracks above the quarry in 2019 and asked the owner to stop blasting.",
)

SAID = ("We heard the mountain break,", "The mountain broke, and we heard it,")


class Counting:
    """An encoder that notes what it was asked for."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self.asked: list[str] = []
        self._encode = encode

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._encode(texts)


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=6), min_size=2, max_size=5), st.data())
def test_what_is_remembered_changes_no_result(
    account: Any, saying: Any, bag: Any, texts: list[list[str]], data: st.DataObject
) -> None:
    """Whether items join in order of time or not, leave again, or are others under the same id."""
    told = []
    for name, lines in zip("abcde", texts, strict=False):
        text = "\n".join(lines)
        said = [saying(text, "Ida Ravn", words) for words in SAID if words in text]
        told.append(account(text, data.draw(st.sampled_from([name, "a"])), said, title=lines[0]))
    analyses, encode = Analyses(most=data.draw(st.integers(1, 6))), Remembered(bag, most=data.draw(st.integers(1, 40)))
    for members in data.draw(st.lists(st.lists(st.sampled_from(told), min_size=1, max_size=5), min_size=2, max_size=5)):
        fresh = compare("s", members, (), bag, why={})
        assert compare("s", members, (), encode, why={}, analyses=analyses) == fresh


def test_an_account_that_changed_is_analysed_anew(account: Any) -> None:
    analyses = Analyses()
    told: Account = account("\n".join(LINES), "a", title="Landslide")
    first = analyses.of(told, 3)
    assert len(first.lines) == 3
    assert analyses.of(replace(told), 2) is first
    assert len(analyses.of(told, 20).lines) == len(LINES)
    corrected = replace(told, mentions=(Mention(32, 39, "person", "Storvik", "Q1"),))
    assert {"Q1"} in [line.people for line in analyses.of(corrected, 3).lines]
    revised = replace(told, item=replace(told.item, text=LINES[0], revision=2))
    assert analyses.of(replace(revised, sentences=told.sentences[:1]), 3).words == len(LINES[0].split())


def test_what_stands_in_one_account_is_found_once_as_long_as_it_stands(account: Any, bag: Any) -> None:
    asked: list[str] = []

    @once
    def find(told: Analysis, most: int) -> list[tuple[int, str]]:
        asked.append(told.account.item.id)
        return [(place, line.gist) for place, line in enumerate(told.lines[:most]) if "Ravn" in line.gist]

    analyses = Analyses()
    story = [account("\n".join(LINES[1:]), "a", title="Dead"), account("\n".join(LINES[:3]), "b", title="Landslide")]
    for members in ([story[0]], story, story):
        layout = lay_out(members, (), bag, analyses)
        assert [layout.lines[index].gist for index, _ in layout.each(find)] == [gist for _, gist in layout.each(find)]
    assert asked == ["a", "b"]
    changed = replace(story[0], mentions=(Mention(32, 39, "person", "Storvik", "Q1"),))
    list(lay_out([changed, story[1]], (), bag, analyses).each(find))
    assert asked == ["a", "b", "a"]


def test_a_reprinted_line_is_held_against_others_once_and_stands_beside_all(account: Any, bag: Any) -> None:
    story = [account("\n".join(LINES[first : first + 2]), f"n{first}", title="Dead") for first in (1, 0, 1, 1)]
    layout = lay_out([replace(told, item=replace(told.item, id=f"n{n}")) for n, told in enumerate(story)], (), bag)
    closeness = Closeness(layout)
    assert (len(layout.lines), len(closeness)) == (8, 3)
    near = neighbours(closeness, FAR)
    pairs = list(zip(near.first.tolist(), near.second.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    every = closeness.of(slice(None), slice(None))
    apart = [(one, two) for one in range(8) for two in range(8) if layout.lines[one].at < layout.lines[two].at]
    assert pairs == [pair for pair in apart if every[pair] >= FAR]
    np.testing.assert_allclose(near.closeness, [every[pair] for pair in pairs], atol=1e-5)


def test_only_what_is_new_is_asked_for(account: Any, bag: Any) -> None:
    counting = Counting(bag)
    encode = Remembered(counting)
    story = [account("\n".join(LINES[:4]), "a", title="Landslide"), account("\n".join(LINES[2:6]), "b", title="Dead")]
    compare("s", story, (), encode, why={})
    assert len(counting.asked) == len(set(counting.asked))
    before = len(counting.asked)
    compare("s", [*story, account(LINES[7], "c", title="Cracks")], (), encode, why={})
    assert set(counting.asked[before:]) <= {LINES[7], "Cracks"}


def test_vectors_are_those_of_the_encoder_and_the_oldest_are_let_go(bag: Any) -> None:
    counting = Counting(bag)
    encode = Remembered(counting, most=2)
    np.testing.assert_array_equal(encode(["a road", "a dog", "a road"]), bag(["a road", "a dog", "a road"]))
    encode(["a road", "a road"])
    encode(["a house"])
    assert counting.asked == ["a road", "a dog", "a house"]
    encode(["a road"])
    encode(["a dog"])
    assert counting.asked == ["a road", "a dog", "a house", "a dog"]
    assert encode([]).shape == (0, 512)


@pytest.mark.parametrize("count", [1, 40])
def test_every_account_of_a_long_story_is_held_against_every_other(account: Any, bag: Any, count: int) -> None:
    told = [account("\n".join(LINES), f"n{number}", title="Landslide") for number in range(count + 1)]
    coverage = compare("s", told, (), bag, why={})
    assert all(len(statement.cells) == count + 1 for statement in coverage.statements)
    assert len(coverage.statements) >= 5


def test_what_was_prepared_is_not_worked_out_again(account: Any, bag: Any) -> None:
    counting, analyses = Counting(bag), Analyses()
    encode = Remembered(counting)
    story = [account("\n".join(LINES[:4]), "a", title="Landslide"), account("\n".join(LINES[2:6]), "b", title="Dead")]
    for told in story:
        prepare(told, encode, analyses)
    before, kept = list(counting.asked), [analyses.of(told, 1) for told in story]
    assert compare("s", story, (), encode, why={}, analyses=analyses) == compare("s", story, (), bag, why={})
    assert not {line for line in LINES if line in counting.asked[len(before) :]}
    assert all(analyses.of(told, 1) is one for told, one in zip(story, kept, strict=True))


@pytest.mark.parametrize("count", [1, 2, ROWS // 2])
def test_what_lines_are_alike_is_found_in_one_pass_over_half_of_the_pairs(account: Any, bag: Any, count: int) -> None:
    """As multiplied out whole, over the borders of what is compared at a time."""
    told = [account("\n".join(LINES[n % 3 : 3 + n % 5]), f"n{n}", title="Landslide") for n in range(count)]
    layout = lay_out(told, (), bag)
    closeness = Closeness(layout)
    blocks = Blocks(layout)
    whole = blocks.by_origin(blocks.by_account(layout.vectors @ layout.vectors.T))
    np.testing.assert_allclose(neighbours(closeness, FAR).alike, whole, atol=1e-5)
    rest = layout.vectors - layout.vectors.mean(axis=0) * len(layout.lines) / (len(layout.lines) + COMMON)
    rest /= np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9)
    apart = closeness.signs(slice(None), slice(None))[1][np.ix_(closeness.texts, closeness.texts)]
    np.testing.assert_allclose(apart, rest @ rest.T, atol=1e-4)
