"""Laws of cutting a text: nothing is lost, nothing is added, everything is escaped."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st

from storydesk.model import Span
from storydesk.site.filters import marked
from storydesk.site.present.told import Revision, changes
from storydesk.site.present.words import anchored, around, cut, cut_near, excerpt, paragraphs
from tests.site.conftest import NOON

texts = st.text(alphabet="ab <>&'\"\n.é", max_size=60)
spans = st.builds(Span, st.integers(-3, 70), st.integers(-3, 70))


@given(texts, st.lists(spans, max_size=5))
def test_pieces_joined_are_the_text_and_marks_are_kept(text: str, marks: list[Span]) -> None:
    pieces = cut(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    shown = "".join("x" if piece.marked else "." for piece in pieces for _ in piece.text)
    wanted = "".join("x" if any(mark.start <= at < mark.end for mark in marks) else "." for at in range(len(text)))
    assert shown == wanted


@given(texts, st.lists(spans, max_size=4))
def test_marked_words_are_escaped_words(text: str, marks: list[Span]) -> None:
    html = marked(cut(text, marks))
    assert unescape(re.sub(r"</?mark>", "", html)) == text
    assert "<" not in re.sub(r"</?mark>", "", html)


@given(texts, st.lists(spans, max_size=6))
@example("<<", [Span(1, 0)])
def test_anchored_text_is_the_text_with_an_element_for_each_span(text: str, wanted: list[Span]) -> None:
    whole = "\n".join(anchored(text, wanted, "t"))
    assert whole.count("<span") == whole.count("</span>")
    bare = re.sub(r"</?span[^>]*>", "", whole)
    assert unescape(bare) == "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
    assert "<" not in bare


def test_a_nested_span_opens_inside_its_sentence() -> None:
    (line,) = anchored("He said “no” twice.", [Span(0, 19), Span(9, 11)], "t")
    assert line == ('<span class="place" id="t-0-19">He said “<span class="place" id="t-9-11">no</span>” twice.</span>')


@given(texts, spans)
def test_paragraphs_keep_their_marks(text: str, mark: Span) -> None:
    lines = paragraphs(text, [mark])
    assert ["".join(piece.text for piece in line) for line in lines] == [
        line.rstrip() for line in text.splitlines() if line.strip()
    ]


@given(texts, st.integers(0, 60), st.integers(1, 20), st.integers(0, 4))
def test_around_keeps_the_span_and_adds_no_more_words_than_asked(
    text: str, start: int, length: int, words: int
) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    wide = around(text, span, words)
    assert wide.covers(span)
    assert len(text[wide.start : span.start].split()) <= words
    assert len(text[span.end : wide.end].split()) <= words


def test_a_cut_near_a_mark_keeps_the_mark_and_says_what_it_left_out() -> None:
    text = "One two three four five six seven."
    pieces = cut_near(text, Span(14, 18), 1)
    assert [(piece.text, piece.marked) for piece in pieces] == [
        ("… ", False),
        ("three ", False),
        ("four", True),
        (" five", False),
        (" …", False),
    ]
    assert "".join(piece.text for piece in cut_near(text, Span(14, 18), 9)) == text


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("one two, three four", 2) == "one two\N{NO-BREAK SPACE}…"
    assert excerpt("one two", 2) == "one two"


@given(texts, texts)
def test_a_diff_shows_both_states(old: str, new: str) -> None:
    (change,) = changes([Revision(1, NOON, "", old), Revision(2, NOON, "", new)])
    if old.split() == new.split() and old.count("\n") == new.count("\n"):
        assert change.runs == ()
    went = [word for run in change.runs if run.what == "went" for word in run.text.split()]
    came = [word for run in change.runs if run.what == "came" for word in run.text.split()]
    assert set(went) <= set(old.split())
    assert set(came) <= set(new.split())


@given(st.lists(texts, min_size=2, max_size=4), st.integers(0, 12))
def test_changes_are_cut_to_so_many_words_and_say_so(states: list[str], most: int) -> None:
    revisions = [Revision(number, NOON, "", text) for number, text in enumerate(states)]
    whole, cut = ([run for one in changes(revisions, limit) for run in one.runs] for limit in (None, most))
    words, kept = (sum(len(run.text.split()) for run in runs if run.what != "gap") for runs in (whole, cut))
    assert kept == min(words, most)
    assert kept == words or cut[-1].what == "gap"
