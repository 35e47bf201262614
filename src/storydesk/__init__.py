"""Storydesk as a library: the stages as plain functions. ``docs/tour.md`` follows one item and one comment through
them.

    import storydesk

    items = [storydesk.read_document(path.read_bytes(), now=now, path=str(path)) for path in paths]
    for coverage in storydesk.cover_all(items):
        print(coverage.headline, len(coverage.origins))

Each function bears the name of the filter that prints what it returns. Names are loaded when first used, so that
``import storydesk`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storydesk.coverage import Coverage
    from storydesk.errors import StorydeskError
    from storydesk.gather import Client, parse_feed
    from storydesk.group import Grouper, origins
    from storydesk.model import Account, Attribution, Comment, Item, Mention, Placement, Verdict
    from storydesk.moderate import screen
    from storydesk.pipeline import Tools, account, cover, cover_all, default_tools, names, quotes, traits
    from storydesk.read import read_document

__all__ = [
    "Account",
    "Attribution",
    "Client",
    "Comment",
    "Coverage",
    "Grouper",
    "Item",
    "Mention",
    "Placement",
    "StorydeskError",
    "Tools",
    "Verdict",
    "account",
    "cover",
    "cover_all",
    "default_tools",
    "names",
    "origins",
    "parse_feed",
    "quotes",
    "read_document",
    "screen",
    "traits",
]

_HOMES = {
    "storydesk.coverage": ("Coverage",),
    "storydesk.errors": ("StorydeskError",),
    "storydesk.gather": ("Client", "parse_feed"),
    "storydesk.group": ("Grouper", "origins"),
    "storydesk.model": ("Account", "Attribution", "Comment", "Item", "Mention", "Placement", "Verdict"),
    "storydesk.moderate": ("screen",),
    "storydesk.pipeline": ("Tools", "account", "cover", "cover_all", "default_tools", "names", "quotes", "traits"),
    "storydesk.read": ("read_document",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'storydesk' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
