"""Pages as crawlers leave them: plain text, in the styles in which it is met, each line with where it came from.

The styles: ``bare`` (one block a line, without the elements that declare themselves furniture, as extractors leave a
page), ``spaced`` (the same with blank lines, indents and bullets), ``dump`` (all of the page, wrapped at 80, as
terminal browsers print it), ``markdown`` (all of it, with marks for headings, lists and bold words), ``wet`` (one block
a line, the title first, as Common Crawl's WET files), ``nodes`` (one node of text a line, so that every link breaks its
sentence, as ``get_text`` gives it).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Literal, get_args

from lxml import etree, html

from storydesk.read.encoding import decode

__all__ = ["STYLES", "Line", "Style", "by_gold", "lines", "style"]

Style = Literal["bare", "spaced", "dump", "markdown", "wet", "nodes"]
STYLES: tuple[Style, ...] = get_args(Style)

UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "math", "head"]
)
INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span"
        " strike strong sub sup time tt u var wbr",
    )
)
FURNITURE = frozenset(["nav", "header", "footer", "aside", "form", "dialog", "menu"])
ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog"))
STRONG = frozenset(("b", "strong"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
COLUMNS = 80
RUN = 4
"""Words in a row from which a match with the gold text is no coincidence."""

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SECTION = re.compile(r"(?:^|[-_ ])(?:comments?|comment(?:s?list|s?wrap)|a2commentwrap|disqus|wpd)(?:$|[-_ ])", re.I)
NO_SECTION = re.compile(r"recent|latest|count|form|respond|rules|link|open|closed|enabled|icon|button|num|hentry", re.I)
POST = re.compile(r"comment[-_]*(?:body|content|text|message|copy|paragraph|entry)(?:$|[-_ ])", re.I)
WHOLE = frozenset(("html", "body", "article", "main"))
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed. ``comment`` is 1 in a comment section, 2 where it is a reader's own words, else 0."""

    text: str
    comment: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """One node of text: the block it is in, and what its elements say of it."""

    text: str
    block: int
    tag: str
    comment: int
    furniture: bool
    strong: bool


def style(page: str) -> Style:
    """The style that a page of this id is printed in, by its digest."""
    return STYLES[sha256(page.encode()).digest()[1] % len(STYLES)]


def lines(page: bytes, how: Style) -> list[Line]:
    """The page as lines in a style; an empty list for a page without text."""
    try:
        tree = html.document_fromstring(decode(page, "text/html").encode(), html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return []
    pieces = [piece for piece in _pieces(tree) if not (how in ("bare", "spaced") and piece.furniture)]
    title = " ".join((tree.findtext("head/title") or "").split())
    first = [Line(title)] if title and how in ("wet", "nodes") else []
    if how == "nodes":
        return first + [Line(" ".join(piece.text.split()), piece.comment) for piece in pieces if piece.text.strip()]
    found = list(first)
    for _, group in groupby(pieces, key=lambda piece: piece.block):
        block = list(group)
        text = _text(block, how)
        if text:
            found += _printed(text, block[0].tag, max(piece.comment for piece in block), how, found)
    return found


def _text(block: list[_Piece], how: Style) -> str:
    marked = (
        f" **{piece.text.strip()}** " if how == "markdown" and piece.strong and piece.text.strip() else piece.text
        for piece in block
    )
    return " ".join("".join(marked).split())


def _printed(text: str, tag: str, comment: int, how: Style, before: list[Line]) -> list[Line]:
    """The lines that a block becomes."""
    if how in ("bare", "wet"):
        return [Line(text, comment)]
    bullet = {"spaced": "  • ", "dump": "     * ", "markdown": "  * "}[how] if tag == "li" else ""
    gap = [] if not before or (bullet and before[-1].text.lstrip()[:2] in ("• ", "* ")) or tag == "br" else [Line("")]
    if how == "spaced":
        return [*gap, Line((bullet or "    ") + text, comment)]
    if how == "markdown":
        return [*gap, Line((bullet or "#" * HEADINGS.get(tag, 0) + " " * (tag in HEADINGS)) + text, comment)]
    indent = " " * 3
    wrapped = textwrap.wrap(
        text, COLUMNS, initial_indent=bullet or indent, subsequent_indent="       " if bullet else indent
    )
    return [*gap, *(Line(one, comment) for one in wrapped)]


def _pieces(tree: html.HtmlElement) -> Iterator[_Piece]:
    """The nodes of text in order."""
    block, unseen, furniture, strong = 0, 0, 0, 0
    sections, posts = 0, 0
    tags = ["p"]
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            section, post = _commented(node)
            sections, posts = sections + section, posts + post
            unseen += tag in UNSEEN
            furniture += _is_furniture(node)
            strong += tag in STRONG
            if tag not in INLINE:
                block += 1
                tags.append(tag)
            text = node.text
        else:
            if event == "end":
                section, post = _commented(node)
                sections, posts = sections - section, posts - post
                unseen -= tag in UNSEEN
                furniture -= _is_furniture(node)
                strong -= tag in STRONG
                if tag not in INLINE:
                    block += 1
                    tags.pop()
            text = node.tail
        if text and not unseen:
            shown = "br" if event == "end" and tag == "br" else tags[-1]
            comment = 2 if posts and sections else 1 if sections else 0
            yield _Piece(text, block, shown, comment, furniture > 0, strong > 0)


def _commented(node: html.HtmlElement) -> tuple[bool, bool]:
    """Whether an element says that it is a section of comments, and that it is what a reader wrote."""
    if node.tag in WHOLE:
        return False, False
    names = CAMEL.sub("-", f"{node.get('class') or ''} {node.get('id') or ''}")
    if "omment" not in names and "wpd" not in names and "disqus" not in names:
        return False, False
    section = bool(SECTION.search(names)) and not NO_SECTION.search(names)
    return section, bool(POST.search(names))


def _is_furniture(node: html.HtmlElement) -> bool:
    if node.get("role") in ROLES:
        return True
    if node.tag not in FURNITURE:
        return False
    return node.tag != "header" or not any(above.tag in ("article", "main") for above in node.iterancestors())


def by_gold(given: list[str], gold: str) -> list[float]:
    """By line, the share of its words that lie in a run of words of the gold text; runs reach over line ends."""
    true = WORD.findall(gold.casefold())
    known = {tuple(true[at : at + RUN]) for at in range(len(true) - RUN + 1)} or {tuple(true)}
    length = min(RUN, len(true))
    words = [WORD.findall(line.casefold()) for line in given]
    stream = [word for line in words for word in line]
    covered = bytearray(len(stream))
    for at in range(len(stream) - length + 1):
        if length and tuple(stream[at : at + length]) in known:
            covered[at : at + length] = b"\1" * length
    shares, at = [], 0
    for line in words:
        shares.append(sum(covered[at : at + len(line)]) / len(line) if line else 0.0)
        at += len(line)
    return shares
