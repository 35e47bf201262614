"""Lines of dates and names as people print them: by-lines and datelines, in pages and in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from storydesk.read.dates import YEAR, from_words

__all__ = ["author_in", "date_in", "name_in", "says_updated"]

LONGEST = 14
"""Words of a line of dates and names; a longer one is a sentence."""

LEAST_OF_A_NAME = 3
"""Letters; a shorter "name" is the initials in a round picture."""

LETTER = r"(?-i:[^\W\d_a-zß-öø-ÿа-яё])"
"""A capital, or a letter of a script without capitals."""

PARTICLE = r"(?:de|van|von|der|den|la|le|bin|al|el|da|di|du|dos|ter|zu)"
WORD = rf"{LETTER}[\w.'’-]*"
FURTHER = rf"(?:\s+(?:{PARTICLE}\s+){{0,2}}{WORD}\b(?!\.?\s+\d))"
"""A further word of a name; one before a number is a month."""

NAME = rf"{WORD}{FURTHER}{{0,4}}"
AND = r"(?:,\s*(?:and\s+)?|&|\b(?:and|und|et|y|e|en|och|og|и)\b)"
NAMES = rf"{NAME}(?:\s*{AND}\s*{WORD}{FURTHER}{{1,4}}){{0,4}}"
"""Several names; each after the first has two words, so that "Ana Ruiz, March" is one."""


CUE = (
    r"(?:(?:written|words|text|reporting|story|posted|reviewed|report)\s+by|by|von|par|por|di|door|af|av|od|authors?|autor(?:in)?"
    r"|auteur|autore|автор|текст)"
)
BYLINE = re.compile(
    rf"{CUE}(?:\s*:\s*|\s+)(?P<names>{NAMES})(?P<rest>\s*[,|;•·/(–—-].*|\s+(?:in|at|for|on|am|le|el)\s.*"
    r"|\s+(?:\w+\.?\s+)?\d.*)?",
    re.I,
)
ALONE = re.compile(NAMES, re.I)
NO_NAME = re.compile(
    r"\b(?:share|follow|view|more|posts?|read|reading|comments?|subscribe|about|team of|all|home|news|the"
    r"|minutes?|updated|published|author|authors|by|contributors?|editorial|menu|search|written|profile|meet|bio)\b",
    re.I,
)
"""Words that no name contains, but the labels beside names do."""

DATE_CUE = re.compile(
    r"(?:first\s+|last\s+)?(?:published|posted|updated|modified|created|date|released|veröffentlicht|aktualisiert|erschienen"
    r"|stand|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt"
    r"|opublikowano|опубликовано|обновлено|опубліковано|publicerad|publiceret|publisert)"
    r"\s*(?:on|at|am|le|el|em|il|op|den|um|à|dnia)?\s*:?\s*",
    re.I,
)
ON = re.compile(r"^\s*(?:on|am|le|el|em|il|op|den)\s+", re.I)
UPDATED = re.compile(
    r"\b(?:updated|modified|aktualisiert|mis à jour|actualizado|atualizado|aggiornato|bijgewerkt|обновлено)\b", re.I
)
SEPARATOR = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·]\s*")
EDGES = " ,.;:()[]|–—-"


def author_in(line: str) -> str | None:
    """The names in a by-line ("By Ana Ruiz and Tom Okafor, Reykjavik"), or ``None`` where the line is none."""
    line = line.strip()
    match = BYLINE.fullmatch(line) if len(line.split()) <= LONGEST else None
    return match["names"].strip(EDGES) if match and not NO_NAME.search(match["names"]) else None


def name_in(line: str) -> str | None:
    """The line where it is nothing but a name or several, else ``None``."""
    line = line.strip(EDGES)
    short = len(line.split()) <= LONGEST and max(map(len, line.split()), default=0) >= LEAST_OF_A_NAME
    whole = short and ALONE.fullmatch(line) and not NO_NAME.search(line)
    return line if whole else None


def date_in(line: str, now: datetime, language: str | None = None) -> datetime | None:
    """The date of a line that says nothing else, apart from a cue ("Published") or names set apart by a separator."""
    if not YEAR.search(line) or len(line.split()) > LONGEST:
        return None
    for piece in _pieces(line):
        bare = DATE_CUE.sub("", piece, count=1).strip(EDGES)
        if YEAR.search(bare) and (at := from_words(bare, now, language)):
            return at
    return None


def says_updated(line: str) -> bool:
    """Whether the line speaks of a change rather than of publication."""
    return bool(UPDATED.search(line))


def _pieces(line: str) -> Iterator[str]:
    yield line
    if match := BYLINE.fullmatch(line.strip()):
        yield ON.sub("", match["rest"] or "")
    pieces = SEPARATOR.split(line)
    if len(pieces) > 1:
        yield from pieces
