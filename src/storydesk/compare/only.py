"""Only here: the sentences and clauses that one origin tells and no other, as far as was read.

A claim that somebody alone tells something must hold, so it needs three things: most of the words that make it up
stand in no rival's text, nothing of a rival's comes near it in meaning, and the rivals were read well enough to say
so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
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


FAR = 0.4
"""A line this close to a rival's may well tell the same thing in part: then only its clauses are looked at."""

LEADS = 0.35
"""First lines of two origins this near in meaning, by cosine, tell one event, however differently it is put."""

JOINT = re.compile(r"(?:and|but|while|because|adding that|that|as|which|who)\s")
"""What binds a clause to the one before and is no part of what it tells."""

CLAUSE_WORDS = 6
"""A shorter clause is not understood without its sentence."""

FINISHED = tuple(".!?…。！？؟।”\"»’')")
"""How a sentence ends; what ends otherwise is a caption, a heading or a button."""

CLAUSE_FAR = 0.65
"""A clause with the same meaning as a rival's sentence, by cosine, is not told by one alone, whatever its words."""

LINE = Need(0.4, 4)
CLAUSE = Need(0.6, 3)
"""What a line and a clause need of words that no rival uses: their share of the weight of its content words, and their
number, since with few of them other words for the same would do."""

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
    tellers = _tellers(layout)
    quoted = _quoted_by_several(said)
    for side in (side for difference in differing for side in difference.sides):
        quoted.setdefault(side.passage.item, []).append(Span(side.passage.start, side.passage.end))
    leads = _leads(layout)
    group_of = {index: group for group in groups for index in group}
    read = _read(layout)
    claiming = {origin for origin in layout.origins if well_read(layout, origin, read)}
    whole: list[tuple[int, Span]] = []
    parts: list[tuple[int, Span]] = []
    for index, line in enumerate(layout.lines):
        if line.origin not in claiming or not line.passage.text.endswith(FINISHED) or index in leads:
            continue
        taken = [span for span in quoted.get(line.passage.item, ()) if span.overlaps(line.span)]
        together = group_of.get(index, (index,))
        lone = not any(near.elsewhere[other] or layout.lines[other].origin != line.origin for other in together)
        if lone and not taken and LINE.met(_own(layout, line, line.span, tellers)):
            whole.append((index, line.span))
        else:
            clear = [s for s in _own_clauses(layout, line, tellers) if not any(s.overlaps(other) for other in taken)]
            text = layout.accounts[line.at].item.text
            parts.extend((index, _unbound(text, s)) for s in clear if len(s.of(text).split()) >= CLAUSE_WORDS)
    return _with_reprints(layout, group_of, sorted([*whole, *_not_meant(layout, parts, encode)]))


def _leads(layout: Layout) -> set[int]:
    """The first lines of accounts that tell what the first line of another origin tells: the event itself."""
    starts = np.flatnonzero(np.diff([-1, *(line.at for line in layout.lines)]))
    origin = np.array([layout.lines[index].origin for index in starts])
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
    rivals = [other for other in layout.origins if other != origin]
    read = _read(layout) if read is None else read
    return bool(rivals) and sum(other in read for other in rivals) >= MOST_READ * len(rivals)


def _read(layout: Layout) -> set[str]:
    return {
        layout.origin_of[told.account.item.id]
        for told in layout.analyses
        if not told.account.item.partial and told.words >= FEWEST_READ
    }


def _tellers(layout: Layout) -> dict[str, str]:
    """The beginning of each content word, to the origin that uses it in title or text; "" where several do."""
    found: dict[str, str] = {}
    for told in layout.analyses:
        origin = layout.origin_of[told.account.item.id]
        for prefix in told.prefixes:
            if found.setdefault(prefix, origin) != origin:
                found[prefix] = ""
    return found


def _own(layout: Layout, line: Line, span: Span, tellers: Mapping[str, str]) -> Need:
    stems = _stems(span.of(layout.accounts[line.at].item.text))
    own = [stem for stem in stems if tellers.get(stem[:PREFIX], line.origin) == line.origin]
    if not own:
        return Need(0.0, 0)
    weight = layout.weights.get
    return Need(sum(weight(stem, 1.0) for stem in own) / (sum(weight(stem, 1.0) for stem in stems) or 1.0), len(own))


@lru_cache(maxsize=16_384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content(text))


def _own_clauses(layout: Layout, line: Line, tellers: Mapping[str, str]) -> Iterator[Span]:
    """The clauses of a line that are mostly in words of its own, neighbours as one; none where it has only one."""
    start = line.span.start + dateline(line.passage.text)
    parts = clauses(line.passage.text[start - line.span.start :])
    run: Span | None = None
    for part in parts if len(parts) > 1 else ():
        span = Span(start + part.start, start + part.end)
        if CLAUSE.met(_own(layout, line, span, tellers)):
            run = Span(run.start, span.end) if run else span
        elif run:
            yield run
            run = None
    if run:
        yield run


def _unbound(text: str, clause: Span) -> Span:
    joint = JOINT.match(text, clause.start, clause.end)
    return Span(joint.end(), clause.end) if joint else clause


def _not_meant(layout: Layout, parts: Sequence[tuple[int, Span]], encode: Encoder) -> list[tuple[int, Span]]:
    """Those of the parts whose meaning no line of another origin comes near."""
    if not parts:
        return []
    origin = np.array([line.origin for line in layout.lines])
    texts = [span.of(layout.accounts[layout.lines[index].at].item.text) for index, span in parts]
    close = encode(texts) @ layout.vectors.T
    close[np.array([origin[index] for index, _ in parts])[:, None] == origin[None, :]] = 0
    return [part for part, nearest in zip(parts, close.max(axis=1), strict=True) if nearest < CLAUSE_FAR]
