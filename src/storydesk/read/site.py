"""The names of the site that a page belongs to, and a title without them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storydesk.read.address import host
from storydesk.read.markup import Markup, text_of

__all__ = ["Site", "letters", "site_of"]

SEPARATOR = re.compile(r"\s+(?:[|–—·•»›:/~-]|::|\|\|)\s+|\s*[|»›•]\s*|(?<=\w):\s+")
BAR = "|"
EDGES = " |–—·•»›:/~-"
SHORT, LONG = 4, 4
"""Words of a piece behind a separator that is taken for the site's name, at most; words that must be left, at least."""

SECTION = 2
"""Words of the name of a section behind a bar, at most."""

LEAST_OF_A_NAME = 3
"""Letters; what is shorter is in many words by chance."""

COMMON = frozenset(
    ("the", "a", "of", "and", "by", "for", "in", "blog", "news", "home", "online", "magazine", "official", "website")
)
"""Words that alone make no name."""

OTHER = re.compile(r"[\W_]+")
LABEL = re.compile(r"[^\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case: what is compared where punctuation may differ."""
    return OTHER.sub("", text.casefold())


@dataclass(frozen=True, slots=True)
class Site:
    """What names a site: the ``names`` it declares, as :func:`letters`, and its ``host`` without its ending."""

    names: frozenset[str]
    host: str

    def named_by(self, text: str) -> bool:
        """Whether a text is the site's name: as declared, or as its host spells it."""
        plain = letters(text)
        return bool(plain) and (plain in self.names or plain == self.host or self._spelt(text))

    def _spelt(self, text: str) -> bool:
        """Whether the words of a text are those that the host is made of."""
        words = [word for word in LABEL.findall(text.casefold()) if word not in COMMON]
        said = "".join(words)
        return (
            len(said) > LEAST_OF_A_NAME and 2 * len(said) > len(self.host) and all(word in self.host for word in words)
        )

    def _about(self, piece: str) -> bool:
        """Whether a short piece of a title holds the site's name, perhaps with a few words around it."""
        return self.named_by(piece) or (
            len(piece.split()) <= SHORT + 1 and len(self.host) > LEAST_OF_A_NAME and self.host in letters(piece)
        )

    def without(self, title: str) -> str:
        """The title without the site's name at either end, nor that of a section behind a bar."""
        shorter = self._shorter(title, first=True)
        while shorter != title:
            title, shorter = shorter, self._shorter(shorter, first=False)
        return title

    def _shorter(self, title: str, first: bool) -> str:
        marks = list(SEPARATOR.finditer(title))
        if not marks:
            return title
        opening, last = marks[0], marks[-1]
        head, tail = title[: last.start()], title[last.end() :]
        if self._about(tail) or (first and self._behind_mark(head, tail, last.group())):
            return head.strip(EDGES)
        if self._about(title[: opening.start()]):
            return title[opening.end() :].strip(EDGES)
        return title

    def _behind_mark(self, head: str, tail: str, mark: str) -> bool:
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
    )
    place = host(address or markup.canonical or markup.first("og:url")) or ""
    return Site(frozenset(letters(name) for name in declared if name), letters(place.rpartition(".")[0]))
