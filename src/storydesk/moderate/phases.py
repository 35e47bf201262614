"""The phases of screening: each looks at one thing and says, with its reason, what it thinks of a comment.

A phase is a plain function ``(read, settings) -> Finding | None``; ``PHASES`` names them all in the order in which they
speak. A desk leaves some out, or sets their limits, through ``Settings``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from storydesk.model import Reason
from storydesk.moderate.context import copied, language, off_topic, rate
from storydesk.moderate.meaning import abusive_meaning
from storydesk.moderate.phase import LIKELY, SUSPECT, Finding, Phase, Read, Settings
from storydesk.moderate.private import find_private
from storydesk.moderate.threats import find_threats
from storydesk.moderate.words import Word, read_words

__all__ = ["ABUSIVE_WORD", "PHASES", "toxic_stretches"]

COARSE = 0.6

SHOUTED_WORDS = 5
"""Fewer words in capitals may be a name or an acronym."""

REPEATED_WORDS = 4
FEWEST_WORDS = 12
VARIETY = 0.35
"""Of a dozen words or more at least this share must differ."""

SPAMMED_LINKS = 6

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>]+|\b[\w-]+\.(?:com|net|org|info|biz|ru|xyz|top|shop|click)\b(?:/\S*)?", re.IGNORECASE
)
ABUSIVE_WORD = 0.3
"""Probability from which a word counts as what is abusive; best character F1 on the four fifths that were learned
from."""

MARKED = 6
"""Abusive stretches named in a verdict."""


def length(read: Read, settings: Settings) -> Finding | None:
    """Nothing said, or more than the desk takes."""
    size = len(read.text.strip())
    if size > settings.longest:
        return Finding("hold", SUSPECT, (Reason("too long", settings.longest, len(read.text)),))
    if size < settings.shortest or not read.words:
        return Finding("hold", SUSPECT, (read.whole("too short"),))
    return None


def repeats(read: Read, _: Settings) -> Finding | None:
    """One word or phrase over and over."""
    forms = [word.form for word in read.words]
    run = 1
    for index in range(1, len(forms)):
        run = run + 1 if forms[index] == forms[index - 1] else 1
        if run >= REPEATED_WORDS:
            first = read.words[index - run + 1]
            return Finding("hold", SUSPECT, (Reason("repeats", first.start, read.words[index].end),))
    if len(forms) >= FEWEST_WORDS and len(set(forms)) < VARIETY * len(forms) ** 0.9:
        return Finding("hold", SUSPECT, (read.whole("repeats"),))
    return None


def shouting(read: Read, settings: Settings) -> Finding | None:
    """Mostly capitals."""
    written = [read.text[word.start : word.end] for word in read.words]
    loud = sum(len(word) > 1 and word.isupper() for word in written)
    if loud >= SHOUTED_WORDS and loud > settings.capitals * len(written):
        return Finding("hold", SUSPECT, (read.whole("shouting"),))
    return None


def links(read: Read, settings: Settings) -> Finding | None:
    """More links than the desk allows; many are spam."""
    found = [match.span() for match in ADDRESS.finditer(read.text) if not _in_e_mail(read.text, match.start())]
    if len(found) <= settings.links:
        return None
    reasons = tuple(Reason("links", *span) for span in found)
    return Finding("reject", 0.99, reasons) if len(found) >= SPAMMED_LINKS else Finding("hold", LIKELY, reasons)


def blocked(read: Read, settings: Settings) -> Finding | None:
    """Words the desk blocks, whatever their disguise; an asterisk in a comment stands for any letter."""
    if not settings.blocked:
        return None
    wanted = _blocked(settings.blocked)
    reasons = tuple(Reason("blocked word", word.start, word.end) for word in read.words if _matches(word, wanted))
    return Finding("hold", 0.9, reasons) if reasons else None


def coarse(read: Read, _: Settings) -> Finding | None:
    """Words of sex, excrement and contempt (``coarse.txt``), whatever their disguise."""
    listed = _coarse()
    reasons = tuple(Reason("coarse", word.start, word.end) for word in read.words if listed.fullmatch(word.form))
    return Finding("hold", COARSE, reasons[:MARKED]) if reasons else None


def personal(read: Read, _: Settings) -> Finding | None:
    """E-mail addresses, telephone and card numbers, street addresses: not the writer's alone to give away."""
    reasons = tuple(Reason(*found) for found in find_private(read.text))
    return Finding("hold", LIKELY, reasons) if reasons else None


def threat(read: Read, _: Settings) -> Finding | None:
    """Harm announced, demanded or wished for."""
    reasons = tuple(Reason("threat", *span) for span in find_threats(read.text))
    return Finding("hold", 0.9, reasons[:MARKED]) if reasons else None


def abuse(read: Read, settings: Settings) -> Finding | None:
    """Insult and hate, as the classifier judges; the reasons are the words that weigh most. A comment in another
    language than English is judged by its meaning, where there is an encoder, and no words of it are named."""
    if read.encode is not None and read.language not in (None, "en"):
        score = abusive_meaning(read.text, read.encode)
        if score < settings.hold_at:
            return Finding("publish", score)
        return Finding("hold", score, (read.whole("abuse, by meaning"),))
    score = max(read.judgement.abuse, read.judgement.hate)
    if score < settings.hold_at:
        return Finding("publish", score)
    rule = "hate" if read.judgement.hate >= settings.hold_at else "abuse"
    spans = toxic_stretches(read.text, read.words, read.judgement.words, ABUSIVE_WORD)[:MARKED]
    reasons = tuple(Reason(rule, *span) for span in spans) or (_heaviest(read, rule),)
    return Finding("reject" if read.judgement.abuse >= settings.reject_at and spans else "hold", score, reasons)


PHASES: dict[str, Phase] = {
    "length": length,
    "repeats": repeats,
    "shouting": shouting,
    "links": links,
    "rate": rate,
    "copied": copied,
    "blocked": blocked,
    "coarse": coarse,
    "personal": personal,
    "threat": threat,
    "abuse": abuse,
    "language": language,
    "off topic": off_topic,
}
"""Every phase by name, in the order in which they speak."""


def toxic_stretches(
    text: str, words: Sequence[Word], probabilities: Sequence[float], least: float
) -> list[tuple[int, int]]:
    """Stretches of abusive words: offsets of each run, where nothing but blanks and signs lies between."""
    found: list[tuple[int, int]] = []
    previous = -2
    for index, (word, probability) in enumerate(zip(words, probabilities, strict=True)):
        if probability < least:
            continue
        if previous == index - 1 and found and not _breaks(text[found[-1][1] : word.start]):
            found[-1] = (found[-1][0], word.end)
        else:
            found.append((word.start, word.end))
        previous = index
    return found


def _breaks(between: str) -> bool:
    return any(sign in ".!?\n" for sign in between)


def _heaviest(read: Read, rule: str) -> Reason:
    if not read.words:
        return read.whole(rule)
    best = max(range(len(read.words)), key=lambda index: read.judgement.words[index])
    return Reason(rule, read.words[best].start, read.words[best].end)


def _in_e_mail(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "@."


@cache
def _coarse() -> re.Pattern[str]:
    lines = files("storydesk.moderate").joinpath("coarse.txt").read_text("utf-8").splitlines()
    entries = (re.escape(line) for line in lines if line and not line.startswith("#"))
    return re.compile("|".join(rf"{entry[:-2]}\w*" if entry.endswith(r"\*") else f"{entry}s?" for entry in entries))


@lru_cache(maxsize=64)
def _blocked(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_single(word.form) for entry in words for word in read_words(entry))


def _matches(word: Word, wanted: frozenset[str]) -> bool:
    forms = {_single(word.form)}
    if word.end - word.start > len(word.form):
        forms.add(_single(word.form[1:]))  # letters kept apart after an article: "a f o o l"
    if any("*" in form for form in forms):
        patterns = [re.compile(re.escape(form).replace(r"\*", r"\w")) for form in forms]
        return any(pattern.fullmatch(blocked) for pattern in patterns for blocked in wanted)
    return not forms.isdisjoint(wanted)


def _single(form: str) -> str:
    """A form with every doubled letter once, so that "fooool" and "fool" meet."""
    return re.sub(r"(.)\1+", r"\1", form)
