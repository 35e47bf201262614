"""How certain a sentence says something is: confirmed, denied, alleged, negated or told as a fact, as far as plain
words show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from storydesk.compare.analysis import Analysis, Sentence, once_a_line
from storydesk.compare.frames import Framed, framed, in_one_frame
from storydesk.compare.layout import Layout
from storydesk.compare.words import is_content, stem, words
from storydesk.model import Span

__all__ = ["certainties", "certainties_clash"]

SURE = re.compile(r"\b(?:confirm(?:s|ed|ing)?|acknowledg(?:e|es|ed)|admit(?:s|ted))\b", re.I)
DOUBT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed)|reject(?:s|ed)? (?:the |any )?(?:claim|report|allegation)s?"
    r"|alleged(?:ly)?|reportedly|unconfirmed|rumou?red|purported(?:ly)?"
    r"|(?:(?:could|can|has|have|had|was|were|is|are|did|does) )?(?:not|n['’]t|yet to|unable to) (?:be |been )?"
    r"(?:immediately |independently )?(?:confirm|verif)\w+)\b",
    re.I,
)
"""Words of certainty in English; other languages show no difference of certainty yet."""

_AUX = r"(?:(?:has|have|had|was|were|is|are|will|would|did|does|do|been|be|being|can)\s)*"
_BE = r"(?:has|have|had|was|were|is|are|will|did|does|do|wo)"
MARKED = re.compile(
    rf"\b{_AUX}(?P<hedge>allegedly|reportedly|purportedly|supposedly|(?:alleged|believed|reported|rumou?red) to)\s"
    rf"{_AUX}|\b{_BE}\s(?:been\s|be\s)*(?P<not>not)\s(?!only\b|yet\b){_AUX}|\b{_BE}(?P<n_t>n['’]t)\s{_AUX}",
    re.I,
)
"""Before a verb: that it is only alleged, or that it is not so."""

AUX_BEFORE = re.compile(rf"\b{_AUX}$", re.I)

OPEN = re.compile(
    r"\b(?:if|whether|would|could|may|might|should|unless|suspected|accus\w+|apparent(?:ly)?|possibl[ye]|(?:un)?likely|not|no|never"
    r"|\w+n['’]t|without|neither)\b|\?",
    re.I,
)
"""In a sentence: it does not plainly tell a fact."""

HEARD = re.compile(
    r"\b(?:said|says?|saying|according|told|tells|claim(?:s|ed)?|alleg\w+|report(?:s|edly)|believ\w+|wrote|argued)\b",
    re.I,
)
"""In a sentence: somebody says so, whom the account need not believe."""

RELATIVE = re.compile(r"\b(?:who|which|that|those|to)\s$", re.I)
"""Before a verb: it is said of some among others, or is an infinitive."""

_LIGHT = "go do have mak tak get com know see giv us want think need seem look find feel"
LIGHT = frozenset(_LIGHT.split())
"""Stems of verbs that say too little alone: who "did not go so far" denies nothing."""

TOGETHER = timedelta(days=3)
"""Between publications over which the certainty of one thing is compared: later ones tell of the next thing."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A verb in a line with what marks it: "hedge", "not", or "" where it is told as a fact; ``heard`` where somebody
    says so."""

    around: Framed
    verb: str
    mark: str
    heard: bool


def certainties_clash(first: str, second: str) -> tuple[Span, Span] | None:
    """The words by which one sentence confirms what the other denies or leaves open, in the order of the arguments.

    A sentence that has both ("denied reports, later confirmed") is on neither side.
    """
    (sure, doubt), (other_sure, other_doubt) = _sure_and_doubt(first), _sure_and_doubt(second)
    if sure and not doubt and other_doubt and not other_sure:
        return Span(*sure.span()), Span(*other_doubt.span())
    if doubt and not sure and other_sure and not other_doubt:
        return Span(*doubt.span()), Span(*other_sure.span())
    return None


def certainties(layout: Layout) -> Iterator[tuple[Framed, Framed]]:
    """Pairs of words by which one account alleges or negates what another tells as a fact, the marked ones first."""
    marked = [
        _Told(framed(layout, index, span), verb, mark, False) for index, (span, verb, mark) in layout.each(_marked)
    ]
    verbs = frozenset(told.verb for told in marked)
    forms = frozenset(told.around.words.split()[-1] for told in marked)
    plain = [told for index, heard in layout.each(_facts) for told in _plain(layout, index, heard, verbs, forms)]
    found = [*marked, *plain]
    for first, second in in_one_frame(layout, [told.around for told in found], [bool(told.mark) for told in found]):
        one, two = found[first], found[second]
        differ = one.verb == two.verb and one.mark and not two.mark and (one.mark == "not" or not two.heard)
        if differ and _apart(layout, one, two) <= TOGETHER:
            yield one.around, two.around


def _apart(layout: Layout, one: _Told, two: _Told) -> timedelta:
    ours, theirs = (layout.accounts[told.around.line.at].item.published for told in (one, two))
    return abs(ours - theirs) if ours and theirs else timedelta()


@once_a_line
def _marked(_: Analysis, line: Sentence) -> Sequence[tuple[Span, str, str]]:
    """The marked verbs of a line."""
    return _marks(line.passage.text)


@once_a_line
def _facts(_: Analysis, line: Sentence) -> Sequence[bool]:
    """Of a line that plainly tells a fact, whether somebody says so; of others nothing."""
    text = line.passage.text
    return [bool(HEARD.search(text))] if _tells_a_fact(text) else ()


@lru_cache(maxsize=16_384)
def _marks(text: str) -> tuple[tuple[Span, str, str], ...]:
    """The marked verbs of a sentence: where mark and verb stand, the verb's stem, and the mark."""
    marks = []
    for found in MARKED.finditer(text):
        verb = next(iter(words(text[found.end() :], found.end())), None)
        if verb and is_content(verb[1]) and stem(verb[1]) not in LIGHT and not RELATIVE.search(text, 0, found.start()):
            mark = "hedge" if found["hedge"] else "not"
            marks.append((Span(found.start(), verb[0].end), stem(verb[1]), mark))
    return tuple(marks)


@lru_cache(maxsize=16_384)
def _tells_a_fact(text: str) -> bool:
    return not (OPEN.search(text) or MARKED.search(text) or DOUBT.search(text))


def _plain(layout: Layout, index: int, heard: bool, verbs: frozenset[str], forms: frozenset[str]) -> Sequence[_Told]:
    """Of what a line tells as facts that which has one of these verbs, and one of these forms where it may be no
    verb."""
    line = layout.lines[index]
    if line.stems.isdisjoint(verbs):
        return ()
    text = line.passage.text
    found = sorted((where, verb, word) for verb in line.stems & verbs for where, word in _told_as_fact(text, verb))
    return [
        _Told(framed(layout, index, span), verb, "", heard) for span, verb, word in found if not word or word in forms
    ]


@lru_cache(maxsize=16_384)
def _told_as_fact(text: str, verb: str) -> tuple[tuple[Span, str], ...]:
    """Where a sentence has a verb, with what goes before it, and the form in which it may be no verb, "" where it
    surely is one."""
    told = []
    for where, word in words(text):
        if stem(word) == verb and is_content(word):
            before = AUX_BEFORE.search(text, 0, where.start)
            span = Span(before.start() if before else where.start, where.end)
            if not RELATIVE.search(text, 0, span.start):
                told.append((span, "" if (before and before.group()) or word.endswith("ed") else word))
    return tuple(told)


@lru_cache(maxsize=16_384)
def _sure_and_doubt(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    return SURE.search(text), DOUBT.search(text)
