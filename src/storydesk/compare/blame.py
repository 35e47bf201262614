"""Blame: whom or what accounts hold responsible for one thing, where they name different ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storydesk.compare.analysis import Analysis, Sentence, once_a_line
from storydesk.compare.frames import Framed, framed, in_one_frame, joined
from storydesk.compare.layout import Layout
from storydesk.compare.words import content, is_content, stem, words
from storydesk.language import Encoder
from storydesk.model import Span

__all__ = ["blamed"]

_stop = (
    r"(?:for|in|at|on|near|after|before|who|which|that|when|while|as|because|and|but|to|during|by|with|from|since|over|last|this"
    r"|said|says|saying|told|was|were|is|are|has|had|have|will|would|could|according|yesterday|early|late|today"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_phrase = rf"(?:\b(?!{_stop})[\w'’-]+(?:\s(?!{_stop})[\w'’-]+){{0,4}})"
_word = rf"(?!or\b|into\b|not\b|\w+(?:ly|ing)\b)\b(?!{_stop})[\w'’-]+"
_subject = rf"(?:^|[,;:—“\"]\s?|\b{_stop}\s)(?P<who>{_word}(?:\s{_word}){{0,3}})"
_done = (
    r"(?:opened fire|shelled|bombed|ambushed|attacked|fired (?:on|at|the|a)|shot|killed|carried out|launched|struck"
    r"|hit|started|set fire|stormed|burned|seized)"
)
_acted = r"(?:carried out|fired|shot|killed|attacked|bombed|shelled|ambushed|launched|started|stormed|burned|seized)"

ON = re.compile(rf"\bblam(?:e|es|ed|ing)\b(?:\s(?!on\b)\S+){{0,8}}\son\s(?P<who>{_phrase})", re.I)
BLAMED = re.compile(rf"\bblam(?:e|es|ed|ing)\s(?!on\b)(?P<who>{_phrase})", re.I)
CAUSED = re.compile(
    rf"\b(?:caused|triggered|sparked|set off|brought about|started)\sby\s(?P<who>{_phrase})"
    rf"|\b(?:attributed|due|put down)\sto\s(?P<who_>{_phrase})"
    rf"|\b(?:result of|responsibility (?:on|of))\s(?P<who__>{_phrase})",
    re.I,
)
CAUSES = re.compile(rf"{_subject}\s(?:had\s)?(?:caused|triggered|sparked|set off)\b", re.I)
ACCUSED = re.compile(rf"\baccus(?:e|es|ed|ing)\s(?P<who>{_phrase})\sof\b", re.I)
DONE = re.compile(rf"{_subject}\s(?:had\s|have\s|has\s)?{_done}\b|\b{_acted}\sby\s(?P<who_>{_phrase})", re.I)
"""Ways to say who or what is to blame; ``DONE`` says who did it and counts only between sides."""

CUE = re.compile(
    rf"\b(?:blam|caus|trigger|spark|set off|brought about|due to|put down|attribut|result of|responsib|accus|{_done}"
    rf"|{_acted}\b)",
    re.I,
)
"""A sentence without any of these blames nobody and is not looked at more closely."""

_SIDES = (
    "army soldier troop military navy airforce marine commando",
    "police officer policemen policeman constable",
    "rebel insurgent militant separatist guerrilla militia jihadist",
    "protester demonstrator rioter marcher crowd mob",
    "gang smuggler cartel bandit robber poacher trafficker pirate",
    "settler villager farmer resident herder",
)
SIDES = {stem(word): n for n, line in enumerate(_SIDES) for word in line.split()}
"""Whom the news tells of as sides, by the stems of the words for them. Others ("a gunman") may be anybody."""

_PRONOUNS = "he she it they them him her us we you i this that these those who what which one others both"
PRONOUNS = frozenset(_PRONOUNS.split())

_Found = tuple[Span, frozenset[str], bool, bool]
"""Where a sentence names who or what is to blame, its stems, whether it is a deed, and whether a name stands in it."""

ALIKE = 0.55
"""Cosine of meaning from which two causes are taken for one ("an electrical fault", "faulty wiring")."""


@dataclass(frozen=True, slots=True)
class _Blamed:
    """Who or what is held responsible; ``side`` the sides that its words name, where it is a deed."""

    around: Framed
    stems: frozenset[str]
    deed: bool
    named: bool


def blamed(layout: Layout, encode: Encoder) -> list[list[Framed]]:
    """Those held responsible for one thing by different accounts, neither of which also holds the other responsible."""
    found = [
        _Blamed(framed(layout, index, span), stems, deed, named)
        for index, (span, stems, deed, named) in layout.each(_of_line)
    ]
    pairs = []
    for first, second in in_one_frame(layout, [one.around for one in found], [one.stems for one in found]):
        one, two = found[first], found[second]
        if one.deed == two.deed and one.named == two.named and not _known(found, one, two) and _other(one, two, encode):
            pairs.append((one.around, two.around))
    return [sorted(several, key=_place) for several in joined(pairs, _place)]


def _place(around: Framed) -> tuple[int, Span]:
    return around.index, around.span


@once_a_line
def _of_line(_: Analysis, line: Sentence) -> Sequence[_Found]:
    return _in_sentence(line.passage.text)


@lru_cache(maxsize=16_384)
def _in_sentence(text: str) -> tuple[_Found, ...]:
    return tuple(_found(text)) if CUE.search(text) else ()


def _found(text: str) -> Iterator[_Found]:
    taken: list[Span] = []
    for pattern in (ON, BLAMED, CAUSED, CAUSES, ACCUSED, DONE):
        for match in pattern.finditer(text):
            name = next(name for name, words_ in match.groupdict().items() if words_)
            span = _trimmed(text, Span(*match.span(name)))
            stems = frozenset(content(span.of(text)))
            if not stems or any(span.overlaps(other) for other in taken) or span.of(text).casefold() in PRONOUNS:
                continue
            taken.append(span)
            deed = pattern is DONE
            if not deed or _sides(stems):
                yield span, stems, deed, _is_name(text, span)


def _trimmed(text: str, span: Span) -> Span:
    """The span up to its last word that says something; of a long subject only its last words."""
    found = [where for where, word in words(span.of(text)) if is_content(word)]
    return Span(span.start, span.start + found[-1].end) if found else span


def _is_name(text: str, span: Span) -> bool:
    """Whether a name stands in the words: a capital that does not only begin the sentence."""
    return bool(re.search(r"(?<!^)\b[A-Z]", text[: span.end][span.start - 1 if span.start else 0 :]))


def _sides(stems: frozenset[str]) -> frozenset[int]:
    return frozenset(SIDES[stem_] for stem_ in stems if stem_ in SIDES)


def _known(found: Sequence[_Blamed], one: _Blamed, two: _Blamed) -> bool:
    """Whether either account also holds the other's responsible."""
    at = {one.around.line.at: two.stems, two.around.line.at: one.stems}
    return any(other.stems & at.get(other.around.line.at, frozenset()) for other in found)


def _other(one: _Blamed, two: _Blamed, encode: Encoder) -> bool:
    if one.stems & two.stems:
        return False
    if one.deed or (_sides(one.stems) and _sides(two.stems)):
        return not _sides(one.stems) & _sides(two.stems)
    ours, theirs = encode([one.around.words, two.around.words])
    return float(ours @ theirs) < ALIKE
