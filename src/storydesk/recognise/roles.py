"""What an outlet says that a person is, in its own words: "harbour master" Berit Lund, Ada Brook, "the minister for
fisheries". English only; exactly what stands beside the name, and nothing where that is not plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storydesk.model import Account, Span
from storydesk.recognise.titles import OCCUPATION, before_name

__all__ = ["roles"]

OCCUPATIONS: Final = "".join(OCCUPATION.pattern.split())
WORD: Final = r"[^\W\d_][\w’'-]*"

LAST_WORDS: Final = re.compile(rf"((?:{WORD} ){{1,6}})$")
"""The words right before a name, nothing but spaces between them."""

BEHIND: Final = re.compile(
    r"(?:, (?:aged )?\d{1,3})?, "
    rf"((?:(?:an?|the|its|their|then|former|acting|[A-Z][\w’'-]+[’']s) )?(?:{WORD} ){{0,4}}?(?:{OCCUPATIONS})\b"
    rf"(?: (?:of|for|at|in|to|with|on) (?:{WORD} ){{0,4}}?{WORD})?)(?=[,.;:)”\"]|\n|$)"
)
"""An apposition: from the comma behind the name to the next mark."""

NOT_OF_IT: Final = re.compile(
    "an?|the|and|or|but|of|to|in|at|on|by|for|from|with|as|that|when|while|if|so|than|then|sa(?:id|ys?)|told|tells"
    "|adds|asks|calls|met|meets|is|was|were|are|be|been|ha[sd]|have|did|does|will|would|can|could|may|might|also"
    "|h(?:er|is)|their|its|our|my|your|who|whom|which|about|after|before|between|against|under|over|into|th[ei]se?"
    "|those|this",
    re.IGNORECASE,
)
"""Words that end a title that is read leftwards from a name; so does a verb in -ed."""

DETERMINER: Final = re.compile(r"an?|the|its|their|then|former|acting|[A-Z][\w’'-]+[’']s")

SHORT: Final = 3
"""Words of the longest apposition without an article: "harbour master"."""

FORMS_OF_ADDRESS: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "sir", "dame", "dr", "herr", "frau"})
"""Said of anybody."""


def roles(account: Account, entity: str, names: frozenset[str]) -> Iterator[Span]:
    """Where the text says what a person is, left to right. The person is whom mentions link to ``entity``, or the
    unlinked ones that are called by one of the ``names``."""
    text = account.item.text
    for mention in account.mentions:
        if mention.type != "person" or (mention.entity != entity and (mention.entity or mention.name not in names)):
            continue
        before = _before(text, mention.start)
        behind = BEHIND.match(text, mention.end)
        if before:
            yield before
        if behind and _is_apposition(behind[1]):
            yield Span(*behind.span(1))


def _before(text: str, start: int) -> Span | None:
    """The title right before a name: an occupation, and of the words before it those that belong to it."""
    last = LAST_WORDS.search(text, max(0, start - 80), start)
    if last is None:
        return None
    words = [(match[0], last.start(1) + match.start()) for match in re.finditer(WORD, last[1])]
    taken = 0
    for word, _ in reversed(words):
        title = bool(OCCUPATION.fullmatch(word)) or before_name(f"{word} X") > 0
        if not title and (taken == 0 or not _belongs(word) or (word.islower() and words[-taken][0].istitle())):
            break
        taken += 1
    while taken and words[-taken][0].islower() and taken > 3:
        taken -= 1
    said = " ".join(word for word, _ in words[len(words) - taken :])
    if not taken or said.lower() in FORMS_OF_ADDRESS:
        return None
    return Span(words[-taken][1], start - 1)


def _is_apposition(words: str) -> bool:
    """Whether these words are a noun with what belongs to it: no clause, no list, and without an article short."""
    first, *rest = re.split(r" (?:of|for|at|in|to|with|on) ", words, maxsplit=1)[0].split()
    if not DETERMINER.fullmatch(first):
        rest = [first, *rest]
        if len(rest) > SHORT:
            return False
    return all(_belongs(word) for word in rest) and OCCUPATION.fullmatch((rest or [first])[-1]) is not None


def _belongs(word: str) -> bool:
    return not NOT_OF_IT.fullmatch(word) and not (word.islower() and word.endswith(("ed", "’s", "'s")))
