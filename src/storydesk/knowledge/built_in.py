"""The facts that come with Storydesk, read from ``world.json``: no network, no packages, a fraction of a second."""

from __future__ import annotations

import gc
from functools import cache
from importlib.resources import files

import msgspec

from storydesk.knowledge.base import Catalogue
from storydesk.model import Entity

__all__ = ["World", "built_in"]


class World(msgspec.Struct):
    """The form of ``world.json``, as ``python -m storydesk.knowledge.compile`` writes it."""

    entities: list[Entity]
    demonyms: dict[str, list[str]]
    foreign: dict[str, dict[str, list[str]]]


@cache
def built_in() -> Catalogue:
    """Countries, cities, their leaders, bodies, parties, seas and regions, with where each fact comes from. Read once
    a process.
    """
    data = files("storydesk.knowledge").joinpath("world.json").read_bytes()
    world = msgspec.json.decode(data, type=World)
    known = Catalogue(world.entities, world.demonyms, world.foreign)
    gc.freeze()  # it stays, and the collector of cycles would look through it again and again
    return known
