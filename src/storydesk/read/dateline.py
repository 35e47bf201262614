"""Lines of dates as people print them, in pages and in plain text: the date, and whether it is of a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from storydesk.read.byline import after_names, author_in
from storydesk.read.dates import YEAR, from_words
from storydesk.read.names import EDGES, LONGEST

__all__ = ["DATE", "date_in", "is_credit", "says_published", "says_updated"]

DATE_CUE = re.compile(
    r"(?:first\s+|last\s+|originally\s+)?(?:published|posted|updated|modified|created|date|released"
    r"|(?:publication|publish|post|posting|release)\s+(?:date|time)|veröffentlicht|publiziert|aktualisiert|erschienen"
    r"|stand|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt"
    r"|opublikowano|опубликовано|обновлено|опубліковано|publicerad|publiceret|publisert|objavljeno|publikováno"
    r"|zverejnené|publicat|diterbitkan|megjelent|публикувано|δημοσιεύθηκε|公開日|投稿日|掲載日|发布时间|發布時間|입력|등록)"
    r"\s*(?:on|at|am|le|el|em|il|op|den|um|à|dnia|la|pada)?\s*[:：]?\s*",
    re.I,
)
ON = re.compile(r"^\s*(?:on|am|le|el|em|il|op|den)\s+", re.I)
UPDATED = re.compile(
    r"\b(?:updated?|modified|revised|reviewed|changed|aktualisiert|geändert|mis à jour|modifié|actualizad[oa]"
    r"|modificado|atualizad[oa]|aggiornat[oa]|bijgewerkt|gewijzigd|zaktualizowan[oa]|aktualizacja|uppdaterad|opdateret|oppdatert"
    r"|päivitetty|güncelle\w+|обновлен[оа]?|обновлено|оновлено)\b|更新",
    re.I,
)
PUBLISHED = re.compile(
    r"\b(?:published|posted|created|released|submitted|written on"
    r"|(?:publication|publish|post|posting|release)\s(?:date|time)|veröffentlicht|publiziert|erschienen"
    r"|publié|publicad[oa]|publicat|pubblicat[oa]|gepubliceerd|opublikowan[oa]|dodano|objavljeno|publikováno|zverejnené"
    r"|опубликован[оа]|опубліковано|публикувано|publicerad|publiceret|publisert|julkaistu"
    r"|yayın\w+|diterbitkan|megjelent|δημοσιεύθηκε)\b|発行|公開|投稿日|掲載日|发布|發布|입력|등록",
    re.I,
)
SEPARATOR = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·]\s*")

DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./年-]\s?\d{1,2}[./月-]\s?\d{1,2}日?"
    r"|\d{1,2}(?:st|nd|rd|th|er|º|ª)?[\s.-]+(?:of\s|de\s)?[^\W\d_]{3,12}\.?,?[\s.-]*(?:de\s)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|(?<![\d./-])\d{1,2}([./-])\d{1,2}\1\d\d(?![\d./-])"
)
"""A day with its month and its year."""

TIME = re.compile(r"\d{1,2}[:.h]\d\d")
LONGEST_CREDIT = 160
"""Code points of a line of names and dates, at most."""

LETTERS, SHORT = re.compile(r"[^\W\d_]+"), 3
"""Words in small letters that stand beside names and dates ("at", "Uhr", "p.m.") are so long at the most."""


def is_credit(line: str) -> bool:
    """Whether a line is nothing but names and a date, as stands beside a headline."""
    if len(line) > LONGEST_CREDIT:
        return False
    if not DATE.search(line):
        return author_in(line) is not None
    rest = TIME.sub(" ", DATE.sub(" ", DATE_CUE.sub(" ", line)))
    return all(len(word) <= SHORT or not word[0].islower() for word in LETTERS.findall(rest))


def date_in(line: str, now: datetime, language: str | None = None) -> datetime | None:
    """The date of a line that says nothing else, apart from a cue ("Published") or names set apart by a separator."""
    if not YEAR.search(line) or len(line.split()) > LONGEST:
        return None
    for piece in _pieces(line):
        alone = DATE_CUE.sub("", piece, count=1).strip(EDGES)
        if YEAR.search(alone) and (at := from_words(alone, now, language)):
            return at
    return None


def says_updated(line: str) -> bool:
    """Whether the line speaks of a change rather than of publication."""
    return bool(UPDATED.search(line))


def says_published(line: str) -> bool:
    """Whether the line speaks of publication."""
    return bool(PUBLISHED.search(line)) and not says_updated(line)


def _pieces(line: str) -> Iterator[str]:
    yield line
    if rest := after_names(line):
        yield ON.sub("", rest)
    pieces = SEPARATOR.split(line)
    if len(pieces) > 1:
        yield from pieces
