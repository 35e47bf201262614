"""What an import keeps of a dump: rules that can be read and changed (``choose.toml``)."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from storydesk.errors import InputError
from storydesk.knowledge.lexicon import key

__all__ = ["Keep", "Kind", "Rules", "rules"]

Kind = Literal["person", "place", "organisation", "event", "work", "other", "term"]

HEAD = re.compile(r" (?:of|for|at|in)\b|,")
"""What the head of a name stands before: "Institute for", "Chiefs of"."""

SMALL = re.compile(r"of|for|and|the|at|in|on|de|&")
"""Words of a name that have no capital."""


class Keep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule: an item fits by a class or by a property that it has, and by in how many projects it has a page."""

    type: Kind
    classes: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    sitelinks: int = 0

    def fits(self, classes: Collection[str], properties: Collection[str], sitelinks: int | None) -> bool:
        """``sitelinks`` is ``None`` where the dump carries none: then they are not asked."""
        if sitelinks is not None and sitelinks < self.sitelinks:
            return False
        return not self.classes.isdisjoint(classes) or not self.having.isdisjoint(properties)


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The form of ``choose.toml``; the comments there say what each part means."""

    languages: tuple[str, ...]
    keep: tuple[Keep, ...]
    aliases: int = 20
    one_word_aliases: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    unclassed: frozenset[str] = frozenset()
    words: dict[str, str] = {}
    facts: dict[str, str] = {}

    @cached_property
    def fewest_pages(self) -> int:
        """In how many projects an item must have a page where its class alone does not keep it."""
        return min((rule.sitelinks for rule in self.keep if rule.sitelinks or rule.having), default=0)

    @cached_property
    def kept_without_pages(self) -> tuple[bytes, ...]:
        """The classes of which an item is kept that has no page, as they stand in its line."""
        return tuple(sorted(f'"{each}"'.encode() for rule in self.keep if not rule.sitelinks for each in rule.classes))

    @cached_property
    def never_keys(self) -> frozenset[str]:
        """The names that are never looked for, as names are looked for."""
        return frozenset(map(key, self.never))

    def judge(self, classes: Collection[str], properties: Collection[str], sitelinks: int | None) -> Kind | None:
        """What the first rule that fits makes of an item, or ``None``: passed over."""
        if not self.drop.isdisjoint(classes):
            return None
        return next((rule.type for rule in self.keep if rule.fits(classes, properties, sitelinks)), None)

    def by_name(self, name: str, classes: Collection[str]) -> Kind:
        """What a name makes of a place: a body, where a class of bodies is among its classes too and the name is one's
        ("Larnholm College", "Joint Chiefs of Staff").
        """
        both = any(rule.type == "organisation" and not rule.classes.isdisjoint(classes) for rule in self.keep)
        return "organisation" if both and not _heads(name).isdisjoint(self.bodies) else "place"

    def unclassed_kind(self, name: str, sitelinks: int | None) -> Kind | None:
        """What a name alone makes of an item without a class: a body, where it says so and has capitals throughout
        ("Larnholm High School", not "high school"); else ``None``: passed over.
        """
        capitals = " " in name and all(word[0].isupper() or SMALL.fullmatch(word) for word in name.split())
        if not capitals or (sitelinks is not None and sitelinks < self.fewest_pages):
            return None
        return None if _heads(name).isdisjoint(self.bodies | self.unclassed) else "organisation"


def _heads(name: str) -> set[str]:
    """The last word of a name, and the last before "of" or "for", folded."""
    return {HEAD.split(name)[0].rpartition(" ")[2].lower(), name.rpartition(" ")[2].lower()}


def rules(path: Path | None = None) -> Rules:
    """The rules of a file, or those that come with Storydesk. Raises InputError, naming what is wrong in the file."""
    try:
        data = (path or files("storydesk.knowledge").joinpath("choose.toml")).read_bytes()
        return msgspec.toml.decode(data, type=Rules)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{path}: {error}", "see storydesk/knowledge/choose.toml for the form") from None
