"""Stories as one self-contained file: the served page's own parts, with the style inside, no script, and nothing to
load.

It needs no desk: neither a database nor settings. The template engine stands alone, which is why the parts use no
tag that asks for settings and no built-in filter that formats numbers or dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from storydesk.coverage import Coverage, Passage
from storydesk.model import Account, Span
from storydesk.site.present import Addresses, StoryPage, story_page
from storydesk.site.present.words import anchored

__all__ = ["render"]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class WholeText:
    """An item as it was read, with the places that the page's links lead to."""

    id: str
    outlet: str
    title: str
    language: str
    words: int
    paragraphs: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A story and the words it rests on. ``prefix`` keeps its names apart from those of other stories in the file."""

    prefix: str
    page: StoryPage
    texts: tuple[WholeText, ...]


def render(stories: Sequence[tuple[Coverage, Sequence[Account]]]) -> str:
    """The stories as one HTML document. Every line links to the words it rests on, which stand at the end of its
    story.
    """
    context = {
        "parts": [_part(place, coverage, accounts) for place, (coverage, accounts) in enumerate(stories, 1)],
        "style": mark_safe((HERE / "static" / "storydesk.css").read_text(encoding="utf-8")),  # noqa: S308  (our own file)
    }
    # Numbers and times are written by our own filters: without these two, Django would look for settings.
    return _engine().get_template("standalone.html").render(Context(context, use_l10n=False, use_tz=False))


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(HERE / "templates")], builtins=["storydesk.site.filters"])


def _part(place: int, coverage: Coverage, accounts: Sequence[Account]) -> Part:
    prefix = f"s{place}-"
    linked: dict[str, list[Span]] = {}
    cards = {card.entity.id for card in coverage.cards}

    def words(passage: Passage) -> str:
        linked.setdefault(passage.item, []).append(Span(passage.start, passage.end))
        return f"#{_name(passage.item)}-{passage.start}-{passage.end}"

    addresses = Addresses(
        item=lambda item: f"#{_name(item)}",
        words=words,
        source=lambda _: "",
        entity=lambda entity: f"#{prefix}card-{entity}" if entity in cards else "",
        person=lambda _: "",
    )
    page = story_page(coverage, accounts, addresses)
    outlets = {item.id: item.source for item in coverage.items}
    texts = tuple(_text(told, outlets.get(told.item.id, ""), linked.get(told.item.id, [])) for told in accounts)
    return Part(prefix, page, texts)


def _text(account: Account, outlet: str, linked: Sequence[Span]) -> WholeText:
    item = account.item
    paragraphs = anchored(item.text, linked, _name(item.id))
    return WholeText(item.id, outlet, item.title, item.language or "", item.words, paragraphs)


def _name(item: str) -> str:
    return f"text-{item}"
