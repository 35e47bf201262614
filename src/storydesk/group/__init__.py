"""Grouping: which items tell of one event, decided online; corrections that stick; independent origins among a story's
items.

An item is reduced to plain :class:`Traits`. A :class:`Grouper` finds the likely company of each among the active items
by an inverted index over rare terms, scores each pair by a logistic regression over names, terms, numbers, time and
meaning, and lets the item join the closest story or start one. :class:`Correction` values are what editors did, and
:class:`Constraint` values what follows from it. :func:`origins` finds which items of a story share a root: near-copies,
wire copy and same-owner editions. :func:`affair` finds which other stories belong to one longer affair with a story.
"""

from storydesk.group.corrections import Constraint, Correction, constraints_of, kept_story
from storydesk.group.gists import Central, Gist, gist
from storydesk.group.online import Grouper, Settings, story_id
from storydesk.group.origins import origins, prepare
from storydesk.group.storylines import Link, Spread, affair, link
from storydesk.group.traits import Traits, characterise

__all__ = [
    "Central",
    "Constraint",
    "Correction",
    "Gist",
    "Grouper",
    "Link",
    "Settings",
    "Spread",
    "Traits",
    "affair",
    "characterise",
    "constraints_of",
    "gist",
    "kept_story",
    "link",
    "origins",
    "prepare",
    "story_id",
]
