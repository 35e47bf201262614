"""The cards of a story: one for each entity that its accounts name beyond doubt, and the people who have no entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from storydesk.knowledge import Hit, Knowledge
from storydesk.knowledge.lexicon import fold, key
from storydesk.knowledge.spellings import fullest_spelling, one_person, plainest
from storydesk.model import Account, Card, Entity, Mention
from storydesk.recognise.another import names_another_thing

if TYPE_CHECKING:
    from storydesk.recognise.ruled import Rulings

__all__ = ["cards", "desk_person", "people"]

SURE = 0.9
"""Score from which a link is shown to readers as a card."""

UNMISTAKABLE = 0.8
"""Weight from which a name in a title alone makes a card, if nothing else bears it: a title gives no context to
decide by.
"""


class Naming(NamedTuple):
    """One naming of an entity: by which item, in which words, how, and how sure."""

    item: str
    words: str
    via: str
    score: float


def cards(
    accounts: Sequence[Account], knowledge: Knowledge, rulings: Mapping[str, Rulings] | None = None
) -> tuple[Card, ...]:
    """A card for each entity named in any account's text or title, alphabetical; ``why`` says in words what it rests
    on. ``rulings`` of editors, by item, are obeyed in titles; of the texts it is the accounts that obey them.
    """
    namings: dict[str, list[Naming]] = defaultdict(list)
    for account in accounts:
        item, text = account.item.id, account.item.text
        for mention in account.mentions:
            if mention.entity and mention.score >= SURE:
                words = text[mention.start : mention.end]
                namings[mention.entity].append(Naming(item, words, mention.via, mention.score))
    find = cache(knowledge.find)  # many have one title
    for account in accounts:
        for entity, naming in _in_title(account, find):
            meant = _meant(entity, naming, knowledge, (rulings or {}).get(account.item.id))
            if meant and (meant.id in namings or meant.weight >= UNMISTAKABLE):
                namings[meant.id].append(naming)
    found = ((knowledge.entity(each), said) for each, said in namings.items())
    items = _in_order(accounts)
    shown = [_card(entity, said, items) for entity, said in found if entity is not None]
    return tuple(sorted(shown, key=_alphabetical))


def people(accounts: Sequence[Account]) -> tuple[Card, ...]:
    """People named in full at least once who are in no knowledge base, alphabetical: names to list, without facts to
    show.

    One person's spellings are one entry under the fullest of them, however the outlets write foreign letters and
    whether or not they give all the names; whom one account names as a person is one in all.
    """
    named: dict[str, list[tuple[Mention, Naming]]] = defaultdict(list)
    for account in accounts:
        for mention in account.mentions:
            if mention.entity is None and " " in mention.name and mention.via in ("name", "story"):
                named[mention.name].append((mention, _naming(account, mention)))
    votes: Counter[str] = Counter()
    for name, said in named.items():
        votes[key(name)] += sum(1 if mention.type == "person" else -1 for mention, _ in said)
    shown = []
    items = _in_order(accounts)
    for names in one_person([name for name in named if votes[key(name)] >= 0]):
        entity = Entity(desk_person(fullest_spelling(names)), fullest_spelling(names), "person")
        shown.append(_card(entity, [naming for name in names for _, naming in named[name]], items))
    return tuple(sorted(shown, key=_alphabetical))


def desk_person(name: str) -> str:
    """The id under which the desk keeps a person whom no knowledge base knows: one for all spellings of a name, with
    its foreign letters, without them, or with two plain letters for each ("Håkon", "Hakon", "Haakon").
    """
    return f"person:desk:{plainest(name).replace(' ', '-')}"


def _alphabetical(card: Card) -> tuple[str, str]:
    return fold(card.entity.name), card.entity.id


def _naming(account: Account, mention: Mention) -> Naming:
    return Naming(account.item.id, account.item.text[mention.start : mention.end], mention.via, mention.score)


def _in_title(account: Account, find: Callable[[str, str | None], Sequence[Hit]]) -> Iterator[tuple[Entity, Naming]]:
    """What a title names without ambiguity, unless the text says that something else is called so."""
    title, text = account.item.title, account.item.text
    hits = [
        hit
        for hit in find(title, account.item.language)
        if len(hit.entities) == 1 and not names_another_thing(title, hit)
    ]
    inside: dict[str, set[str | None]] = {key(title[hit.start : hit.end]): set() for hit in hits}
    for mention in account.mentions if hits else ():
        if (name := key(text[mention.start : mention.end])) in inside:
            inside[name].add(mention.entity)
    for hit in hits:
        said = inside[key(title[hit.start : hit.end])]
        if not said or hit.entities[0].id in said:
            yield hit.entities[0], Naming(account.item.id, title[hit.start : hit.end], hit.via, SURE)


def _meant(entity: Entity, naming: Naming, knowledge: Knowledge, rulings: Rulings | None) -> Entity | None:
    """Whom a title names by the rulings of editors."""
    if rulings is None:
        return entity
    now, _, _ = rulings.of(entity.id, naming.words, entity.type)
    return entity if now == entity.id else knowledge.entity(now) if now else None


def _in_order(accounts: Sequence[Account]) -> dict[str, int]:
    """The place of each item's first account."""
    return {account.item.id: place for place, account in reversed(list(enumerate(accounts)))}


def _card(entity: Entity, said: Sequence[Naming], items: Mapping[str, int]) -> Card:
    by = tuple(sorted({naming.item for naming in said}, key=items.__getitem__))
    return Card(entity, by, max(naming.score for naming in said), _why(said, len(items)))


def _why(said: Sequence[Naming], accounts: int) -> str:
    """ "named 4 times in 2 of this story's 3 accounts, as “Moscow”"; through a demonym alone that is said."""
    direct = [naming for naming in said if naming.via != "demonym"]
    by_others = sum(naming.via == "story" for naming in direct)
    so = f", {by_others} of them so by what the story’s other accounts say" if by_others else ""
    words = Counter(naming.words for naming in direct or said)
    spelled = ", ".join(f"“{word}”" for word, _ in words.most_common(3))
    number = words.total()
    times = {1: "once", 2: "twice"}.get(number, f"{number} times")
    items = len({naming.item for naming in direct or said})
    where = f"{items} of this story's {accounts} accounts" if accounts > 1 else "this story's one account"
    return f"named {times} in {where}, as {spelled}{so}" if direct else f"only through {spelled}, {times} in {where}"
