"""The lines around a page's headline, where its by-line and its date are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from storydesk.read.markup import Markup, squeeze
from storydesk.read.outline import INSIDE, Block, Outline
from storydesk.read.site import letters

__all__ = ["Around", "Line", "around", "line"]

AFTER, BEFORE, UNTITLED = 14, 6, 30
"""Blocks behind and before the headline in which its by-line and its date stand; at the top, where none is known."""

PARAGRAPHS = 3
"""Paragraphs behind the headline with which the text has begun; a summary or a notice is one."""

PROSE, MOSTLY_LINK = 80, 0.4
"""Code points from which a block counts as a paragraph, where a smaller share of it is links."""

LONGEST = 200
"""Code points of a line of names or dates, at most."""

LITTLE = 12
"""Code points by which a printed headline may differ in length from the one that is known."""

INLINE = 5
"""Inline elements before the first word of a block, and after its links, that are looked at."""

NODES = 60
"""Nodes of a block that are looked at for where its pieces end."""

LINK, CAPTION = INSIDE["a"], INSIDE["figcaption"]
HEADING = INSIDE["h2"]
H1 = INSIDE["h1"] & ~HEADING


@dataclass(frozen=True, slots=True)
class Line:
    """A block of text near the headline; ``at`` is its place among the outline's blocks."""

    outline: Outline
    at: int

    @property
    def block(self) -> Block:
        """The block itself."""
        return self.outline.blocks[self.at]

    @property
    def text(self) -> str:
        """Its text, as one line."""
        return self.outline.blocks[self.at].text

    def pieces(self) -> list[str]:
        """Its text as its elements divide it, in order: "By", "Ana Ruiz", "and", "Tom Okafor"."""
        block = self.block
        nodes = islice(self.outline.nodes[block.element].traverse(include_text=True), NODES)
        found = [squeeze(node.text_content or "") for node in nodes if node.is_text_node]
        found = [piece for piece in found if piece and piece in block.text]
        whole = sum(map(len, found)) >= len(block.text.replace(" ", "")) - len(found)
        return found if whole else [block.text]

    def elements(self) -> list[int]:
        """The columns of its element, of the inline elements in it, and of what encloses it."""
        block, parents = self.block, self.outline.parents
        found = [block.element]
        # What was opened between an element and its own text lies in it, and so does what follows, up to its end.
        for column in range(
            max(block.element + 1, block.opened - INLINE), min(block.opened + block.links + INLINE, len(parents))
        ):
            if parents[column] < block.element:
                break
            found.append(column)
        return [*found, parents[block.element]] if parents[block.element] > 0 else found


def line(outline: Outline, at: int) -> Line | None:
    """The block at a place as a line, or ``None`` where there is none, or a paragraph, or what is said of a picture."""
    blocks = outline.blocks
    near = 0 <= at < len(blocks) and len(blocks[at].text) <= LONGEST and not blocks[at].inside & CAPTION
    return Line(outline, at) if near else None


@dataclass(frozen=True, slots=True)
class Around:
    """The lines ``behind`` a headline in order, as far as the text, and those ``before`` it, nearest first; paragraphs
    are left out. Where no headline is found, the first lines of the page are those behind it."""

    behind: list[Line]
    before: list[Line]

    @property
    def lines(self) -> list[Line]:
        """All of them, the likelier first."""
        return self.behind + self.before


def around(markup: Markup, title: str) -> Around:
    """The lines around the headline of a page."""
    outline = markup.outline
    at = _headline(outline.blocks, title)
    if at is None:
        return Around([found for place in range(UNTITLED) if (found := line(outline, place))], [])
    before = (line(outline, place) for place in range(at - 1, at - 1 - BEFORE, -1))
    return Around(list(_behind(outline, at)), [found for found in before if found and not _is_card(found)])


def _is_card(found: Line) -> bool:
    """Whether a line is one of several in a link to another piece."""
    outline = found.outline
    above = outline.ancestors(found.block.element, 4)
    return bool(found.block.inside & LINK) and any(outline.tags[column] == "a" for column in above)


def _behind(outline: Outline, at: int) -> Iterator[Line]:
    paragraphs = 0
    for place in range(at + 1, min(at + 1 + AFTER, len(outline.blocks))):
        found = line(outline, place)
        block = outline.blocks[place]
        paragraphs += len(block.text) >= PROSE and block.linked < MOSTLY_LINK * len(block.text)
        if paragraphs >= PARAGRAPHS:
            return
        if found:
            yield found


def _headline(blocks: list[Block], title: str) -> int | None:
    """The place of the headline: the main heading that says it, any heading that does, any block; else the first main
    heading."""
    plain = letters(title)
    mains = [at for at, block in enumerate(blocks) if block.inside & H1]
    if plain:
        for at in mains:
            said = letters(blocks[at].text)
            if said == plain or (said in plain and 2 * len(said) > len(plain)) or plain in said:
                return at
        near = [at for at, block in enumerate(blocks) if abs(len(block.text) - len(title)) <= LITTLE]
        same = [at for at in near if letters(blocks[at].text) == plain]
        if same:
            return next((at for at in same if blocks[at].inside & HEADING), same[0])
    return next(iter(mains), None)
