"""Deciding, item by item as they arrive, which story each joins or starts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storydesk.group.corrections import Constraint
from storydesk.group.evidence import in_words
from storydesk.group.rulings import Node, Rulings
from storydesk.group.scorer import likelihood, log_odds
from storydesk.group.traits import Traits
from storydesk.group.weighed import Incoming
from storydesk.group.window import Active, Window
from storydesk.model import Merge, Placement

__all__ = ["Grouper", "Settings", "story_id"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How grouping decides. The defaults are the one setting that every published figure is measured with.

    ``join`` and ``merge`` are the least closeness (0 to 1) at which an item joins a story and two stories become one.
    ``days`` is how long, in the items' own time, an item can gain company; the latest ``at_least`` items always can,
    and no more than ``at_most`` are held (about 9 kB each).
    """

    join: float = 0.52
    merge: float = 0.6
    days: float = 14.0
    at_least: int = 5_000
    at_most: int = 100_000
    candidates: int = 24


LINKS = 6
"""A story is as close as its closest members: half the closest one, half the mean of this many. A thread of chance
likeness to a single member does not carry a merge, and a long story is not outweighed by its own past."""

UNLIKE = -6.0
"""The log odds of two items that share no rare term."""

RIVALS = 2
"""How many other stories an item may show to be the same as the one it joined."""


def story_id(item: str) -> str:
    """The id of the story that an item starts: that of its first item, so that it is the same wherever it is
    computed."""
    return f"s{item}"


class Grouper:
    """Groups items online. What is decided for an item never depends on later ones, except by an explicit merge.

    The state is the active window, and where the items stand that constraints name, active or not; :meth:`restore`
    brings it back from stored traits. A constraint on a story holds, after a merge, for the story that was kept. Not
    safe for use by several threads.
    """

    def __init__(self, constraints: Sequence[Constraint] = (), settings: Settings = Settings()) -> None:
        self._settings = settings
        self._window = Window(settings.days, settings.at_least, settings.at_most)
        self._kept: dict[str, str] = {}
        self._standing: dict[str, str] = {}
        self.obey(constraints)

    def place(self, traits: Traits) -> tuple[Placement, tuple[Merge, ...]]:
        """Decides where an item belongs and takes it in. An item placed before keeps its story, so that a repeat is
        harmless."""
        known = self._window.items.get(traits.id)
        if known is not None:
            return Placement(traits.id, known.story, 1.0, ("placed before",)), ()
        incoming = Incoming.of(traits)
        ranked = self._rank(incoming)
        placement = self._ruled(traits.id) or self._decide(incoming, ranked)
        self._take_in(incoming, placement.story)
        return placement, tuple(self._merges(traits.id, placement.story, ranked))

    def restore(self, traits: Traits, story: str) -> None:
        """Takes in an item whose story was decided before. Restore in the order of arrival; later placements are then
        the same."""
        if traits.id not in self._window.items:
            self._take_in(Incoming.of(traits), story)

    def move(self, item: str, story: str) -> None:
        """Follows an editor who moved an active item to another story. An item no longer active is passed over."""
        active = self._window.items.get(item)
        if active is not None and active.story != story:
            self._window.move(active, story)
            self._note(item, story)

    def obey(self, constraints: Sequence[Constraint]) -> None:
        """Replaces the constraints that all later placing obeys. What was placed stays where it is: see
        :meth:`move`. Of an item no longer active, where it stands is known only if a constraint that holds says so."""
        self._rulings = Rulings(constraints, self._kept)
        known = self._standing | {active.id: active.story for active in self._window.items.values()}
        self._standing = {item: story for item, story in known.items() if self._rulings.name("item", item)}

    def _take_in(self, incoming: Incoming, story: str) -> None:
        self._window.add(incoming, story)
        self._note(incoming.traits.id, story)

    def _note(self, item: str, story: str) -> None:
        if self._rulings.name("item", item):
            self._standing[item] = story

    def _rank(self, incoming: Incoming) -> list[tuple[float, Active]]:
        """The stories an item could join, closest first: (log odds, the member that speaks most for it)."""
        near = self._window.near(incoming, self._settings.candidates)
        by_story: dict[str, list[tuple[float, Active]]] = {}
        for odds, active in zip(log_odds(incoming.weighed, [active.weighed for active in near]), near, strict=True):
            by_story.setdefault(active.story, []).append((odds, active))
        ranked = []
        for story, scored in by_story.items():
            scored.sort(key=lambda pair: (-pair[0], pair[1].number))
            ranked.append((_link([odds for odds, _ in scored], len(self._window.stories[story])), scored[0][1]))
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1].number))

    def _decide(self, incoming: Incoming, ranked: list[tuple[float, Active]]) -> Placement:
        item = incoming.traits.id
        refused = 0.0
        for odds, closest in ranked:
            score = likelihood(odds)
            if score < self._settings.join:
                refused = max(refused, score)
                break
            if not self._rulings.forbid([("item", item)], self._nodes(closest.story)):
                return Placement(item, closest.story, round(score, 3), in_words(*incoming[:2], closest.weighed))
        return Placement(item, story_id(item), round(refused, 3), ("starts a story",))

    def _ruled(self, item: str) -> Placement | None:
        for kind, other in self._rulings.together(item):
            story = other if kind == "story" else self._standing.get(other)
            if story and not self._rulings.forbid([("item", item)], self._nodes(story)):
                return Placement(item, story, 1.0, ("an editor ruled so",))
        return None

    def _merges(self, item: str, story: str, ranked: list[tuple[float, Active]]) -> Iterable[Merge]:
        """Merges that an item gives cause for. What it was ranked against may have left the window as it came in."""
        rivals = [(odds, active) for odds, active in ranked if active.story != story][:RIVALS]
        for odds, active in rivals:
            other = active.story
            if likelihood(odds) < self._settings.join or other == story or other not in self._window.stories:
                continue
            if self._rulings.forbid(self._nodes(story), self._nodes(other)):
                continue
            closeness = self._closeness(story, other)
            if closeness < self._settings.merge:
                continue
            if (chosen := self._kept_and_gone(story, other)) is None:
                continue
            kept, gone = chosen
            self._merge(kept, gone)
            yield Merge(kept, gone, (f"{item} stands close to both", f"closeness of the two {closeness:.2f}"))
            story = kept

    def _kept_and_gone(self, one: str, other: str) -> tuple[str, str] | None:
        """Of two stories that are one, the one that keeps its address, the elder unless an editor holds the other, and
        the one that goes. ``None`` where neither may go."""
        kept, gone = sorted((one, other), key=lambda story: self._window.stories[story][0].number)
        if not self._rulings.hold(gone):
            return kept, gone
        return None if self._rulings.hold(kept) else (gone, kept)

    def _merge(self, kept: str, gone: str) -> None:
        for member in list(self._window.stories[gone]):
            self._window.move(member, kept)
        for item, story in self._standing.items():
            if story == gone:
                self._standing[item] = kept
        self._kept[gone] = kept
        if self._rulings.name("story", gone):
            self._rulings.renew()

    def _closeness(self, one: str, other: str) -> float:
        """How close two stories are: the mean over the latest members of each."""
        theirs = [active.weighed for active in self._window.stories[other][-LINKS:]]
        pairs = [odds for active in self._window.stories[one][-LINKS:] for odds in log_odds(active.weighed, theirs)]
        return likelihood(sum(pairs) / len(pairs))

    def _nodes(self, story: str) -> list[Node]:
        """A story and those of its items that constraints name, active or not."""
        return [("story", story), *(("item", item) for item, stands in self._standing.items() if stands == story)]


def _link(odds: list[float], members: int) -> float:
    """How close an item is to a story, from its log odds with those members that share rare terms with it, closest
    first."""
    nearest = (odds + [UNLIKE] * members)[: min(LINKS, members)]
    return (nearest[0] + sum(nearest) / len(nearest)) / 2
