"""What the markup of a page declares of itself: meta elements, OpenGraph, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storydesk.read.address import place_of
from storydesk.read.bounds import bounded
from storydesk.read.outline import Outline, outline

__all__ = ["Markup", "Node", "parse", "squeeze", "text_of"]

Node = dict[str, Any]
"""One object of JSON-LD."""

ARTICLE = re.compile(r"(\w*Article|\w*Posting|Report|Review|Recipe|LiveBlog\w*)$")
"""The schema.org types under which pieces are published (NewsArticle, BlogPosting, LiveBlogPosting, Report …)."""

PIECE = re.compile(r"(Article|Posting|LiveBlog\w*|Report)$")
"""Those of them that are pieces in their own right, rather than a part of one."""

DECLARING = "meta[content], script"
"""A selector of the elements in which a page declares something of itself."""

HOLDING = frozenset({"head", "nav", "noscript", "object", "canvas", "audio", "video"})
"""Elements that readers do not see, and in which declarations may stand."""

DEEPEST = 8
"""Levels of JSON-LD that are followed; real pages nest three or four."""

JSON = json.JSONDecoder(strict=False)
SPARE = re.compile(r"^[^\S\n]*//[^\n]*$|,(\s*[\]}])", re.M)
"""What makers of JSON by hand leave in it: a remark on a line of its own, a comma behind the last member."""

BETWEEN = re.compile(r"[\s,;]*(?=[\[{])")
"""What stands between values in a row."""

WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed page: its markup within bounds, its tree, the outline of what readers see, and what it declares.

    ``meta`` maps names (``og:title``, ``author``, lower case) to their first non-empty content, ``repeated`` to all of
    them where there are several; ``nodes`` are the objects of its JSON-LD, ``article`` that of the piece itself,
    perhaps empty; ``title`` is its title element, ``canonical`` the address it declares as its own, ``language`` the
    attribute of its root, each as it stands.
    """

    page: str
    tree: LexborHTMLParser
    outline: Outline
    meta: Mapping[str, str] = field(default_factory=dict)
    repeated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    article: Node = field(default_factory=dict)
    title: str = ""
    canonical: str | None = None
    language: str | None = None

    def first(self, *names: str) -> str | None:
        """The first of these meta names that is given."""
        return next((self.meta[name] for name in names if name in self.meta), None)

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


def parse(page: str, utf8: bytes | None = None) -> Markup | None:
    """The page as a tree with its declarations, or ``None`` where it holds no element at all. ``utf8`` is the same page
    in UTF-8, where that is at hand: encoding it anew takes a fiftieth of the time of reading it."""
    within = bounded(page, utf8)
    tree = LexborHTMLParser(utf8 if utf8 is not None and within == page else within)
    root, title = tree.root, tree.css_first("title")
    if root is None:
        return None
    seen = outline(tree)
    canonical = tree.css_first('link[rel~="canonical" i][href]')
    name = squeeze(title.text()) if title is not None else ""
    address = canonical.attributes.get("href") if canonical is not None else None
    declaring = list(_declaring(seen))
    meta = _meta(node for node in declaring if node.tag == "meta")
    nodes = tuple(_nodes(node for node in declaring if node.tag == "script" and _is_linked_data(node)))
    seen.take_out()
    return Markup(
        page=within,
        tree=tree,
        meta={name: contents[0] for name, contents in meta.items()},
        repeated={name: tuple(contents) for name, contents in meta.items() if len(contents) > 1},
        nodes=nodes,
        article=_article(nodes, name, (address, meta.get("og:url", [None])[0])),
        title=name,
        canonical=address,
        language=root.attributes.get("lang") or root.attributes.get("xml:lang"),
        outline=seen,
    )


def _declaring(seen: Outline) -> Iterator[LexborNode]:
    """The elements in which a page may declare something of itself: its head's first."""
    for node in seen.unseen:
        tag = node.tag
        if tag == "script":
            yield node
        elif tag in HOLDING:
            yield from node.css(DECLARING)
    yield from (node for node, tag in zip(seen.nodes, seen.tags, strict=True) if tag == "meta")


def _is_linked_data(script: LexborNode) -> bool:
    return "ld+json" in (script.attributes.get("type") or "").lower()


def _article(nodes: Iterable[Node], title: str, addresses: Iterable[str | None]) -> Node:
    """The object of the piece itself: the one at the page's address, with its title, of an article rather than of a
    review in it; else the one told at the greatest length, since related pieces are told in short."""
    candidates = [node for node in nodes if any(ARTICLE.search(name) for name in types(node))]
    if len(candidates) < 2:
        return candidates[0] if candidates else {}
    places = {place_of(address) for address in addresses} - {""}

    def merit(node: Node) -> tuple[bool, bool, bool, int]:
        at = (node.get(key) for key in ("url", "@id", "mainEntityOfPage"))
        own = any(place_of(_address_in(value)) in places for value in at)
        headline = text_of(node.get("headline")) or ""
        return own, bool(headline) and headline in title, any(PIECE.search(name) for name in types(node)), len(node)

    return max(candidates, key=merit)


def _address_in(value: object) -> str | None:
    return value if isinstance(value, str) else value.get("@id") if isinstance(value, dict) else None


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


def _meta(elements: Iterable[LexborNode]) -> dict[str, list[str]]:
    """The different contents by name, in order; an ``itemprop`` may hold several names."""
    found: dict[str, list[str]] = {}
    for element in elements:
        attributes = element.attributes
        content = squeeze(attributes.get("content") or "")
        given = (attributes.get("property"), attributes.get("name"), *(attributes.get("itemprop") or "").split())
        for name in given if content else ():
            if name and (name := name.strip().lower()) and content not in found.setdefault(name, []):
                found[name].append(content)
    return found


def _nodes(scripts: Iterable[LexborNode]) -> Iterator[Node]:
    for script in scripts:
        text = script.text()
        wrapped = "<!" in text or "-->" in text or "]]>" in text
        text = WRAPPING.sub("", text) if wrapped else text
        try:
            values = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            values = list(_mended(text))
        for value in values:
            yield from _objects(value, DEEPEST)


def _mended(text: str) -> Iterator[object]:
    """The values that hold in JSON that does not as a whole: several in a row, a comma before a bracket, remarks."""
    text = SPARE.sub(r"\1", text)
    at = 0
    while found := BETWEEN.match(text, at):
        try:
            value, at = JSON.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            return
        yield value


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
