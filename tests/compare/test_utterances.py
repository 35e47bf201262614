"""One utterance in several wordings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storydesk.compare.layout import lay_out
from storydesk.compare.utterances import utterances
from storydesk.compare.wordings import marks
from storydesk.coverage import Origin, Utterance
from storydesk.language import encode
from storydesk.model import Account, Span


def said_in(*accounts: Account, bag: Any, origins: tuple[Origin, ...] = ()) -> tuple[Utterance, ...]:
    return utterances(lay_out(accounts, origins, bag), bag)


def test_two_wordings_of_one_utterance_are_gathered_and_their_difference_marked(
    account: Any, saying: Any, bag: Any
) -> None:
    fuller = "Ida Ravn said the town wants “a safer and quieter harbour for everyone.”"
    other = "Ravn, the mayor, spoke of “a quieter, safer harbour for all of us” on Monday."
    a = account(fuller, "a", [saying(fuller, "Ida Ravn", "a safer and quieter harbour for everyone.")])
    b = account(other, "b", [saying(other, "Ravn", "a quieter, safer harbour for all of us")])
    (utterance,) = said_in(a, b, bag=bag)
    assert utterance.speaker == "Ida Ravn"
    assert utterance.origins == ("a", "b")
    assert all(wording.verbatim for wording in utterance.wordings)
    marked = {w.passage.item: [w.passage.text[m.start : m.end] for m in w.marks] for w in utterance.wordings}
    assert marked["b"] == []  # the fullest
    assert "everyone" in marked["a"]


def test_a_single_word_is_joined_only_where_its_sentence_agrees(account: Any, saying: Any, bag: Any) -> None:
    full = "“It seems we had constructive talks,” Ek said after the session."
    same = "Ek told reporters the talks were “constructive” on the whole."
    else_ = "Ek called the new harbour law “constructive” and left."
    a = account(full, "a", [saying(full, "Bo Ek", "It seems we had constructive talks,")])
    b = account(same, "b", [saying(same, "Bo Ek", "constructive")])
    c = account(else_, "c", [saying(else_, "Bo Ek", "constructive")])
    found = said_in(a, b, c, bag=bag)
    assert [[w.passage.item for w in utterance.wordings] for utterance in found] == [["a", "b"], ["c"]]


def test_the_same_words_of_two_speakers_stay_apart(account: Any, saying: Any, bag: Any) -> None:
    text = "Ann Lee and Bo Ek both spoke of “serious differences over fishing.”"
    words = "serious differences over fishing."
    a = account(text, "a", [saying(text, "Ann Lee", words)])
    b = account(text, "b", [saying(text, "Bo Ek", words)])
    assert {utterance.speaker for utterance in said_in(a, b, bag=bag)} == {"Ann Lee", "Bo Ek"}


def test_a_paraphrase_is_never_verbatim(account: Any, saying: Any, bag: Any) -> None:
    quoted = "Ek said: “The ferry will not sail before the storm has passed.”"
    told = "The ferry will not sail before the storm has passed, Ek said."
    a = account(quoted, "a", [saying(quoted, "Bo Ek", "The ferry will not sail before the storm has passed.")])
    words = "The ferry will not sail before the storm has passed"
    b = account(told, "b", [saying(told, "Bo Ek", words, quoted=False, through="a harbour bulletin")])
    (utterance,) = said_in(a, b, bag=bag)
    assert [(w.passage.item, w.verbatim, w.through) for w in utterance.wordings] == [
        ("a", True, None),
        ("b", False, "a harbour bulletin"),
    ]
    assert utterance.wordings[1].marks == ()


def test_wordings_come_in_order_of_publication_and_origins_are_not_copies(account: Any, saying: Any, bag: Any) -> None:
    text = "Ek said: “Nobody was told about the leak at the plant.”"
    words = "Nobody was told about the leak at the plant."
    a = account(text, "a", [saying(text, "Bo Ek", words)])
    late = account(text, "b", [saying(text, "Bo Ek", words)], published=a.item.published + timedelta(hours=2))
    undated = account(text, "c", [saying(text, "Bo Ek", words)], published=None)
    (utterance,) = said_in(undated, late, a, bag=bag, origins=(Origin("wire", ("a", "b")),))
    assert [w.passage.item for w in utterance.wordings] == ["a", "b", "c"]
    assert utterance.origins == ("wire", "c")


def test_a_linked_speaker_is_the_same_under_another_name(account: Any, saying: Any, bag: Any) -> None:
    text = "The premier said: “Nobody was told about the leak at the plant.”"
    words = "Nobody was told about the leak at the plant."
    a = account(text, "a", [saying(text, "Bo Ek", words, entity="Q7")])
    b = account(text, "b", [saying(text, "the Norwegian premier", words, entity="Q7")])
    (utterance,) = said_in(a, b, bag=bag)
    assert len(utterance.wordings) == 2
    assert utterance.entity == "Q7"


def test_two_ravns_are_not_one_ravn(account: Any, saying: Any, bag: Any) -> None:
    text = "“The harbour must be dredged before winter,” Ravn said."
    words = "The harbour must be dredged before winter,"
    names: list[str] = ["Ida Ravn", "Per Ravn", "Ravn"]
    accounts = [account(text, name, [saying(text, name, words)]) for name in names]
    assert {utterance.speaker for utterance in said_in(*accounts, bag=bag)} == set(names)


def test_marks_are_whole_words_in_order() -> None:
    text = "a predictable, stable bond with Norway"
    found: tuple[Span, ...] = marks(text, "to test a more stable and predictable bond with Oslo")
    assert [text[m.start : m.end] for m in found] in (["predictable", "Norway"], ["stable", "Norway"])
    assert marks(text, text) == ()


def test_a_speaker_is_one_whatever_the_outlet_makes_of_the_letters(account: Any, saying: Any, bag: Any) -> None:
    words = "the quota is a promise to our children"
    one, other = (f"“{words},” said {name} of Bergen." for name in ("Håkon Tveiterås", "Haakon Tveiteraas"))
    told = [
        account(one, "a", [saying(one, "Håkon Tveiterås", words)]),
        account(other, "b", [saying(other, "Haakon Tveiteraas", words)]),
    ]
    (said,) = utterances(lay_out(told, (), bag), bag)
    assert said.speaker == "Håkon Tveiterås"
    assert len(said.wordings) == 2


def test_a_quote_cut_short_and_two_joined_in_one_are_told_as_such(account: Any, saying: Any, bag: Any) -> None:
    whole = "The harbour must be dredged before winter. Nobody wants another wreck on the bar."
    one = f"“{whole}” Ida Ravn said."
    apart = "“The harbour must be dredged before winter,” Ravn said. “Nobody wants another wreck on the bar.”"
    short = "Ravn said the harbour “must be dredged before winter” comes."
    first, second = "The harbour must be dredged before winter,", "Nobody wants another wreck on the bar."
    told = [
        account(one, "a", [saying(one, "Ida Ravn", whole)]),
        account(apart, "b", [saying(apart, "Ravn", first), saying(apart, "Ravn", second)]),
        account(short, "c", [saying(short, "Ravn", "must be dredged before winter")]),
    ]
    (utterance,) = said_in(*told, bag=bag)
    assert [(w.passage.item, w.extent) for w in utterance.wordings] == [
        ("a", "joined"),
        ("b", "part"),
        ("b", "part"),
        ("c", "part"),
    ]


def test_common_words_of_a_story_make_no_utterance(account: Any, saying: Any, bag: Any) -> None:
    first = "“The Storvik ferry was late because a valve froze,” Ek said of the Storvik ferry."
    other = "“The Storvik ferry will have its own dentist,” Ek said of the Storvik ferry."
    a = account(first, "a", [saying(first, "Bo Ek", "The Storvik ferry was late because a valve froze,")])
    b = account(other, "b", [saying(other, "Bo Ek", "The Storvik ferry will have its own dentist,")])
    assert len(said_in(a, b, bag=bag)) == 2


def test_meaning_is_asked_of_what_words_leave_open_alone(account: Any, saying: Any, bag: Any) -> None:
    """Neither of what plainly is one, nor of what has hardly a word in common, nor of what one item alone quotes."""
    plain = "“The harbour must be dredged before the winter storms,” Ek said."
    open_ = "“The harbour, before winter, needs deeper water,” said Bo Ek."
    other = "“Nobody wants another wreck on the northern bar,” Ek said."
    quotes = {
        plain: "The harbour must be dredged before the winter storms,",
        open_: "The harbour, before winter, needs deeper water,",
        other: "Nobody wants another wreck on the northern bar,",
    }
    once = "Lie spoke of “a deeper harbour for all” and of “deeper water for every boat.”"
    alone = [saying(once, "An Lie", "a deeper harbour for all"), saying(once, "An Lie", "deeper water for every boat.")]
    told = [
        account(text, name, [saying(text, "Bo Ek", quotes[text])])
        for name, text in zip("abcd", (plain, plain, open_, other), strict=True)
    ]
    told.append(account(once, "e", alone))
    asked: list[str] = []

    def encode(texts: Any) -> Any:
        asked.extend(texts)
        return bag(texts)

    utterances(lay_out(told, (), bag), encode)
    assert set(asked) == {quotes[plain], quotes[open_]}


def test_a_title_between_marks_is_not_said(account: Any, saying: Any, bag: Any) -> None:
    text = "Ek said that “The Long Winter” was his favourite book about Storvik harbour."
    assert said_in(account(text, "a", [saying(text, "Bo Ek", "The Long Winter")]), bag=bag) == ()


@pytest.mark.parametrize(
    ("language", "translated", "other"),
    [
        ("de", "Die Fähre fährt nicht, solange der Sturm anhält.", "Wir haben im Rathaus neue Fenster eingebaut."),
        (
            "fr",
            "Le ferry ne partira pas tant que la tempête dure.",
            "La mairie a posé de nouvelles fenêtres.",
        ),
        ("es", "El ferry no saldrá mientras dure la tormenta.", "Hemos puesto ventanas nuevas en el ayuntamiento."),
    ],
)
def test_a_translation_is_paired_with_its_original(
    account: Any, saying: Any, language: str, translated: str, other: str
) -> None:
    original = "The ferry will not sail as long as the storm lasts."
    one = f"“{original}” Ek said."
    two = f"„{translated}“ (Ek) „{other}“"
    told = [
        account(one, "a", [saying(one, "Bo Ek", original)], language="en"),
        account(two, "b", [saying(two, "Bo Ek", translated), saying(two, "Bo Ek", other)], language=language),
    ]
    found = said_in(*told, bag=encode)
    assert sorted(sorted(w.passage.text for w in said.wordings) for said in found) == sorted(
        [sorted([original, translated]), [other]]
    )
