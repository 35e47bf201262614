"""What a story's other items say of names that one item leaves open: whose surname stands alone, which of two places or
bodies of one name is meant.

An item is read by itself first, and whatever it says of a name stands before what others say of it. Only what is left
open, or was settled by nothing but how well known somebody is, is decided here: by items that name the person in full,
that settle the same name surely, or that say where the place lies. Where they differ, nothing is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import TypeVar

from storydesk.knowledge import Hit, Knowledge
from storydesk.knowledge.lexicon import key
from storydesk.knowledge.spellings import one_person, plainest
from storydesk.model import Account, Mention
from storydesk.recognise.another import names_another_thing
from storydesk.recognise.cards import SURE
from storydesk.recognise.fullest import surnames
from storydesk.recognise.places import is_country_or_state, lies_in
from storydesk.recognise.ruled import NONE, Rulings

__all__ = ["agreed"]

BY_ONE = 0.8
"""How sure a name is that one other item settles: no card rests on it. With two it is as sure as a card asks."""


@dataclass
class Said:
    """What one item says: ``full``, whom it names in full; ``bare``, who has but one name in it; ``sure``, what a name
    surely stands for; ``placed``, the region right behind the name of a place that has no link."""

    full: dict[str, Mention] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    sure: dict[str, Mention] = field(default_factory=dict)
    placed: dict[str, str] = field(default_factory=dict)


Each = TypeVar("Each")
Told = dict[str, list[tuple[int, Each]]]
"""What is told under a key, each with the place of the item that tells it, in their order."""


class Heard:
    """What all items of a story say, by key: ``begins`` are the beginnings of full names, ``bearers`` whom a surname
    may mean, the rest is as each says it."""

    def __init__(self, said: Sequence[Said]) -> None:
        self.begins: set[str] = set()
        self.bearers: Told[Mention] = defaultdict(list)
        self.bare: Told[str] = defaultdict(list)
        self.sure: Told[Mention] = defaultdict(list)
        self.placed: Told[str] = defaultdict(list)
        for at, each in enumerate(said):
            for mention in each.full.values():
                words = key(mention.name).split()
                self.begins.update(" ".join(words[:count]) for count in range(1, len(words)))
                for surname in surnames(mention.name):
                    self.bearers[surname].append((at, mention))
            for bare in each.bare:
                self.bare[bare].append((at, bare))
            for name, mention in each.sure.items():
                self.sure[name].append((at, mention))
            for name, region in each.placed.items():
                self.placed[name].append((at, region))


def agreed(
    accounts: Sequence[Account], knowledge: Knowledge, rulings: Mapping[str, Rulings] | None = None
) -> list[Account]:
    """The accounts of one story with such names decided, ``via="story"``; speakers follow. ``rulings`` of editors, by
    item, are obeyed: nobody becomes whom an editor said that he is not. Accounts of several stories must not be mixed.
    """
    heard = Heard([_said(account) for account in accounts])
    found = []
    for at, account in enumerate(accounts):
        ruling = (rulings or {}).get(account.item.id, NONE)
        mentions = list(account.mentions)
        for here, mention in enumerate(mentions):
            if mention.via == "name" and (mention.entity is None or key(mention.name) in heard.placed):
                new = _decided(account, here, at, heard, knowledge)
                mentions[here] = new if _allowed(new, ruling) else mention
        found.append(_with(account, mentions))
    return found


def _said(account: Account) -> Said:
    said = Said()
    for at, mention in enumerate(account.mentions):
        if mention.via != "name":
            continue
        if mention.type == "person" and " " in mention.name and not mention.name.isupper():
            said.full.setdefault(plainest(mention.name), mention)
        elif mention.type == "person":
            said.bare.add(key(mention.name))
        if mention.entity and mention.score >= SURE:
            said.sure.setdefault(key(mention.name), mention)
        if mention.entity is None and mention.type == "place" and (region := _region_behind(account, at)):
            said.placed[key(mention.name)] = region
    return said


def _region_behind(account: Account, at: int) -> str | None:
    """The place that is named right behind a comma: "Paris, Texas"."""
    here, behind = account.mentions[at], account.mentions[at + 1 : at + 2]
    beside = behind and account.item.text[here.end : behind[0].start] == ", " and behind[0].type == "place"
    return behind[0].entity if beside else None


def _others(told: Told[Each], name: str, own: int) -> Iterator[tuple[int, Each]]:
    return ((at, each) for at, each in told.get(name, ()) if at != own)


def _decided(account: Account, here: int, own: int, heard: Heard, knowledge: Knowledge) -> Mention:
    """The mention ``here`` of the account in place ``own``."""
    mention = account.mentions[here]
    name = key(mention.name)
    if mention.type == "person":
        alone = mention.entity is None and " " not in mention.name and name in heard.bearers
        the = alone and account.item.text.endswith(("the ", "The "), 0, mention.start)
        return _person(mention, own, heard) if alone and not the else mention
    if mention.entity is not None:
        others = name in heard.placed and not _region_behind(account, here)
        return _elsewhere(mention, own, heard, knowledge) if others else mention
    return _one_of_a_name(account, mention, own, heard, knowledge) if name in heard.sure else mention


def _person(mention: Mention, own: int, heard: Heard) -> Mention:
    """Whose surname it is, if all of the story name one bearer in full, and this item nobody of that name.

    Whom more items call by one name than in full has perhaps but that one, as an animal has; and nobody may be called
    by it as a first name, or as the family name that stands first in Korea.
    """
    bare = key(mention.name)
    if bare in heard.begins or any(at == own for at, _ in heard.bearers.get(bare, ())):
        return mention
    bearers = list(_others(heard.bearers, bare, own))
    people = one_person({each.name for _, each in bearers})
    entities = {each.entity for _, each in bearers} - {None}
    items = len({at for at, _ in bearers})
    if len(people) != 1 or len(entities) > 1 or items < 1 + len(list(_others(heard.bare, bare, own))):
        return mention
    best = max((each for _, each in bearers), key=lambda each: (each.entity is not None, len(each.name), each.name))
    return _by_others(mention, best.name, best.entity, items, best.score)


def _one_of_a_name(account: Account, mention: Mention, own: int, heard: Heard, knowledge: Knowledge) -> Mention:
    """The place or body that every other item which settles the name takes it for."""
    votes = [vote for _, vote in _others(heard.sure, key(mention.name), own)]
    if not votes or len({vote.entity for vote in votes}) > 1 or votes[0].type != mention.type:
        return mention
    meant = next((each for each in knowledge.named(mention.name) if each.id == votes[0].entity), None)
    if meant is None or names_another_thing(account.item.text, Hit(mention.start, mention.end, (meant,), "name")):
        return mention
    return _by_others(mention, mention.name, meant.id, len(votes), max(vote.score for vote in votes))


def _elsewhere(mention: Mention, own: int, heard: Heard, knowledge: Knowledge) -> Mention:
    """A place without its link where another item says that it lies elsewhere: "Paris" beside "Paris, Texas"."""
    regions = [knowledge.entity(region) for _, region in _others(heard.placed, key(mention.name), own)]
    entity = knowledge.entity(mention.entity or "") if regions else None
    if entity is None or entity.type != "place" or is_country_or_state(entity):
        return mention
    if any(region and is_country_or_state(region) and not lies_in(entity, region) for region in regions):
        return replace(mention, entity=None, score=BY_ONE, via="story")
    return mention


def _by_others(mention: Mention, name: str, entity: str | None, items: int, score: float) -> Mention:
    sure = min(score, SURE) if items > 1 else BY_ONE
    return replace(mention, name=name, entity=entity, score=round(sure, 3), via="story")


def _allowed(mention: Mention, rulings: Rulings) -> bool:
    """Whether no editor ruled otherwise of it."""
    if mention.via != "story" or mention.entity is None:
        return True
    now, _, _ = rulings.of(mention.entity, mention.name, mention.type)
    return now == mention.entity


def _with(account: Account, mentions: Sequence[Mention]) -> Account:
    """The account with these mentions, and with its speakers called as they are."""
    if all(map(is_, mentions, account.mentions)):
        return account
    whole = {
        old.name: new
        for old, new in zip(account.mentions, mentions, strict=True)
        if new.via == "story" and new.type == "person"
    }
    attributions = tuple(
        replace(said, speaker=whole[said.speaker].name, entity=whole[said.speaker].entity)
        if said.speaker in whole and said.entity is None
        else said
        for said in account.attributions
    )
    return replace(account, mentions=tuple(mentions), attributions=attributions)
