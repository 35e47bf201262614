"""The outlets' pages, in five layouts as they are met on the real web: much furniture around a few paragraphs.

What a page declares of itself varies with its layout: JSON-LD, OpenGraph, or only a ``<time>`` element.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_time
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from storydesk.demo import feeds
from storydesk.demo.edition import Outlet, Piece, Printing
from storydesk.demo.furniture import FICTIONAL, THREAD, WORDS
from storydesk.model import ReaderComment

__all__ = ["front_page", "item_page", "outlets_page"]

LAYOUTS = Path(__file__).parent / "layouts"

LISTED = 5
"""Headlines in a list of "most read": what most pages show."""

SAID = 3
"""Comments under a page of the one layout that prints them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line in a list of other pieces."""

    title: str
    address: str
    when: str = ""
    teaser: str = ""


def item_page(piece: Piece, printing: Printing) -> str:
    """A piece's page, in the layout of its outlet."""
    outlet = next(outlet for outlet in printing.edition.outlets if outlet.id == piece.source)
    state, others = printing.state(piece), printing.edition.by(outlet)
    place = others.index(piece)
    # The pieces that follow, round the list: each page has its neighbours, and no list is the same on all.
    around = [_link(other, printing, outlet) for other in (others[place + 1 :] + others[:place])]
    changed = state.at if state.at > piece.published else None
    details = {
        "title": state.title,
        "teaser": feeds.teaser(piece, printing),
        "standfirst": piece.summary,
        "author": piece.author,
        "paragraphs": state.paragraphs,
        "credit": piece.credit,
        "video": piece.video,
        "number": str(1000 + place),
        "published": piece.published.isoformat(),
        "published_words": _when(piece.published, outlet),
        "changed": changed.isoformat() if changed else "",
        "changed_words": _when(changed, outlet) if changed else "",
        "most_read": around[:LISTED],
        "related": around[LISTED : LISTED + 3] or around[:3],
        "thread": [_comment(place + turn) for turn in range(SAID)],
        "linked_data": _script(_linked_data(piece, outlet, printing)),
        "linked_graph": _script({"@context": "https://schema.org", "@graph": [_site(outlet, printing)]}),
    }
    return _render(f"{outlet.layout}.html", outlet, printing, printing.address(piece), details)


def front_page(outlet: Outlet, printing: Printing) -> str:
    """An outlet's front page, which announces its feed."""
    latest = [_link(piece, printing, outlet) for piece in printing.edition.by(outlet)]
    return _render("front.html", outlet, printing, printing.home(outlet), {"latest": latest})


def outlets_page(printing: Printing) -> str:
    """The page at the root of the server: all outlets."""
    links = [Link(outlet.name, printing.home(outlet), teaser=outlet.profile) for outlet in printing.edition.outlets]
    return _engine().get_template("outlets.html").render(Context({"outlets": links, "fictional": FICTIONAL}))


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(LAYOUTS)])


def _render(layout: str, outlet: Outlet, printing: Printing, address: str, details: dict[str, Any]) -> str:
    frame = {
        "outlet": outlet,
        "words": WORDS[outlet.language],
        "address": address,
        "home": printing.home(outlet),
        "feed_address": feeds.address(outlet, printing),
        "feed_type": feeds.TYPES[outlet.feed],
        "fictional": FICTIONAL,
    }
    return _engine().get_template(layout).render(Context(frame | details))


def _link(piece: Piece, printing: Printing, outlet: Outlet) -> Link:
    title, when = printing.state(piece).title, _when(piece.published, outlet)
    return Link(title, printing.address(piece), when, feeds.teaser(piece, printing))


def _comment(turn: int) -> ReaderComment:
    author, text = THREAD[turn % len(THREAD)]
    return ReaderComment(text, author)


def _when(at: datetime, outlet: Outlet) -> str:
    """A time as the outlet prints it: in its own zone, its country's order of day and month."""
    locale = f"{outlet.language}_{outlet.country}"
    return f"{format_date(at, 'long', locale)}, {format_time(at, 'short', tzinfo=at.tzinfo, locale=locale)}"


def _linked_data(piece: Piece, outlet: Outlet, printing: Printing) -> dict[str, Any]:
    state = printing.state(piece)
    publisher = {"@type": "NewsMediaOrganization", "name": outlet.name, "url": printing.home(outlet)}
    if piece.video:
        return {
            "@context": "https://schema.org",
            "@type": "VideoObject",
            "name": state.title,
            "description": feeds.teaser(piece, printing),
            "uploadDate": piece.published.isoformat(),
            "author": publisher,
        }
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": state.title,
        "datePublished": piece.published.isoformat(),
        "dateModified": state.at.isoformat(),
        "mainEntityOfPage": printing.address(piece),
        "publisher": publisher,
        **({"author": [{"@type": "Person", "name": piece.author}]} if piece.author else {}),
    }


def _site(outlet: Outlet, printing: Printing) -> dict[str, Any]:
    return {"@type": "WebSite", "name": outlet.name, "url": printing.home(outlet), "inLanguage": outlet.language}


def _script(data: dict[str, Any]) -> SafeString:
    """JSON that can stand inside a script element: no ``<`` is left that could end it."""
    return mark_safe(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S308
