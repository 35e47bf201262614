"""What the markup of a page declares of itself: meta elements, OpenGraph, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html
from lxml.etree import ParserError

__all__ = ["Markup", "Node", "parse", "squeeze", "text_of"]

Node = dict[str, Any]
"""One object of JSON-LD."""

ARTICLE = re.compile(r"(\w*Article|\w*Posting|Report|Review|Recipe|LiveBlog\w*)$")
"""The schema.org types under which pieces are published (NewsArticle, BlogPosting, LiveBlogPosting, Report …)."""

DEEPEST = 8
"""Levels of JSON-LD that are followed; real pages nest three or four."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed page. ``meta`` maps names (``og:title``, ``author``, lower case) to their first non-empty content."""

    tree: html.HtmlElement
    meta: Mapping[str, str] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()

    def first(self, *names: str) -> str | None:
        """The first of these meta names that is given."""
        return next((self.meta[name] for name in names if name in self.meta), None)

    @property
    def article(self) -> Node:
        """The JSON-LD object of the piece itself, or an empty one."""
        candidates = [node for node in self.nodes if any(ARTICLE.search(name) for name in types(node))]
        # A page lists related pieces as further objects; the piece itself is told at greater length.
        return max(candidates, key=len, default={})

    def of_type(self, name: str) -> Node:
        """The first JSON-LD object of a schema.org type, or an empty one."""
        return next((node for node in self.nodes if name in types(node)), {})


def parse(page: str) -> Markup | None:
    """The page as a tree with its declarations, or ``None`` where it holds no element at all."""
    source = CONTROL.sub("", page)
    try:
        # As bytes, since lxml refuses a text that carries an XML declaration of its encoding.
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return None
    return Markup(tree, dict(_meta(tree)), tuple(_nodes(tree)))


def types(node: Node) -> list[str]:
    """The schema.org types of a JSON-LD object, without their address."""
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return [name.rsplit("/", 1)[-1] for name in names if isinstance(name, str)]


def text_of(value: object) -> str | None:
    """The first text in a JSON-LD value: itself, its ``name``, or that of its first member."""
    if isinstance(value, str):
        return squeeze(value) or None
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("url"))
    return None


def squeeze(text: str) -> str:
    """White space runs as one blank, character references resolved once more (they are often escaped twice)."""
    from html import unescape

    return " ".join(unescape(text).split())


def _meta(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = squeeze(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    yield from found.items()


def _nodes(tree: html.HtmlElement) -> Iterator[Node]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            value = json.loads(WRAPPING.sub("", script.text or "").strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(value, DEEPEST)


def _objects(value: object, depth: int) -> Iterator[Node]:
    if depth == 0:
        return
    if isinstance(value, list):
        for member in value:
            yield from _objects(member, depth - 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _objects(value.get(key), depth - 1)
