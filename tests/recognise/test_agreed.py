"""What a story's accounts decide for one another, on sentences written for the purpose."""

from __future__ import annotations

from dataclasses import replace

from storydesk import pipeline
from storydesk.knowledge import built_in
from storydesk.model import Account, Item, Mention
from storydesk.pipeline import account
from storydesk.recognise import Ruling, Rulings, agreed, cards


def told(*texts: str) -> list[Account]:
    return [account(Item(id=str(number), text=text, language="en")) for number, text in enumerate(texts)]


def of(accounts: list[Account], item: int, words: str) -> Mention:
    text = accounts[item].item.text
    return next(at for at in accounts[item].mentions if text[at.start : at.end] == words)


def named(words: str, text: str, **more: object) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), **{"type": "person", "name": words, **more})  # type: ignore[arg-type]


def written(*parts: tuple[str, list[Mention]]) -> list[Account]:
    """Accounts whose names are given, so that what is tested rests on nothing that was heard."""
    return [
        Account(Item(id=str(number), text=text, language="en"), mentions=tuple(mentions))
        for number, (text, mentions) in enumerate(parts)
    ]


FULL = "Harbour master Berit Lund closed the port."
BARE = "Mr. Lund closed the port, said the mayor."


def test_a_surname_alone_is_whose_the_other_items_name_in_full() -> None:
    accounts = written((FULL, [named("Berit Lund", FULL)]), (BARE, [named("Lund", BARE)]))
    found = of(agreed(accounts, built_in()), 1, "Lund")
    assert (found.name, found.entity, found.via) == ("Berit Lund", None, "story")


def test_a_speaker_is_called_as_the_other_items_call_him() -> None:
    accounts = told(FULL, "“The port is closed,” Mr. Lund said on Monday.")
    if not accounts[1].attributions or accounts[1].attributions[0].speaker != "Lund":
        raise AssertionError(accounts[1].attributions)
    assert agreed(accounts, built_in())[1].attributions[0].speaker == "Berit Lund"


def test_two_bearers_decide_nothing() -> None:
    other = "Her brother Tom Lund owns a boat."
    parts = (FULL, [named("Berit Lund", FULL)]), (other, [named("Tom Lund", other)]), (BARE, [named("Lund", BARE)])
    assert of(agreed(written(*parts), built_in()), 2, "Lund").name == "Lund"


def test_one_name_that_most_items_use_alone_is_perhaps_all_there_is() -> None:
    full, bare = "Brave Lund was shot at the zoo.", "Lund was shot at the zoo."
    parts = [(full, [named("Brave Lund", full)]), *[(bare, [named("Lund", bare)])] * 3]
    assert of(agreed(written(*parts), built_in()), 1, "Lund").name == "Lund"


def test_a_first_name_is_no_surname() -> None:
    other, bare = "Lund Berg waved.", "Lund waved."
    parts = (FULL, [named("Berit Lund", FULL)]), (other, [named("Lund Berg", other)]), (bare, [named("Lund", bare)])
    assert of(agreed(written(*parts), built_in()), 2, "Lund").name == "Lund"


GEORGIA = "Protesters filled the streets of Georgia."


def georgia(entity: str | None, score: float = 0.95) -> tuple[str, list[Mention]]:
    return GEORGIA, [named("Georgia", GEORGIA, type="place", entity=entity, score=score)]


def test_a_place_of_two_readings_is_the_one_that_the_other_items_are_sure_of() -> None:
    found = of(agreed(written(georgia("Q230"), georgia("Q230"), georgia(None)), built_in()), 2, "Georgia")
    assert (found.entity, found.score, found.via) == ("Q230", 0.9, "story")


def test_where_the_other_items_differ_nothing_is_decided() -> None:
    assert (
        of(agreed(written(georgia("Q230"), georgia("Q1428"), georgia(None)), built_in()), 2, "Georgia").entity is None
    )


def test_one_other_item_makes_no_card() -> None:
    accounts = agreed(written(georgia("Q230"), georgia(None)), built_in())
    assert of(accounts, 1, "Georgia").score < 0.9
    assert [card.items for card in cards(accounts, built_in())] == [("0",)]


def test_the_card_says_what_the_other_accounts_decided() -> None:
    accounts = agreed(written(georgia("Q230"), georgia("Q230"), georgia(None)), built_in())
    (card,) = cards(accounts, built_in())
    assert card.items == ("0", "1", "2")
    assert card.why.endswith("1 of them so by what the story’s other accounts say")


def test_a_town_that_another_item_places_elsewhere_loses_its_link() -> None:
    accounts = told(
        "A fire broke out in Paris, Texas, on Sunday.", "Paris mourned after the fire.", "In Paris, France, too."
    )
    assert of(accounts, 1, "Paris").entity == "Q90"
    found = agreed(accounts, built_in())
    assert of(found, 1, "Paris").entity is None
    assert of(found, 2, "Paris").entity == "Q90"


def test_an_editors_ruling_is_obeyed() -> None:
    accounts = written(georgia("Q230"), georgia("Q230"), georgia(None))
    rulings = {"2": Rulings((Ruling("Q230"),))}
    assert of(agreed(accounts, built_in(), rulings), 2, "Georgia").entity is None


def test_deciding_twice_changes_nothing_and_one_item_alone_nothing_at_all() -> None:
    accounts = written(
        (FULL, [named("Berit Lund", FULL)]), (BARE, [named("Lund", BARE)]), georgia("Q230"), georgia(None)
    )
    once = agreed(accounts, built_in())
    assert agreed(once, built_in()) == once
    assert agreed(accounts[:1], built_in()) == accounts[:1]


def test_a_coverage_rests_on_what_was_decided() -> None:
    accounts = [replace(each, sentences=()) for each in written(georgia("Q230"), georgia("Q230"), georgia(None))]
    (card,) = pipeline.cover("s", accounts).cards
    assert card.items == ("0", "1", "2")
