""" "Only here", measured: claims of real stories looked for by hand in what the rivals tell (``only_checked.toml``).

Of the claims that ``compare`` makes now, the share that is true (no other origin tells it), that of the claims read
after the rules were made, and the share that is about the event besides; what nobody has read yet is counted.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from eval.alignment import Event, Sentence, events
from storydesk import language
from storydesk.compare import compare
from storydesk.group import origins

__all__ = ["measure"]

CHECKED = Path(__file__).with_name("only_checked.toml")


def measure(data: Path) -> list[tuple[str, float]]:
    """How many claims were checked in how many stories, how many were not, and which share holds."""
    checked = tomllib.loads(CHECKED.read_text())
    verdicts: dict[str, Counter[str]] = {"first": Counter(), "again": Counter()}
    stories, unread = set[str](), 0
    for story in sorted(set(checked["first"]) | set(checked["again"])):
        known = {(a, b, c): (when, verdict) for when in verdicts for a, b, c, verdict in checked[when].get(story, ())}
        for row in _claims(events(data)[story], story):
            found = [known[cell] for cell in row if cell in known]
            unread += not found
            for when, verdict in found[:1]:
                verdicts[when][verdict] += 1
                stories.add(story)
    every = verdicts["first"] + verdicts["again"]
    return [
        ("only here, claims checked", float(every.total())),
        ("only here, stories with checked claims", float(len(stories))),
        ("only here, claims of these stories not checked", float(unread)),
        ("only here, true", 1 - every["told"] / every.total()),
        ("only here, true, of those read afterwards", 1 - verdicts["again"]["told"] / verdicts["again"].total()),
        ("only here, true and about the event", every["true"] / every.total()),
    ]


def _claims(event: Event, story: str) -> list[list[Sentence]]:
    """The places of each claim: one, or one in each reprint."""
    roots = origins([told.item for told in event.accounts], {})
    coverage = compare(story, event.accounts, roots, language.encode, why={})
    alone = [statement for statement in coverage.statements if statement.told_by == "one"]
    return [[(event.line[cell.item], cell.start, cell.end) for cell in statement.cells] for statement in alone]
