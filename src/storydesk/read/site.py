"""The names of the site that a page belongs to, and a title without them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from storydesk.read.address import host
from storydesk.read.markup import Markup, text_of

__all__ = ["Site", "letters", "site_of", "words"]

SEPARATOR = re.compile(r"\s+(?:[|–—·•»›:/~-]|::|\|\|)\s+|\s*[|»›•]\s*|(?<=\w):\s+")
BAR = "|"
EDGES = " |–—·•»›:/~-"
SHORT, LONG = 4, 3
"""Words of a piece behind a bar that is taken for the site's name or a section's, at most; words that must be left, at
least."""

REST = 6
"""Words of a site's name, at most."""

LEAST_OF_A_NAME = 3
"""Letters; what is shorter is in many words by chance."""

COMMON = frozenset(
    ["the", "a", "of", "and", "by", "for", "in", "blog", "news", "home", "online", "magazine", "official", "website"]
)
"""Words that alone make no name."""

OTHER = re.compile(r"[\W_]+")
WORD = re.compile(r"[^\W_]+")


@lru_cache(1_024)
def letters(text: str) -> str:
    """The letters and digits of a text, in lower case: what is compared where punctuation may differ."""
    return OTHER.sub("", text.casefold())


def words(text: str) -> list[str]:
    """The words of a text in order, in lower case, without punctuation."""
    return WORD.findall(text.casefold())


@dataclass(frozen=True, slots=True)
class Site:
    """What names a site, as :func:`letters`: the ``names`` it declares, its whole ``host``, and the ``label`` of that
    which tells most (``tidewater`` in ``news.tidewater.co.uk``)."""

    names: frozenset[str]
    host: str = ""
    label: str = ""

    def named_by(self, text: str) -> bool:
        """Whether a text is the site's name: as declared, or as its host spells it."""
        plain = letters(text)
        known = {plain, plain.removeprefix("the"), f"the{plain}"} & {*self.names, self.host, self.label}
        return bool(plain) and (bool(known) or self._spelt(text))

    def _spelt(self, text: str) -> bool:
        """Whether the words of a text are those that the host is made of."""
        telling = [word for word in words(text) if word not in COMMON]
        said = "".join(telling)
        whole = len(said) > LEAST_OF_A_NAME and 2 * len(said) >= len(self.label)
        return whole and all(word in self.label for word in telling)

    def about(self, piece: str) -> bool:
        """Whether a short piece of a title holds the site's name, perhaps with a few words around it."""
        if self.named_by(piece):
            return True
        short = len(piece.split()) < REST and len(self.label) > LEAST_OF_A_NAME
        return short and self.label in letters(piece)

    def without(self, title: str) -> str:
        """The title without the site's name at either end, nor that of a section behind a bar."""
        shorter = self._shorter(title, first=True)
        while shorter != title:
            title, shorter = shorter, self._shorter(shorter, first=False)
        return self.without_section(title)

    def without_section(self, heading: str) -> str:
        """A printed heading without the name of a section behind a bar."""
        head, bar, tail = heading.rpartition(BAR)
        section = bar and len(tail.split()) <= SHORT and len(head.split()) >= LONG
        return head.strip(EDGES) if section else heading

    def _shorter(self, title: str, first: bool) -> str:
        place, _, rest = title.partition(" ")
        if rest and self.host and letters(place) == self.host:
            return rest
        marks = list(SEPARATOR.finditer(title))
        if not marks:
            return title
        opening, last = marks[0], marks[-1]
        head, tail = title[: last.start()], title[last.end() :]
        if self.about(tail) or (first and self._behind_mark(head, tail, last.group())):
            return head.strip(EDGES)
        if self.about(title[: opening.start()]):
            return title[opening.end() :].strip(EDGES)
        return title

    def _behind_mark(self, head: str, tail: str, mark: str) -> bool:
        """Whether so little stands behind a mark that it is no part of the headline before it."""
        words, left = len(tail.split()), len(head.split())
        if BAR in mark:
            return words <= SHORT and left >= LONG
        return ":" not in mark and not self.names and words <= SHORT - 1 < left


def site_of(markup: Markup, address: str | None) -> Site:
    """The site of a page that is at ``address``, where that is known."""
    declared = (
        markup.first("og:site_name"),
        text_of(markup.article.get("publisher")),
        markup.first("application-name"),
        text_of(markup.of_type("WebSite").get("name")),
        _beside(markup.title, markup.first("og:title") or ""),
    )
    place = host(address or markup.canonical or markup.first("og:url")) or ""
    label = max(place.split(".")[:-1], key=len, default=place)
    return Site(frozenset(letters(name) for name in declared if name), letters(place), letters(label))


def _beside(title: str, declared: str) -> str | None:
    """What the title element says beside the declared title, at either end, where that is as short as a name."""
    if not declared or declared == title:
        return None
    before, found, after = title.partition(declared)
    rest = f"{before} {after}".strip(EDGES)
    return rest if found and not (before and after) and len(rest.split()) <= REST else None
