"""The one ordered list of stages, as the worker, the command line and the library all run it.

    gather → read → recognise → attribute → group → compare → publish

``gather`` and ``publish`` touch the world and are the desk's; the rest is here, as functions of values. A stage knows
nothing of the others: what one found reaches the next in an :class:`~storydesk.model.Account`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from storydesk import attribute, collector, compare, group, knowledge, language, recognise
from storydesk.coverage import Coverage
from storydesk.model import Account, Attribution, Item, Mention, Merge, Placement

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "ITEM_STAGES",
    "Tools",
    "account",
    "cover",
    "cover_all",
    "default_tools",
    "names",
    "prepare",
    "quotes",
    "stories",
    "traits",
]


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages are given: the language models and the knowledge base. Replace one to test or to plug in a better
    one."""

    knowledge: knowledge.Knowledge
    parse: Callable[[str, str | None], Doc] = language.parse
    encode: language.Encoder = language.encode
    analyses: compare.Analyses | None = None
    """What is remembered of accounts that were compared before; ``None`` for a process that compares each once."""
    hear: recognise.Hearing | None = None
    """What finds the names; ``None``: the model of the item's language, words with capitals where there is none."""


@cache
def default_tools() -> Tools:
    """The built-in tools, loaded once a process."""
    return Tools(knowledge=knowledge.built_in())


def _split(so_far: Account, doc: Doc, _: Tools) -> Account:
    return replace(so_far, sentences=language.sentences(doc))


def _recognise(so_far: Account, doc: Doc, tools: Tools) -> Account:
    return replace(so_far, mentions=recognise.recognise(so_far.item, doc, tools.knowledge, tools.hear))


def _attribute(so_far: Account, doc: Doc, _: Tools) -> Account:
    return replace(so_far, attributions=attribute.attribute(so_far.item, doc, so_far.mentions))


ITEM_STAGES: tuple[Callable[[Account, Doc, Tools], Account], ...] = (_split, _recognise, _attribute)
"""What happens to each item alone, in order."""


def account(item: Item, tools: Tools | None = None) -> Account:
    """An item with its sentences, mentions and attributions. A language that the item does not name is detected."""
    tools = tools or default_tools()
    item = _in_its_language(item)
    doc = tools.parse(item.text, item.language)
    so_far = Account(item)
    for stage in ITEM_STAGES:
        so_far = stage(so_far, doc, tools)
    return so_far


def _in_its_language(item: Item) -> Item:
    return item if item.language else replace(item, language=language.detect(item.text))


def names(item: Item, tools: Tools | None = None) -> tuple[Mention, ...]:
    """The names in an item's text, linked to the knowledge base where that is sure."""
    tools = tools or default_tools()
    item = _in_its_language(item)
    return recognise.recognise(item, tools.parse(item.text, item.language), tools.knowledge, tools.hear)


def quotes(item: Item, tools: Tools | None = None) -> tuple[Attribution, ...]:
    """Who says what in an item."""
    return account(item, tools).attributions


def traits(told: Account, tools: Tools | None = None) -> group.Traits:
    """What grouping looks at in an account."""
    return group.characterise(told, (tools or default_tools()).encode)


def prepare(told: Account, tools: Tools | None = None) -> None:
    """What comparing will need of an account, whatever its story, worked out ahead by tools that remember, so that its
    story waits for less."""
    tools = tools or default_tools()
    if tools.analyses is not None:
        group.prepare(told.item)
        compare.prepare(told, tools.encode, tools.analyses)


def cover(
    story: str,
    accounts: Sequence[Account],
    tools: Tools | None = None,
    *,
    why: Mapping[str, tuple[str, ...]] | None = None,
    owners: Mapping[str, str] | None = None,
    rulings: Mapping[str, recognise.Rulings] | None = None,
) -> Coverage:
    """The coverage of one story. ``why`` maps item ids to the evidence of their membership, ``rulings`` to what
    editors ruled of their names; ``owners`` maps source names to owners."""
    tools = tools or default_tools()
    with collector.paused():
        accounts = [recognise.ruled(told, rulings[told.item.id]) for told in accounts] if rulings else accounts
        accounts = recognise.agreed(accounts, tools.knowledge, rulings)
        origins = group.origins([told.item for told in accounts], owners or {})
        coverage = compare.compare(
            story, accounts, origins, tools.encode, why=why or {}, analyses=tools.analyses, knowledge=tools.knowledge
        )
        return replace(coverage, cards=recognise.cards(accounts, tools.knowledge, rulings))


def stories(
    accounts: Iterable[Account], tools: Tools | None = None
) -> tuple[dict[str, list[Account]], dict[str, Placement]]:
    """Accounts grouped into stories in the order given: story id to its accounts, and item id to its placement."""
    grouper = group.Grouper()
    found: dict[str, list[Account]] = {}
    placements: dict[str, Placement] = {}
    for told in accounts:
        placement, merges = grouper.place(traits(told, tools))
        placements[told.item.id] = placement
        found.setdefault(placement.story, []).append(told)
        for merge in merges:
            _join(found, merge)
    return found, placements


def cover_all(items: Iterable[Item], tools: Tools | None = None) -> list[Coverage]:
    """Items to the coverage of each story among them, in the order in which the stories began."""
    found, placements = stories((account(item, tools) for item in items), tools)
    why = {key: placement.why for key, placement in placements.items()}
    return [cover(story, accounts, tools, why=why) for story, accounts in found.items()]


def _join(found: dict[str, list[Account]], merge: Merge) -> None:
    found.setdefault(merge.kept, []).extend(found.pop(merge.gone, []))
