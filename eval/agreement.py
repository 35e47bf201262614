"""What a story's other items decide of names that one item leaves open, on the stories of events69 as labelled: how
many, and how many of them are right by hand.

Each was looked at in its article. What nobody has ruled on counts as wrong until somebody does.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from storydesk import pipeline
from storydesk.model import Account, Item, Mention
from storydesk.recognise import agreed, desk_person

__all__ = ["measure"]

CHECKED = Path(__file__).with_name("agreed_checked.toml")


def measure(data: Path) -> Iterator[tuple[str, float]]:
    """Every figure by name. ``data`` is the folder of the labelled data. Takes about a minute."""
    ruled = tomllib.loads(CHECKED.read_text("utf-8"))
    right = {(item, start, end, meant) for item, start, end, meant in ruled["right"]}
    decided = list(_decided(data / "stories" / "events69.jsonl.gz"))
    people = [each for each, _ in decided if each[1].type == "person"]
    for what, chosen in (
        ("", decided),
        (", sure enough for a card", [each for each in decided if each[0][1].score >= 0.9]),
    ):
        sound = sum(key in right for _, key in chosen)
        yield f"events69: names that the story's other items decide{what}", len(chosen)
        yield f"events69: share of them that is right{what}", sound / len(chosen)
    yield "events69: surnames alone that the story's other items lead to a full name", len(people)


def _decided(path: Path) -> Iterator[tuple[tuple[str, Mention], tuple[str, int, int, str]]]:
    """The mentions, each with the id of its item, and the item, the offsets and what is meant."""
    stories: dict[str, list[Account]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            item = Item(id=record["id"], text=record["text"], title=record["title"] or "", language="en")
            stories[record["story"]].append(Account(item, mentions=pipeline.names(item)))
    for accounts in stories.values():
        for account in agreed(accounts, pipeline.default_tools().knowledge):
            for mention in account.mentions:
                if mention.via == "story":
                    meant = mention.entity or (desk_person(mention.name) if mention.type == "person" else "nothing")
                    yield (account.item.id, mention), (account.item.id, mention.start, mention.end, meant)
