"""Only here: the sentences and clauses that one origin tells and no other, as far as was read.

A claim that somebody alone tells something must hold, so it needs three things: most of the words that make it up
stand in no rival's text, nothing of a rival's comes near it in meaning, and the rivals were read well enough to say
so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from storydesk.compare.analysis import PREFIX
from storydesk.compare.clauses import clauses
from storydesk.compare.closeness import Neighbours
from storydesk.compare.layout import Group, Layout, Line
from storydesk.compare.passages import dateline, passage
from storydesk.compare.words import content
from storydesk.coverage import Difference, Passage, Utterance
from storydesk.language import Encoder
from storydesk.model import Span

__all__ = ["FAR", "only_here", "well_read"]


class Need(NamedTuple):
    """The least of own words: their share of the weight, and their number."""

    share: float
    words: int

    def met(self, own: Need) -> bool:
        """Whether ``own`` reaches both."""
        return own.share >= self.share and own.words >= self.words


FAR = 0.2
"""A line this close to a rival's may well tell the same thing in part: then only its clauses are looked at."""

LEADS = 0.35
"""First lines of two origins this near in meaning, by cosine, tell one event, however differently it is put."""

JOINT = re.compile(r"(?:and|but|while|because|adding that|that|as|which|who)\s")
"""What binds a clause to the one before and is no part of what it tells."""

CLAUSE_WORDS = 6
"""A shorter clause is not understood without its sentence."""

_VERBS = """
is are was were has have had will would can could may might must should do does did said says told tells went came comes
took takes made makes got gets gave gives found left began became held kept led lost met paid ran saw sent shot sold
spoke spent stood struck taught thought threw won wrote fell felt flew grew knew rose built brought bought caught
"""
VERB = re.compile(rf"\b(?:{'|'.join(_VERBS.split())}|\w+ed)\b|n['’]t\b|\w['’](?:ve|re|ll|d|m)\b")
"""What an English clause has one of where it claims something; "a local musician" does not."""

SAID = re.compile(r"\W(?:said|says|told \w+|added)\W*$")
"""The end of a clause that says who speaks and not what."""

NO_PROSE = re.compile(
    r"(?:Photos?:|[(●•*]|\d{1,3}\s?(?:/|of)\s?\d{1,3})\s?|.*(?:\s[|●•]\s|\sSkip\s|(?:\s[-–]\s.*){4})", re.DOTALL
)
"""What no account tells as its own: captions of a series of pictures, which seldom show the event alone, lists and the
words of a page's controls."""

FINISHED = tuple(".!?…。！？؟।”\"»’')")
"""How a sentence ends; what ends otherwise is a caption, a heading or a button."""

FAR_IN_MEANING = 0.5
"""What is this near to a rival's sentence in meaning, by cosine, is not told by one alone, whatever its words."""

ABOUT = 0.25
"""The least cosine of a line with one of a rival's: what is further off is hardly about the event but an advertisement
or another story."""

LINE = Need(0.4, 5)
CLAUSE = Need(0.6, 3)
CLAUSES = Need(0.6, 6)
"""What a line, a clause, and a clause with its neighbours need of words that no rival uses: their share of the weight
of its content words, and their number, since with few of them other words for the same would do."""

FIGURE = re.compile(r"(?!(?:19|20)\d\d$)\d[\d.]{2,}$")
"""A figure that tells of one thing only: of three digits or more, and no year."""

FEWEST_READ = 30
"""Words of an item from which it can be said to have left something out."""

MOST_READ = 0.5
"""The share of rival origins that must be well read before anything is called told by one alone."""


def only_here(
    layout: Layout,
    near: Neighbours,
    groups: Sequence[Group],
    said: Sequence[Utterance],
    encode: Encoder,
    differing: Sequence[Difference] = (),
) -> list[list[Passage]]:
    """What one origin alone tells, in the order of the layout: whole lines or clauses, with their reprints beside them.

    ``near`` holds what is nearer than ``FAR``, ``groups`` are the lines that tell the same, ``said`` the utterances,
    whose shared wordings nobody has alone, ``differing`` the differences, which several tell each in its own way.
    """
    common = _told_by_several(layout)
    quoted = _quoted_by_several(said)
    for side in (side for difference in differing for side in difference.sides):
        quoted.setdefault(side.passage.item, []).append(Span(side.passage.start, side.passage.end))
    leads = _leads(layout)
    group_of = {index: group for group in groups for index in group}
    read = _read(layout)
    near_a_rival = set(np.flatnonzero(near.elsewhere.any(axis=1)).tolist())
    claiming = {origin for origin in layout.origins if well_read(layout, origin, read)}
    strange = {stem for stem in layout.weights if stem[:PREFIX] not in common}
    whole: list[tuple[int, Span]] = []
    parts: list[tuple[int, Span]] = []
    for index, line in enumerate(layout.lines):
        if line.origin not in claiming or index in leads or not _claims(line.passage.text):
            continue
        together = group_of.get(index, (index,))
        lone = index not in near_a_rival and not any(
            other in near_a_rival or layout.lines[other].origin != line.origin for other in together
        )
        parted = len(line.stems & strange) >= CLAUSES.words
        if not (lone or parted):
            continue  # most lines
        taken = [span for span in quoted.get(line.passage.item, ()) if span.overlaps(line.span)]
        if lone and not taken and LINE.met(_own(layout, line.passage.text, common)):
            whole.append((index, line.span))
        elif parted:
            clear = [s for s in _own_clauses(layout, line, common) if not any(s.overlaps(other) for other in taken)]
            text = layout.accounts[line.at].item.text
            parts.extend((index, _unbound(text, s)) for s in clear if _stands(s.of(text), line.language))
    return _with_reprints(layout, group_of, sorted(_unlike(layout, [*whole, *parts], encode)))


@lru_cache(maxsize=16_384)
def _claims(sentence: str) -> bool:
    return sentence.endswith(FINISHED) and not NO_PROSE.match(sentence)


def _stands(clause: str, language: str | None) -> bool:
    if len(clause.split()) < CLAUSE_WORDS:
        return False
    return language not in ("en", None) or bool(VERB.search(SAID.sub("", clause)))


def _leads(layout: Layout) -> set[int]:
    """The first lines of accounts that tell what the first line of another origin tells: the event itself."""
    starts = np.array([first for first, end in pairwise(layout.bounds) if first < end], np.intp)
    origin = layout.origin_of_lines()[starts]
    close = layout.vectors[starts] @ layout.vectors[starts].T
    close[origin[:, None] == origin[None, :]] = 0
    return set(starts[close.max(axis=1, initial=0) >= LEADS].tolist())


def _with_reprints(
    layout: Layout, group_of: Mapping[int, Group], found: Sequence[tuple[int, Span]]
) -> list[list[Passage]]:
    """The same words, or grouped lines, of one origin as one row: a cell an item."""
    rows: dict[object, dict[str, Passage]] = {}
    for index, span in found:
        line = layout.lines[index]
        words = passage(layout.accounts[line.at].item, span)
        key = group_of[index] if index in group_of and span == line.span else (line.origin, content(words.text))
        rows.setdefault(key, {}).setdefault(words.item, words)
    return [list(row.values()) for row in rows.values()]


def _quoted_by_several(said: Sequence[Utterance]) -> dict[str, list[Span]]:
    """Where each item has words that another origin has as well."""
    found: dict[str, list[Span]] = {}
    for wording in (wording for utterance in said if len(utterance.origins) > 1 for wording in utterance.wordings):
        found.setdefault(wording.passage.item, []).append(Span(wording.passage.start, wording.passage.end))
    return found


def well_read(layout: Layout, origin: str, read: Set[str] | None = None) -> bool:
    """Whether most of an origin's rivals were read well enough to say that they left something out.

    ``read`` are the origins read so, where that is known already.
    """
    rivals = len(layout.origins) - 1
    read = _read(layout) if read is None else read
    return rivals > 0 and len(read) - (origin in read) >= MOST_READ * rivals


def _read(layout: Layout) -> set[str]:
    return {
        layout.origin_of[told.account.item.id]
        for told in layout.analyses
        if not told.account.item.partial and told.words >= FEWEST_READ
    }


def _told_by_several(layout: Layout) -> set[str]:
    """The beginnings of content words that several origins use in title or text."""
    by_origin: dict[str, frozenset[str]] = {}
    for told in layout.analyses:
        origin = layout.origin_of[told.account.item.id]
        by_origin[origin] = by_origin[origin] | told.prefixes if origin in by_origin else told.prefixes
    met: set[str] = set()
    several: set[str] = set()
    for prefixes in by_origin.values():
        several |= met & prefixes
        met |= prefixes
    return several


def _own(layout: Layout, text: str, common: Set[str]) -> Need:
    stems = _stems(text)
    own = [stem for stem in stems if stem[:PREFIX] not in common]
    if not own or any(FIGURE.match(stem) for stem in stems.difference(own)):
        return Need(0.0, 0)
    weight = layout.weights.get
    return Need(sum(weight(stem, 1.0) for stem in own) / (sum(weight(stem, 1.0) for stem in stems) or 1.0), len(own))


@lru_cache(maxsize=16_384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content(text))


def _own_clauses(layout: Layout, line: Line, common: Set[str]) -> Iterator[Span]:
    """The clauses of a line that are mostly in words of its own, neighbours as one; none where all are."""
    start = line.span.start + dateline(line.passage.text)
    parts = clauses(line.passage.text[start - line.span.start :])
    spans = [Span(start + part.start, start + part.end) for part in parts]
    text = layout.accounts[line.at].item.text
    own = [CLAUSE.met(_own(layout, span.of(text), common)) for span in spans]
    if all(own):
        return  # the whole line, which is near a rival's
    for ours, run in groupby(zip(own, spans, strict=True), key=itemgetter(0)):
        together = [span for _, span in run]
        whole = Span(together[0].start, together[-1].end)
        if ours and CLAUSES.met(_own(layout, whole.of(text), common)):
            yield whole


def _unbound(text: str, clause: Span) -> Span:
    joint = JOINT.match(text, clause.start, clause.end)
    return Span(joint.end(), clause.end) if joint else clause


def _unlike(layout: Layout, found: Sequence[tuple[int, Span]], encode: Encoder) -> list[tuple[int, Span]]:
    """Those lines and clauses that are about what rivals tell, and whose meaning none of their lines comes near."""
    texts = [
        "" if span == layout.lines[index].span else span.of(layout.accounts[layout.lines[index].at].item.text)
        for index, span in found
    ]
    if not found:
        return []
    own = layout.vectors[[index for index, _ in found]]
    origin = layout.origin_of_lines()
    others = origin[[index for index, _ in found]][:, None] != origin[None, :]
    about = ((own @ layout.vectors.T) * others).max(axis=1) >= ABOUT
    parts = np.array([bool(text) for text in texts])
    meant = np.where(parts[:, None], encode(texts), own)
    unlike = ((meant @ layout.vectors.T) * others).max(axis=1) < FAR_IN_MEANING
    return [one for one, kept in zip(found, about & unlike, strict=True) if kept]
