"""What a base in memory covers, as a table: entities by kind, and how many have which fact from where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from storydesk.knowledge.base import Catalogue, is_item
from storydesk.model import Entity

__all__ = ["covered"]


def covered(base: Catalogue) -> Iterator[str]:
    """The table's lines."""
    every, items, facts = Counter[str](), Counter[str](), Counter[tuple[str, str, str]]()
    for entity in base:
        kind = _kind(entity)
        every[kind] += 1
        items[kind] += is_item(entity.id)
        facts.update({(kind, fact.label, fact.origin) for fact in entity.facts})
    for kind, count in sorted(every.items()):
        yield f"{kind:<14}{count:>6,}  {'with a Wikidata item':<22}{items[kind]:>6,}"
        for (of, label, origin), has in sorted(facts.items(), key=lambda each: (-each[1], each[0])):
            if of == kind:
                yield f"{'':<22}{label:<22}{has:>6,}  {origin}"


def _kind(entity: Entity) -> str:
    labels = {fact.label for fact in entity.facts}
    if entity.type != "place":
        return entity.type
    if "State" in labels or "Country" in labels:
        return "town"
    if "Region of" in labels:
        return "region"
    return "country" if labels & {"Capital", "Languages", "Borders"} else "other place"
