"""Verdicts: what is held, what is rejected, what a trusted author may publish, and the offsets of the reasons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.model import Comment, Verdict
from storydesk.moderate import DEFAULT, Settings, screen

FAIR = "Thank you for this careful piece; the figures on the harbour helped me."


def verdict(text: str, published: int = 0, settings: Settings = DEFAULT) -> Verdict:
    return screen(Comment("c", text, published=published), settings)


def rules(text: str, settings: Settings = DEFAULT) -> dict[str, str]:
    """Each rule that spoke, with the words it rests on."""
    return {reason.rule: text[reason.start : reason.end] for reason in verdict(text, settings=settings).reasons}


def test_nothing_is_published_of_an_unknown_author() -> None:
    assert verdict(FAIR).verdict == "hold"
    assert verdict(FAIR).score < 0.5
    assert not verdict(FAIR).reasons


def test_a_trusted_author_is_published_unless_a_phase_objects() -> None:
    assert verdict(FAIR, published=DEFAULT.trust_after).verdict == "publish"
    assert verdict(FAIR, published=DEFAULT.trust_after - 1).verdict == "hold"
    assert verdict("You are a pathetic idiot.", published=100).verdict != "publish"
    assert verdict("Write to me at ola@example.org", published=100).verdict == "hold"


def test_a_desk_may_trust_nobody() -> None:
    assert verdict(FAIR, published=100, settings=replace(DEFAULT, trust_after=0)).verdict == "hold"


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("", "too short", ""),
        ("no no no no no", "repeats", "no no no no"),
        ("THE MAYOR KNEW ALL ABOUT THIS FROM THE START", "shouting", "THE MAYOR KNEW ALL ABOUT THIS FROM THE START"),
        ("see http://a.example http://b.example www.c.example", "links", "www.c.example"),
        ("Write to ola.nordmann@example.org today", "e-mail address", "ola.nordmann@example.org"),
        ("Ring me on +47 22 33 44 55 tonight", "telephone number", "+47 22 33 44 55"),
        ("Her card is 4111 1111 1111 1111 by the way", "card number", "4111 1111 1111 1111"),
        ("He lives at 14 Elm Park Road, go and see", "street address", "14 Elm Park Road"),
        ("I will find you and hurt you", "threat", "I will find you and hurt you"),
        ("They should be shot, all of them", "threat", "They should be shot"),
        ("I hope you die slowly", "threat", "hope you die"),
        ("We know where you live", "threat", "We know where you live"),
        ("what a load of b.u.l.l.s.h.i.t", "coarse", "b.u.l.l.s.h.i.t"),
    ],
)
def test_each_phase_names_its_words(text: str, rule: str, words: str) -> None:
    assert words in rules(text)[rule]


@pytest.mark.parametrize(
    "text",
    [
        "The council will kill the plan for a second bridge.",
        "He was shot in 1914, in 2026 the museum opened: 1914 to 2026, pages 12-14, 3.5 million in 2024.",
        "They should be ashamed of the budget, 1,200,000 kroner for a fountain.",
        "NATO and the EU met in Oslo.",
        "Sources: www.a.example and www.b.example",
        "An analysis of the cocktail of classic assets in the arsenal by Dickens scholars.",
    ],
)
def test_fair_words_raise_no_rule(text: str) -> None:
    assert set(rules(text)) <= {"abuse", "hate"}


def test_too_long_marks_what_is_past_the_end() -> None:
    text = "A calm word. " * 500
    reason = verdict(text).reasons[0]
    assert (reason.rule, reason.start, reason.end) == ("too long", DEFAULT.longest, len(text))


def test_link_spam_is_rejected() -> None:
    assert verdict(" ".join(f"http://shop{number}.example/win" for number in range(8))).verdict == "reject"


@pytest.mark.parametrize(
    "written", ["rotter", "ROTTER", "r0tter", "r o t t e r", "r.o.t.t.e.r", "rrrotterrr", "rötter", "rоtter", "r*tter"]
)
def test_a_blocked_word_is_found_in_disguise(written: str) -> None:
    text = f"what a {written} he is"
    assert rules(text, replace(DEFAULT, blocked=("rotter",)))["blocked word"].endswith(written)


def test_a_desk_chooses_its_phases() -> None:
    assert rules("Write to ola@example.org", replace(DEFAULT, phases=("length", "abuse"))).keys() <= {"abuse"}


@pytest.mark.parametrize(
    "text",
    [
        "You are a fucking idiot and everyone knows it",
        "What a pathetic, disgusting liar",
        "shut up you stupid b1tch",
        "These scum are vermin, all of them",
    ],
)
def test_insults_are_likely_unfit_and_their_words_named(text: str) -> None:
    found = verdict(text)
    assert found.verdict in {"hold", "reject"}
    assert found.score >= 0.5
    assert found.reasons


@pytest.mark.parametrize(
    "text",
    [
        FAIR,
        "I disagree with the minister; where does the figure for 2019 come from?",
        "The {} community met at the town hall and the mayor came too.".format("Jewish"),
        "A group of Muslim women opened a bakery in the old station.",
        "She was the first gay judge in the country.",
    ],
)
def test_fair_comments_are_not_scored_as_abuse(text: str) -> None:
    assert verdict(text).score < 0.5


@given(st.text(max_size=400))
def test_any_text_gets_a_verdict_whose_offsets_lie_in_it(text: str) -> None:
    found = verdict(text)
    assert 0 <= found.score <= 1
    assert found.verdict in {"hold", "reject"}
    for reason in found.reasons:
        assert 0 <= reason.start <= reason.end <= len(text)


def test_the_thread_of_the_real_page(seeds: tuple[Path, Path]) -> None:
    """No abusive line is published by default; nearly all score as unfit; the peaceable line is not rejected."""
    thread = seeds[1].read_text("utf-8").split("MORE ON THE TOPIC:")[1].strip().splitlines()
    peaceable = [line for line in thread if line.startswith("peace for all good people")]
    abusive = [line for line in thread if line not in peaceable]
    assert len(abusive) > 8
    assert all(verdict(line).verdict != "publish" for line in abusive)
    assert all(verdict(line).score >= 0.5 for line in abusive)
    assert [verdict(line).verdict for line in peaceable] == ["hold"]
