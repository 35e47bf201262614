"""Names of people: trimmed of what page furniture and grammar hang onto them, and told from the words around them
where the language model took them for something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from storydesk.knowledge.lexicon import key
from storydesk.recognise.names import Named
from storydesk.recognise.titles import OCCUPATION, titled

__all__ = ["MODIFIED", "is_person_here", "is_thing_here", "people_by_context", "run_together", "whole"]

CAPITALISED = r"[^\W\d_a-zà-ÿ][\w’'.-]*"

DIGITS = re.compile(r"[ /]\S*\d")
OWNS = re.compile(r"['’]s ")
SHOUTED = re.compile(r"(?:^[A-ZÀ-Ý]{4,} (?=\S*[a-z]))|(?<=[a-zà-ÿ])(?: [A-ZÀ-Ý]{4,}|-[A-ZÀ-Ý]{3,})$")
"""A word in capitals before or behind a name that is in none: "WATCH Ana Ruiz", "Ana Ruiz MORE", "Ana Ruiz-NATO"."""

RUN_TOGETHER = re.compile(r"[a-zà-ÿ]{4,}[A-ZÀ-Ý][a-zà-ÿ]{2}")
"""Two words without the space between: "RuizSenators". Names with a capital inside ("MacAskill") have it sooner."""

PARTICLE_LAST = re.compile(r" (?:al|el|bin|ibn|van|von|der|den|de|da|di|do|du|dos|das|la|le|del|della|ten|ter|zu)$")
CONTINUED = re.compile(rf" {CAPITALISED}(?: {CAPITALISED})*")

AGE = re.compile(r"(?:, (?:aged |then )?\d{1,3}(?=[,.;)]| and )| \(\d{1,2}\)| \(born\b)")
"""What stands right behind a person alone."""

NO_PERSON = re.compile(
    r", which\b|['’]s (?:app|shares|website|fleet|subsidiary|customers|app)\b"
    r"| (?:app|platform|shares|website|airline|brand|smartphone|software)\b"
)
"""What stands right behind a company and never behind a person."""

OCCUPATIONS = "".join(OCCUPATION.pattern.split())
BEFORE = re.compile(rf"(?:^|[\s“\"'‘(,])(?P<the>[Tt]he )?(?:[\w-]+ )?(?P<word>{OCCUPATIONS})\.? $")
BEHIND = re.compile(rf", (?:an? |the |its |his |her |their |former |acting )*(?:[\w’'-]+ ){{0,3}}(?:{OCCUPATIONS})\b")
ALSO_FIRMS = re.compile(r"operator|owner|leader|winner|founder|partner|chief|head|boss|manager|author|trader|developer")
"""Occupations that a company can have as well ("the operator Northern Ferries", "X, a leader in steel")."""

MODIFIED = 4
"""Words of the longest name of a person that is believed against the model."""


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A person's name without what does not belong to it, and with what was cut off behind a particle."""
    words = text[start:end]
    if PARTICLE_LAST.search(words) and (more := CONTINUED.match(text, end)):
        return start, more.end()
    if shouted := SHOUTED.search(words):
        start, end = (start + shouted.end(), end) if shouted.start() == 0 else (start, start + shouted.start())
        words = text[start:end]
    ends = [match.start() for pattern in (DIGITS, OWNS) if (match := pattern.search(words))]
    ends += [words.index("/")] if "/" in words else []
    return start, start + min([len(words), *ends])


def run_together(words: str) -> bool:
    """Whether these are two lines of a page glued to one another, no name."""
    return RUN_TOGETHER.search(words) is not None


def is_person_here(text: str, start: int, end: int) -> bool:
    """Whether the words right before or behind a name of several words can only belong to a person."""
    words = text[start:end]
    if not 1 <= words.count(" ") < MODIFIED or any(letter.isdigit() for letter in words):
        return False
    if any(OCCUPATION.fullmatch(word) for word in words.split()):
        return False
    if not all(word[0].isupper() or PARTICLE_LAST.match(f" {word}") for word in words.split()):
        return False
    after = text[end : end + 60]
    if AGE.match(after):
        return True
    before = BEFORE.search(text[max(0, start - 40) : start])
    if before and not ((before["the"] or before["word"][0].isupper()) and ALSO_FIRMS.fullmatch(before["word"].lower())):
        return True
    behind = BEHIND.match(after)
    return behind is not None and not ALSO_FIRMS.search(behind[0].rsplit(" ", 1)[-1])


def people_by_context(text: str, names: Sequence[Named]) -> frozenset[str]:
    """Keys of the names that something besides the model says a person bears: a title, an occupation or an age beside
    it, or a surname alone that is led back to it.
    """
    found = set()
    for name in names:
        shortened = name.type == "person" and (
            len(name.name) > name.end - name.start or _last_word_alone(text, name.name)
        )
        if shortened or titled(text, name.start) or is_person_here(text, name.start, name.end):
            found.add(key(name.name))
    return frozenset(found)


def _last_word_alone(text: str, name: str) -> bool:
    """Whether the last word of a name stands somewhere without the rest, and without an article."""
    rest, _, last = name.rpartition(" ")
    bare = [
        match.start()
        for match in re.finditer(rf"\b{re.escape(last)}\b", text)
        if not text.endswith((f"{rest} ", "the ", "The "), 0, match.start())
    ]
    return bool(rest and bare)


def is_thing_here(text: str, end: int) -> bool:
    """Whether the words right behind a name can only belong to a company or a thing."""
    return NO_PERSON.match(text, end) is not None
