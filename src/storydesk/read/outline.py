"""The outline of a page: its elements in document order as flat columns, and the blocks of text between their edges.

A block is what a reader sees as one run of text: inline content of one block-level element, up to the next edge of a
block or a blank line made of two ``<br>``. Columns instead of objects keep the walk and the features that the
classifier reads (:mod:`storydesk.read.features`) linear and fast whatever the depth of the page. (The types of the
walk stand in ``outline.pxd``, by which it is compiled.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["INSIDE", "KINDS", "Block", "Outline", "outline"]

_UNSEEN = (
    "head nav svg script style noscript template iframe object canvas audio video textarea select math source input"
)
UNSEEN = frozenset(_UNSEEN.split())
"""Elements whose text is no part of what a reader reads. (No real article was found to have its words in a ``nav``.)"""

BLOCK_LEVEL = (
    "html body p div h1 h2 h3 h4 h5 h6 li ul ol td th tr table tbody thead tfoot caption blockquote pre section",
    "article header footer nav aside main figure figcaption form dl dt dd hr fieldset address details summary center",
    "button legend picture hgroup dialog menu search",
)
BLOCKS = frozenset(" ".join(BLOCK_LEVEL).split())

KINDS = (
    *("a", "li", "ul ol", "table", "nav menu", "aside", "header hgroup", "footer", "form fieldset", "figure"),
    *("article", "main", "section", "blockquote", "details dialog", "button", "figcaption", "h1 h2 h3 h4 h5 h6"),
    *("strong b", "em i cite", "p", "td th", "dl", "label", "address", "time", "pre code", "h1", "h2", "div"),
)
"""Kinds of element that a text may stand inside; one bit each, in this order."""

INSIDE = {
    tag: sum(1 << bit for bit, tags in enumerate(KINDS) if tag in tags.split()) for tag in " ".join(KINDS).split()
}
"""The bits that an element sets for all that it encloses."""

LINK, STRONG = INSIDE["a"], INSIDE["strong"]
MARKED = LINK | STRONG

MOST_NODES = 60_000
"""Elements and texts that are walked; the longest pages of news have some thousands."""

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
"""Characters that only steer the breaking of lines. (Joiners shape letters in some scripts; none is lost.)"""


class Block:
    """A run of text. ``element`` is the column of the block-level element around it, ``opened`` how many elements had
    been opened before it; ``inside`` the kinds (bits of :data:`INSIDE`) any part of it stands in; ``linked`` and
    ``strong`` how many of its characters are in links or bold, ``links`` how many pieces of it are links."""

    __slots__ = ("element", "inside", "linked", "links", "opened", "strong", "text")

    def __init__(self, element: int, opened: int) -> None:
        self.element = element
        self.opened = opened
        self.text = ""
        self.inside = self.linked = self.links = self.strong = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """Columns by element, in document order: its node, tag, parent's column (-1 for the root) and bits; and the
    blocks of text, in document order. ``unseen`` are the outermost elements that readers do not see, which have no
    column; ``known`` the attributes that were asked for, ``places`` the columns by the parser's names of nodes
    (``mem_id``), once any was."""

    nodes: list[LexborNode]
    tags: list[str]
    parents: list[int]
    inside: list[int]
    blocks: list[Block]
    unseen: list[LexborNode]
    known: dict[int, dict[str, str | None]]
    places: dict[int, int]

    def column(self, node: LexborNode) -> int | None:
        """The column of a node of the tree; ``None`` where it was not walked."""
        if not self.places:
            self.places.update((kept.mem_id, column) for column, kept in enumerate(self.nodes))
        return self.places.get(node.mem_id)

    def ancestors(self, element: int, most: int) -> list[int]:
        """The element and those around it, innermost first, at most so many, without the root."""
        chain: list[int] = []
        while element > 0 and len(chain) < most:
            chain.append(element)
            element = self.parents[element]
        return chain

    def attributes(self, element: int) -> dict[str, str | None]:
        """The attributes of an element, by name."""
        found = self.known.get(element)
        if found is None:
            found = self.known[element] = self.nodes[element].attributes
        return found

    def take_out(self) -> None:
        """Takes what is unseen out of the tree, so that the text of a node is what readers see of it."""
        for node in self.unseen:
            node.decompose(recursive=False)  # what it holds goes with the tree
        self.unseen.clear()

    def around_blocks(self) -> list[int]:
        """The elements that enclose a block, each once."""
        return _around(self.parents, [block.element for block in self.blocks])


def outline(tree: LexborHTMLParser, breaks: int = 2) -> Outline:
    """The outline of a parsed page; ``breaks`` is how many ``<br>`` in a row end a block."""
    found = Outline([], [], [], [], [], [], {}, {})
    if tree.root is not None:
        _walk(tree.root, found, breaks)
    return found


def _walk(root: LexborNode, found: Outline, breaks: int) -> None:
    """Fills the columns and the blocks in one pass. (Local names, since this is run for each of thousands of nodes.)"""
    tags, kept, parents, inside = found.tags, found.nodes, found.parents, found.inside
    around: list[int] = []  # by element: the block-level element that its text belongs to
    kinds: dict[int, _Kind] = {}  # by the parser's number of a tag
    run, path = _Run(found.blocks), _Path()
    node: LexborNode | None = root
    broken = walked = 0
    while node is not None and walked < MOST_NODES:
        walked += 1
        number = node.tag_id
        kind = kinds.get(number) or kinds.setdefault(number, _Kind(node))
        parent, column = path.parent, -1
        if kind.is_text:
            if node.is_empty_text_node:
                run.gap = True
            else:
                broken = 0
                run.add(node.text_content or "", around[parent], len(tags), inside[parent])
        elif kind.is_unseen:
            found.unseen.append(node)
        elif kind.tag:
            column = len(tags)
            kept.append(node)
            tags.append(kind.tag)
            parents.append(parent)
            inside.append(inside[parent] | kind.bits if parent >= 0 else kind.bits)
            around.append(column if kind.edge or parent < 0 else around[parent])
            if kind.is_break:
                run.gap = True
                broken += 1
            if run.parts and (kind.edge or parent < 0 or broken >= breaks):
                run.close()
        node = path.following(node, column)
    run.close()


def _around(parents: list[int], elements: list[int]) -> list[int]:
    """These elements and those around them, without the root, each once."""
    found: list[int] = []
    seen: set[int] = set()
    for element in elements:
        column = element
        while column > 0 and column not in seen:
            seen.add(column)
            found.append(column)
            column = parents[column]
    return found


class _Kind:
    """What holds of all nodes of a tag: its name, empty for what is no element; the bits that it sets; whether it is a
    text, a line break, block-level, unseen."""

    __slots__ = ("bits", "edge", "is_break", "is_text", "is_unseen", "tag")

    def __init__(self, node: LexborNode) -> None:
        self.is_text = bool(node.is_text_node)
        self.tag = (node.tag or "") if node.is_element_node else ""
        self.bits = INSIDE.get(self.tag, 0)
        self.edge = self.tag in BLOCKS
        self.is_break = self.tag == "br"
        self.is_unseen = self.tag in UNSEEN


class _Path:
    """The way to where the walk is: the elements around it, ``parent`` the column of the innermost. (Asking each node
    for its parent makes an object for that every time.)"""

    __slots__ = ("_above", "_columns", "parent")

    def __init__(self) -> None:
        self.parent = -1
        self._above: list[LexborNode] = []
        self._columns: list[int] = []

    def following(self, node: LexborNode, column: int) -> LexborNode | None:
        """The node behind this one in document order, in it first where it is the element of a column."""
        child = node.first_child if column >= 0 else None
        if child is not None:
            self._above.append(node)
            self._columns.append(self.parent)
            self.parent = column
            return child
        following = node.next
        while following is None and len(self._above) > 0:
            following = self._above.pop().next
            self.parent = self._columns.pop()
        return following


class _Run:
    """The run of text that is open: its ``parts``, none where there is no such run. ``gap`` says that white space was
    met since its last piece."""

    __slots__ = ("_block", "_blocks", "gap", "parts")

    def __init__(self, blocks: list[Block]) -> None:
        self.gap = False
        self.parts: list[str] = []
        self._blocks = blocks
        self._block = Block(-1, 0)

    def add(self, text: str, element: int, opened: int, inside: int) -> None:
        """A piece of text; it opens a block where the one that is open belongs to another element."""
        block = self._block
        if not self.parts or block.element != element:
            self.close()
            block = self._block = Block(element, opened)
        elif self.gap:
            self.parts.append(" ")
        self.gap = False
        self.parts.append(text)
        block.inside |= inside
        if inside & MARKED:
            if inside & LINK:
                block.linked += len(text.strip())
                block.links += 1
            if inside & STRONG:
                block.strong += len(text)

    def close(self) -> None:
        """Ends the run that is open, if any."""
        if not self.parts:
            return
        text = self.parts[0] if len(self.parts) == 1 else "".join(self.parts)
        self.parts = []
        text = " ".join(text.split())
        if not text.isascii() and not text.isprintable():  # a quick look: what is invisible is not printable either
            text = " ".join(INVISIBLE.sub("", text).split())
        if text:
            self._block.text = text
            self._blocks.append(self._block)
