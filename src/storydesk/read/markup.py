"""What the markup of a page declares of itself: meta elements, OpenGraph, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storydesk.read.bounds import bounded
from storydesk.read.outline import Outline, outline

__all__ = ["Markup", "Node", "parse", "squeeze", "text_of"]

Node = dict[str, Any]
"""One object of JSON-LD."""

ARTICLE = re.compile(r"(\w*Article|\w*Posting|Report|Review|Recipe|LiveBlog\w*)$")
"""The schema.org types under which pieces are published (NewsArticle, BlogPosting, LiveBlogPosting, Report …)."""

DECLARATIONS = 'meta[content], script[type*="ld+json" i]'

DEEPEST = 8
"""Levels of JSON-LD that are followed; real pages nest three or four."""

WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed page: its markup within bounds, its tree, the outline of what readers see, and what it declares.

    ``meta`` maps names (``og:title``, ``author``, lower case) to their first non-empty content, ``nodes`` are the
    objects of its JSON-LD, ``title`` its title element, ``canonical`` the address it declares as its own, ``language``
    the attribute of its root, each as it stands.
    """

    page: str
    tree: LexborHTMLParser
    outline: Outline
    meta: Mapping[str, str] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    title: str = ""
    canonical: str | None = None
    language: str | None = None

    def first(self, *names: str) -> str | None:
        """The first of these meta names that is given."""
        return next((self.meta[name] for name in names if name in self.meta), None)

    @property
    def article(self) -> Node:
        """The JSON-LD object of the piece itself, or an empty one."""
        candidates = [node for node in self.nodes if any(ARTICLE.search(name) for name in types(node))]
        # A page lists related pieces as further objects; the piece itself is told at greater length.
        return max(candidates, key=len, default={})

    @property
    def headlines(self) -> str:
        """All that the page declares as its headline, title element included."""
        declared = (text_of(self.article.get("headline")), self.first("og:title", "twitter:title"), self.title)
        return " ".join(text for text in declared if text)

    @property
    def description(self) -> str:
        """What the page declares as its description, perhaps empty."""
        return self.first("og:description", "description", "twitter:description") or ""

    @property
    def body(self) -> str:
        """The text that the page's JSON-LD carries, perhaps empty."""
        given = self.article.get("articleBody")
        return squeeze(given) if isinstance(given, str) else ""

    def of_type(self, name: str) -> Node:
        """The first JSON-LD object of a schema.org type, or an empty one."""
        return next((node for node in self.nodes if name in types(node)), {})


def parse(page: str) -> Markup | None:
    """The page as a tree with its declarations, or ``None`` where it holds no element at all."""
    page = bounded(page)
    tree = LexborHTMLParser(page)
    root, title = tree.root, tree.css_first("title")
    if root is None:
        return None
    declared = tree.css(DECLARATIONS)
    canonical = tree.css_first('link[rel~="canonical" i][href]')
    return Markup(
        page=page,
        tree=tree,
        meta=dict(_meta(node for node in declared if node.tag == "meta")),
        nodes=tuple(_nodes(node for node in declared if node.tag == "script")),
        title=squeeze(title.text()) if title is not None else "",
        canonical=canonical.attributes.get("href") if canonical is not None else None,
        language=root.attributes.get("lang") or root.attributes.get("xml:lang"),
        outline=outline(tree),  # the last, since it takes scripts out of the tree
    )


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
    return " ".join((unescape(text) if "&" in text else text).split())


def _meta(elements: Iterable[LexborNode]) -> Iterator[tuple[str, str]]:
    found: dict[str, str] = {}
    for element in elements:
        attributes = element.attributes
        content = squeeze(attributes.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = (attributes.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    yield from found.items()


def _nodes(scripts: Iterable[LexborNode]) -> Iterator[Node]:
    for script in scripts:
        try:
            value = json.loads(WRAPPING.sub("", script.text()).strip(), strict=False)
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
