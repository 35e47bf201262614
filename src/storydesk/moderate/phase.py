"""What a phase of screening is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from storydesk.language import Encoder, guess
from storydesk.model import Comment, Decision, Reason
from storydesk.moderate.classifier import Judgement, judge
from storydesk.moderate.words import Word, read_words

__all__ = ["LIKELY", "SUSPECT", "Finding", "Phase", "Read", "Settings"]

SUSPECT, LIKELY = 0.4, 0.8
"""Scores of phases that only ask for a look, and of phases that are rarely wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a desk allows. ``trust_after`` published comments an author's next is published where no phase objects; 0
    trusts nobody.

    ``hold_at`` and ``reject_at`` are the probabilities of abuse from which a comment is held with that reason, and
    rejected. ``rate`` is how many comments somebody may send in the minutes that the desk counts, ``copies`` how often
    the same words may stand elsewhere before they are rejected. Where the desk names ``languages`` (BCP 47 codes), a
    comment in any other is held.
    """

    shortest: int = 2
    longest: int = 5_000
    links: int = 2
    capitals: float = 0.7
    rate: int = 5
    copies: int = 3
    blocked: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hold_at: float = 0.5
    reject_at: float = 0.985
    trust_after: int = 3
    phases: tuple[str, ...] = (
        "length",
        "repeats",
        "shouting",
        "links",
        "rate",
        "copied",
        "blocked",
        "coarse",
        "personal",
        "threat",
        "abuse",
        "language",
        "off topic",
    )


LATIN_END = "\u0250"
"""The first code point past the Latin letters of European languages."""

FEWEST_WORDS = 5
"""Fewer words are of no language for sure: "no comment", "lol", a name."""

ENGLISH = frozenset(("the", "and", "you", "that", "this", "with", "have", "they", "their", "your", "what", "would"))
TWO = 2
"""So many different ones of these words make a comment English without asking further, which is most of the work."""

SAMPLE = 100
"""Code points looked at."""

SURE = 0.5
"""How sure the detection must be: jargon and jests come out as Dutch or Luxembourgish, and less surely."""


@dataclass(frozen=True)
class Read:
    """A comment with its words, what the classifier says of them, and the encoder of meanings, where there is one."""

    comment: Comment
    words: tuple[Word, ...]
    judgement: Judgement
    encode: Encoder | None = None

    @classmethod
    def of(cls, comment: Comment, encode: Encoder | None = None) -> Read:
        """Reads a comment once for all phases."""
        words = read_words(comment.text)
        return cls(comment, tuple(words), judge(words), encode)

    @property
    def text(self) -> str:
        """The comment's text."""
        return self.comment.text

    def whole(self, rule: str) -> Reason:
        """The reason of a phase that speaks of the comment as a whole."""
        return Reason(rule, 0, len(self.text))

    @cached_property
    def language(self) -> str | None:
        """The language it is surely in (BCP 47); a few words in Latin letters do not say."""
        if len(ENGLISH.intersection(word.form for word in self.words)) >= TWO:
            return "en"
        sample = " ".join(self.text[:SAMPLE].split())
        if len(self.words) < FEWEST_WORDS and _is_latin(sample):
            return None
        found, sure = guess(sample)
        return found if sure >= SURE else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One phase's partial verdict: how likely unfit, 0 to 1, what it asks for, and the words it rests on."""

    decision: Decision
    score: float
    reasons: tuple[Reason, ...] = ()


Phase = Callable[[Read, Settings], Finding | None]


def _is_latin(text: str) -> bool:
    letters = "".join(filter(str.isalpha, text))
    return 2 * sum(letter < LATIN_END for letter in letters) >= len(letters)
