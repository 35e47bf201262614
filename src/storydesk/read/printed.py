"""What a page prints around its headline: the names in its by-line, and its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from storydesk.read.byline import author_in, date_in, name_in, says_updated
from storydesk.read.dates import from_words
from storydesk.read.markup import Markup, squeeze
from storydesk.read.outline import Block, Outline
from storydesk.read.site import letters

__all__ = ["is_credit", "printed_date", "printed_names", "signed_names"]

AFTER, BEFORE, UNTITLED = 12, 6, 30
"""Blocks behind and before the headline in which its by-line and its date stand; at the top, where none is known."""

LONGEST = 160
"""Code points of a line of names or dates, at most."""

AUTHORISH = re.compile(r"author|byline|writer|contributor|posted-?by|written|creator", re.I)
OTHERS = re.compile(r"comment|related|recent|card|reviewer|widget|sidebar", re.I)
"""In the names of what encloses somebody else's name."""

LINKED = ", ".join(
    (
        *('[rel~="author"]', 'a[href*="/author"]', 'a[href*="/by/"]', 'a[href*="/people/"]'),
        *('[itemprop="author"]', '[class*="author" i]'),
    )
)
"""Elements around one author's name."""

CUE = re.compile(
    r"(?:^|[\s|•·⋅])(?:(?:written|words|text|reporting|story|posted|report)\s+by|by|von|par|por|di|door|авторы?"
    r"|autor(?:in)?|auteur|author)\b\s*:?",
    re.I,
)
SIGNED = re.compile(r"(?:(?:this (?:post|article) was )?written|posted|words|story|text) by\b:?\s*", re.I)
ROLE = re.compile(
    r"(?:^|[\s,]+)(?:(?:senior|executive|staff|associate|chief|managing|deputy|lead|contributing|content|digital|tech|guest"
    r"|freelance|marketing|news|editorial|former|co-?)\s*)*(?:writer|editor|reporter|correspondent|contributor|columnist"
    r"|journalist|director|manager|ceo|founder|analyst|reviewer|specialist|coordinator|consultant)s?\b.*",
    re.I,
)
"""What somebody is, behind the name."""

TEAM = re.compile(
    r"(?:by\s+)?((?:[Tt]he\s+)?(?:[A-Z][\w&'’.]*\s+){0,4}(?:Team|Editors?|editors|Staff|Editorial Board))", re.I
)
PIECE = re.compile(r"\s*[|•·⋅—]\s*|\s+[–-]\s+")
DATE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?,?\s(?:de\s)?\d{4}"
    r"|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}|\d{4}年\d{1,2}月\d{1,2}日"
)
"""A day with its month and its year."""

TIME = re.compile(r"\d{1,2}[:.h]\d\d")
WORD, SHORT = re.compile(r"[^\W\d_]+"), 3
"""Words in small letters that stand beside names and dates ("at", "Uhr", "p.m.") are so long at the most."""

LEVELS = 2


def printed_names(markup: Markup, title: str) -> str | None:
    """The names in the by-line as they are printed ("Ana Ruiz and Tom Okafor"), or ``None`` where none is found."""
    lines = (block for block in _around(markup.outline, title) if len(block.text) <= LONGEST)
    return next((names for block in lines if (names := _names(markup.outline, block))), None)


def signed_names(markup: Markup) -> str | None:
    """The names of an author told anywhere on the page: under the text, or in a box."""
    for block in markup.outline.blocks:
        cue = SIGNED.match(block.text) if len(block.text) <= LONGEST else None
        if cue and (names := author_in(f"By {block.text[cue.end() :]}")):
            return names
    for node in markup.tree.css(LINKED):
        name = squeeze(node.text())
        marks = " ".join(filter(None, (node.attributes.get("class"), node.attributes.get("id"))))
        if len(name) <= LONGEST and not OTHERS.search(marks) and (found := name_in(name)):
            return found
    return None


def printed_date(markup: Markup, title: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When the page prints that it was published, and that it was changed; each ``None`` where it does not say."""
    changed = None
    for block in _around(markup.outline, title):
        if len(block.text) > LONGEST or not DATE.search(block.text):
            continue
        for piece in _pieces(markup.outline, block):
            found = DATE.search(piece)
            at = found and (date_in(piece, now, markup.language) or from_words(found.group(), now, markup.language))
            if at and not says_updated(piece):
                return at, changed
            changed = changed or at
    return None, changed


def is_credit(line: str) -> bool:
    """Whether a line is nothing but names and a date, as stands beside a headline."""
    if len(line) > LONGEST:
        return False
    if not DATE.search(line):
        return author_in(line) is not None and bool(CUE.match(line))
    rest = TIME.sub(" ", DATE.sub(" ", CUE.sub(" ", line)))
    return all(len(word) <= SHORT or not word[0].islower() for word in WORD.findall(rest))


def _pieces(outline: Outline, block: Block) -> Iterator[str]:
    """The parts of a block, by its elements and by what is printed between them; then all of it."""
    lines = outline.nodes[block.element].text(separator="\n").splitlines()
    for line in (*map(squeeze, lines), block.text):
        if line and line in block.text:
            yield from filter(None, PIECE.split(line))


def _around(outline: Outline, title: str) -> Iterator[Block]:
    """The blocks behind the headline, then those before it, nearest first."""
    plain = letters(title)
    blocks = outline.blocks
    at = next((at for at, block in enumerate(blocks) if letters(block.text) == plain), None) if plain else None
    if at is None:
        at = next((at for at, block in enumerate(blocks) if outline.tags[block.element] == "h1"), None)
    if at is None:
        yield from blocks[:UNTITLED]
        return
    yield from blocks[at + 1 : at + 1 + AFTER]
    yield from reversed(blocks[max(at - BEFORE, 0) : at])


def _names(outline: Outline, block: Block) -> str | None:
    marks = " ".join(
        outline.attributes(element).get(name) or ""
        for element in outline.ancestors(block.element, LEVELS)
        for name in ("class", "id", "rel", "itemprop")
    )
    marked, cue = bool(AUTHORISH.search(marks)), bool(CUE.search(block.text))
    if not marked and not cue:
        return None
    if linked := _linked(outline, block):
        return linked
    for piece in _pieces(outline, block):
        name = author_in(piece) or (name_in(piece) if marked else None)
        if name and (bare := ROLE.sub("", name)):
            return bare
    team = TEAM.fullmatch(block.text)
    return team[1] if team else None


def _linked(outline: Outline, block: Block) -> str | None:
    """The stretch from the first to the last name that leads to an author's page."""
    names = [squeeze(node.text()) for node in outline.nodes[block.element].css(LINKED)]
    names = [name for name in names if name and name in block.text and name_in(name) and not ROLE.search(name)]
    if not names:
        return None
    return block.text[block.text.index(names[0]) : block.text.rindex(names[-1]) + len(names[-1])]
