"""What editors ruled of names: whom a name does not stand for here, whom it stands for, and which two entries are one.

A ruling speaks of an entity as recognition gives it, so it holds for items that come later as well. Rulings are obeyed
when an account is looked at, never written into it: one that is taken back leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from storydesk.knowledge.lexicon import key
from storydesk.model import Account, Attribution, EntityType, Mention
from storydesk.recognise.cards import desk_person

__all__ = ["NONE", "Ruling", "Rulings", "is_desk_person", "ruled"]

DESK = desk_person("")


@dataclass(frozen=True, slots=True)
class Ruling:
    """In the items for which it is made, what is named so is not ``entity`` but ``becomes``; ``None``: it is nobody
    whom the desk knows, and a person of the desk's own is no person. ``form`` limits it to names that read so."""

    entity: str
    becomes: str | None = None
    type: EntityType | None = None
    form: str = ""


@dataclass(frozen=True)
class Rulings:
    """All that holds for one item: ``here`` in the order in which it was ruled, and everywhere ``merged``: an entity
    that was found to be another one, to that other one. ``names`` has what those are called whom others were ruled to
    be."""

    here: tuple[Ruling, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def kept(self, entity: str) -> str:
        """The entity that one has become by merges; itself where it was not merged."""
        while entity in self.merged:
            entity = self.merged[entity]
        return entity

    def of(self, entity: str | None, name: str, kind: EntityType) -> tuple[str | None, EntityType, bool]:
        """What ``entity``, so named, is by the rulings, its type, and whether an editor chose it. ``entity`` and the
        answer may be a person of the desk's own; the answer is ``None`` for nobody, who is of type ``other`` where it
        was ruled that it is no person.
        """
        now, chosen = (self.kept(entity) if entity else None), False
        for ruling in self.here:
            if now is None or self.kept(ruling.entity) != now or ruling.form not in ("", key(name)):
                continue
            if ruling.becomes is not None:
                now, kind, chosen = self.kept(ruling.becomes), ruling.type or kind, True
            elif is_desk_person(now):
                return None, "other", False
            else:
                own = _own(name, kind)
                now, chosen = (self.kept(own) if own else None), False
        return now, kind, chosen

    @cached_property
    def targets(self) -> frozenset[str]:
        """The entities that others were merged into."""
        return frozenset(self.kept(entity) for entity in self.merged.values())


NONE = Rulings()


def is_desk_person(entity: str) -> bool:
    """Whether it is a person whom only the desk knows, by name."""
    return entity.startswith(DESK)


def ruled(account: Account, rulings: Rulings) -> Account:
    """The account as the rulings have it. Names that were ruled to be nobody's are left out."""
    if not rulings.here and not rulings.merged:
        return account
    mentions = (_mention(mention, rulings) for mention in account.mentions)
    return replace(
        account,
        mentions=tuple(mention for mention in mentions if mention is not None),
        attributions=tuple(_attribution(said, rulings) for said in account.attributions),
    )


def _mention(mention: Mention, rulings: Rulings) -> Mention | None:
    was = mention.entity or _own(mention.name, mention.type)
    now, kind, chosen = rulings.of(was, mention.name, mention.type)
    if now == was and now not in rulings.targets:
        return mention
    if now is None:
        return None if was and is_desk_person(was) else replace(mention, entity=None)
    if now == _own(mention.name, kind) and now not in rulings.targets:
        return replace(mention, entity=None, type=kind)
    return replace(mention, entity=now, type=kind, score=1.0 if chosen or mention.entity is None else mention.score)


def _attribution(said: Attribution, rulings: Rulings) -> Attribution:
    """What was said, by whom it was said by the rulings and under the name that was ruled right: with the words of the
    other name the quotes of one would stand under two."""
    if not said.speaker:
        return said
    was = said.entity or _own(said.speaker, "person")
    now, _, _ = rulings.of(was, said.speaker, "person")
    speaker = rulings.names.get(now, said.speaker) if now and now != was else said.speaker
    if now is not None and now not in rulings.targets and now == _own(speaker, "person"):
        now = None
    return said if (speaker, now) == (said.speaker, said.entity) else replace(said, speaker=speaker, entity=now)


def _own(name: str, kind: EntityType) -> str | None:
    """The desk's own id of a person named in full."""
    return desk_person(name) if kind == "person" and " " in name else None
