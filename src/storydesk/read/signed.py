"""Whose names a page prints beside its headline as its authors': behind "by", marked up as an author's, or alone."""

from __future__ import annotations

import re

from storydesk.read.around import Line, line
from storydesk.read.byline import is_label, names_after, team_in
from storydesk.read.marks import READERS_AND_OTHERS, boxed, is_authors, is_category
from storydesk.read.markup import squeeze
from storydesk.read.names import bare, is_role, name_in, names_at_start
from storydesk.read.outline import INSIDE, Outline

__all__ = ["behind_label", "is_person", "marked_names", "name_among", "printed_names", "unmarked_names"]

CUED = re.compile(
    r"\bby|\b(?:von|par|por|di|door|af|av|od)\b|aut|автор|текст|作者|記者|记者|著者|文|yazar|szerző|kirj|przez|te[ksx]+t|redak|oprac|words:"
)
"""A first, quick look for a cue, in lower case: twice as fast as in any."""

PIECE = re.compile(r"\s*[|•·⋅⸱—]\s*|\s+[–-]\s+")
FOR = re.compile(r"\s+(?:on behalf of|for|in|at|from|via|on)\b.*")

ADDRESS = INSIDE["address"]
INITIALS = 3
"""Code points of the initials in a round picture, at most."""

FOLLOWING = 4
"""Lines behind a label in which names stand."""

TOP = 6
"""Lines behind the headline in which a name may stand without any mark."""

LABELS = re.compile(
    r"\b(?:show|hide|sidebar|toggle|joined?|example|heading|table|contents?|sign|log|login|skip|back|next|previous|open|close"
    r"|click|get|download|print|email|save|listen|watch|play|continue|learn|start|register|polic(?:y|ies)|privacy|terms"
    r"|contact|advertisement|sponsored|partners?|topics?|categor(?:y|ies)|tags?|related|latest|popular|trending|featured"
    r"|guides?|blogs?|articles?|reviews?|press|releases?|events?|webinars?|podcasts?|videos?|players?|case|study|industry|insights?"
    r"|resources?)\b",
    re.I,
)
"""Words of labels near headlines, which look like names where nothing marks them."""

PICTURE = 8
"""Elements before a name among which a portrait is."""

PORTRAIT = re.compile(r"author|avatar|profile|portrait|headshot|photo of", re.I)
PROFILE = re.compile(r"/@|profile|/~", re.I)
WORDS_OF_A_NAME = range(2, 5)
CONTEXT = re.compile(r"\b(?:19|20)\d\d\b|\b\d+[\s-]*min", re.I)
"""A date, or how long the piece takes to read: what stands beside an author's name."""


def printed_names(lines: list[Line]) -> str | None:
    """The names in the by-line among these lines as they are printed ("Ana Ruiz and Tom Okafor"): behind "by", or a
    label that says so."""
    told = ((found, _behind_cue(found) or behind_label(found)) for found in lines)
    return next((names for found, names in told if names and not _is_others(found)), None)


def marked_names(lines: list[Line]) -> str | None:
    """The names among these lines that are marked up as an author's."""
    told = ((found, _marked(found)) for found in lines)
    return next((n for found, n in told if n and is_person(found.outline, n) and not _is_others(found)), None)


def unmarked_names(lines: list[Line]) -> str | None:
    """A name among the first of these lines that nothing marks up, beside an office, a portrait or a link to a profile,
    and a date. (The name of a section stands there, too.)"""
    for place, found in enumerate(lines[:TOP]):
        pieces = [piece for text in found.pieces() for piece in PIECE.split(text) if piece]
        beside = [other.text for other in lines[max(place - 1, 0) : place + FOLLOWING] if other is not found]
        for at, piece in enumerate(pieces):
            name = name_in(piece)
            if not name or not _may_be_a_name(name):
                continue
            others = pieces[at + 1 :] + beside
            known = any(map(is_role, others)) or (any(map(CONTEXT.search, others)) and _pictured(found, name))
            return bare(name) if known and not _tells_topic(found) and _only_a_name(found.outline, name) else None
    return None


def _pictured(found: Line, name: str) -> bool:
    """Whether a portrait stands before a name, or a link to a profile around it."""
    outline = found.outline
    images = range(max(found.block.element - PICTURE, 0), found.block.opened)
    alts = (outline.attributes(column).get("alt") or "" for column in images if outline.tags[column] == "img")
    links = (outline.attributes(column).get("href") or "" for column in found.elements())
    return any(name in alt or PORTRAIT.search(alt) for alt in alts) or any(map(PROFILE.search, links))


def behind_label(found: Line) -> str | None:
    """The names in the lines behind one that only says that they follow ("Written by")."""
    if not is_label(found.text):
        return None
    outline = found.outline
    names: list[str] = []
    for at in range(found.at + 1, found.at + 1 + FOLLOWING):
        following = line(outline, at)
        if following is None:
            break
        element = following.block.element
        if len(following.text) <= INITIALS or is_category(outline.attributes(element)):
            continue
        first = following.pieces()[0]
        name = team_in(first, cued=True) or bare(name_in(first) or "")
        if name:
            names.append(name)
        if not name or outline.tags[element] != "li":
            break
    return ", ".join(names) or None


def name_among(texts: list[str]) -> str | None:
    """The names that begin with the first of these texts that is a name; or the part of a text that is one."""
    for place, text in enumerate(texts):
        if team := team_in(text, cued=True):
            return team
        if name_in(text) and (names := names_at_start("\n".join(texts[place:]))):
            return names
        for piece in PIECE.split(text):
            short = FOR.sub("", piece)
            whole = name_in(piece) or (name_in(short) if " " in short else None)
            if name := bare(whole or ""):
                return name
    return None


def is_person(outline: Outline, names: str) -> bool:
    """Whether names have several words each, or are words that only names are, or are a team's."""
    parts = re.split(r"\s*(?:&|,|\band\b)\s*", names)
    return all(" " in part for part in parts) or bool(team_in(names, cued=True)) or _only_a_name(outline, names)


def _is_others(found: Line) -> bool:
    """Whether a line is among those of other pieces or of readers."""
    return boxed(found.outline, found.block.element, READERS_AND_OTHERS)


def _behind_cue(found: Line) -> str | None:
    return names_after("\n".join(found.pieces())) if CUED.search(found.text.lower()) else None


def _marked(found: Line) -> str | None:
    """The name in a line whose element, or an element in it, is named for an author or leads to one's page."""
    outline = found.outline
    for column in found.elements():
        attributes = outline.attributes(column)
        if attributes and is_authors(attributes) and (name := name_among(_from(found, column))):
            return name
    return name_among(found.pieces()) if found.block.inside & ADDRESS else None


def _from(found: Line, column: int) -> list[str]:
    """The pieces of a line from the text of an element in it on; that text alone where it is not one of them."""
    pieces = found.pieces()
    if column <= found.block.element:
        return pieces
    own = [text for line in found.outline.nodes[column].text(separator="\n").splitlines() if (text := squeeze(line))]
    return pieces[pieces.index(own[0]) :] if own and own[0] in pieces and len(own) == 1 else own


def _may_be_a_name(words: str) -> bool:
    return len(words.split()) in WORDS_OF_A_NAME and not LABELS.search(words)


def _tells_topic(found: Line) -> bool:
    return any(is_category(found.outline.attributes(column)) for column in found.elements())


def _only_a_name(outline: Outline, name: str) -> bool:
    """Whether no word of a name is found on the page in small letters, as the words of a section would be."""
    text = "\n".join([block.text for block in outline.blocks])
    return not any(_holds(text, word.lower()) for word in name.split() if word[0].isupper())


def _holds(text: str, word: str) -> bool:
    """Whether a word stands in a text by itself."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, end)
    return False
