"""From the words of a source to the name of who speaks.

A name goes to its mention, a pronoun to whoever spoke or was named last and fits, "I" inside a quotation to the one
quoted; a source that is only described ("a senior official") keeps its words.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from storydesk.attribute.quotation import Marks
from storydesk.knowledge.spellings import one_person
from storydesk.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from storydesk.model import Mention

__all__ = ["OWN", "Speaker", "Speakers"]

SINGULAR = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
PLURAL = frozenset({"they", "them", "their", "both"})
OWN = frozenset({"i", "me", "my", "we", "us", "our"})
"""Words by which whoever is quoted speaks of himself or herself."""
OURS = frozenset({"we", "us", "our"})
"""Words by which an outlet speaks of itself outside quotations."""
PRONOUNS = frozenset({*SINGULAR, *PLURAL, "it"})
TITLES = {
    "mr": "m",
    "mr.": "m",
    "sir": "m",
    "king": "m",
    "mrs": "f",
    "mrs.": "f",
    "ms": "f",
    "ms.": "f",
    "queen": "f",
    "lady": "f",
}
BARE = frozenset({"relcl", "acl", "appos", "punct", "parataxis", "advcl"})
"""What follows a description without being part of it."""
MEMORY = 1_500
"""Code points back that a pronoun may reach: a handful of paragraphs."""


class Speaker(NamedTuple):
    """A resolved speaker. ``entity`` is its id where linked; ``plural`` whether it is several; ``person`` whether it
    is one.
    """

    name: str
    entity: str | None = None
    person: bool = False
    plural: bool = False


class Speakers:
    """Resolves the sources of one item, in the order of its text, remembering who spoke."""

    def __init__(self, doc: Doc, text: str, mentions: Sequence[Mention], outlet: str | None = None) -> None:
        self._doc = doc
        self._text = text
        self._mentions = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
        self._starts = [mention.start for mention in self._mentions]
        self._last: list[tuple[int, Speaker]] = []
        self._gender: dict[str, str] = self._titled()
        self._outlet = outlet
        self._subjects = self._acting()
        self._by_first_name = _by_first_name(mentions)

    def way(self, source: Span, head: int | None) -> str | None:
        """What to call an intermediary, ``None`` for the outlet itself: what it was told came through nobody else. It
        is not remembered: no pronoun goes back to it.
        """
        token = self._doc[head] if head is not None else None
        name = (self._named(source, token) or self._described(source, token)).name
        return None if self._is_outlet(name) else name

    def _is_outlet(self, name: str) -> bool:
        ours, theirs = (set(words.lower().split()) - {"the"} for words in (self._outlet or "", name))
        return bool(theirs) and theirs <= ours

    def resolve(self, source: Span, head: int | None, quoted_by: Speaker | None = None) -> Speaker | None:
        """The speaker a source span names. ``head`` is the token index of its head word; ``quoted_by`` who speaks
        around it.
        """
        token = self._doc[head] if head is not None else None
        word = (token.lower_ if token is not None else source.of(self._text).lower()).strip()
        if word in OWN and quoted_by is not None:
            return quoted_by
        if word in OWN or word in PRONOUNS:
            speaker = Speaker(self._outlet) if word in OURS and self._outlet else self._pronoun(word, source.start)
        else:
            speaker = self._named(source, token) or self._described(source, token)
        if speaker is not None:
            self._remember(source.start, speaker)
        return speaker

    def _remember(self, at: int, speaker: Speaker) -> None:
        self._last.append((at, speaker))

    def _pronoun(self, word: str, at: int) -> Speaker | None:
        """Who a pronoun stands for: the last to speak who fits, else the last person named."""
        if word in SINGULAR:
            gender = SINGULAR[word]
            found = self._recent(at, gender)
            if found is not None:
                self._gender.setdefault(found.name, gender)
            return found
        if word in PLURAL:
            return next((s for s in self._spoke_before(at) if s.plural), None)
        if word == "it":
            return next((s for s in self._spoke_before(at) if not s.person and not s.plural), None)
        return None

    def _spoke_before(self, at: int) -> Iterator[Speaker]:
        """Who spoke before an offset, the last first, as far back as a pronoun may reach."""
        for start, speaker in reversed(self._last):
            if at - start >= MEMORY:
                return
            if start < at:
                yield speaker

    def _acted_before(self, at: int, gender: str) -> tuple[int, Speaker] | None:
        """The last person before an offset, in the same paragraph, of whom the outlet itself told that they did
        something.
        """
        paragraph = self._text.rfind("\n", 0, at) + 1
        for start, mention in reversed(self._subjects):
            if start < paragraph:
                return None
            if mention.end <= at and self._gender.get(mention.name, gender) == gender:
                return start, Speaker(mention.name, mention.entity, person=True)
        return None

    def _acting(self) -> list[tuple[int, Mention]]:
        """The people who are the subject of a verb, in order, outside quotations."""
        if not self._doc.has_annotation("DEP"):
            return []
        inside = Marks(self._text).within
        found = []
        for token in self._doc:
            if token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ == "PROPN" and not inside(token.idx):
                mention = self._at(token.idx, token.idx + len(token.text))
                if mention is not None and mention.type == "person":
                    found.append((mention.start, mention))
        return found

    def _recent(self, at: int, gender: str) -> Speaker | None:
        acting = self._acted_before(at, gender)
        for start, speaker in reversed(self._last):
            if at - start >= MEMORY or (acting is not None and start < acting[0] < at):
                break
            if start < at and speaker.person and self._gender.get(speaker.name, gender) == gender:
                return speaker
        if acting is not None:
            return acting[1]
        for index in reversed(range(bisect_right(self._starts, at))):
            mention = self._mentions[index]
            if at - mention.start > MEMORY:
                return None
            if mention.type == "person" and mention.end <= at and self._gender.get(mention.name, gender) == gender:
                return Speaker(mention.name, mention.entity, person=True)
        return None

    def _named(self, source: Span, token: Token | None) -> Speaker | None:
        """The mention that the head word, or its apposition, belongs to."""
        heads = [token] if token is not None else []
        if token is not None and token.pos_ != "PROPN":
            heads += [child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
        for head in heads:
            mention = self._at(head.idx, head.idx + len(head.text))
            if mention is not None and (
                head.pos_ == "PROPN" or mention.type == "person" or self._fills(mention, source)
            ):
                others = self._joined(head)
                if others:
                    return Speaker(" and ".join([mention.name, *others]), plural=True)
                return self._in_full(mention) or Speaker(
                    mention.name, mention.entity, mention.type == "person", _plural(head)
                )
        if token is None:
            inside = [m for m in self._mentions if source.covers(m.span)]
            best = min(inside, key=lambda m: (m.type != "person", m.start), default=None)
            return self._in_full(best) or Speaker(best.name, best.entity, best.type == "person") if best else None
        return None

    def _in_full(self, mention: Mention) -> Speaker | None:
        """Whom the item names in full, before or after, where a first name alone speaks and one person bears it."""
        if " " in mention.name or mention.entity is not None or mention.type == "organisation":
            return None
        bearer = self._by_first_name.get(mention.name)
        return Speaker(bearer.name, bearer.entity, person=True) if bearer else None

    def _joined(self, head: Token) -> list[str]:
        """The names joined to a name by "and"."""
        others = [child for child in head.children if child.dep_ == "conj" and child.pos_ == "PROPN"]
        named = (self._at(other.idx, other.idx + len(other.text)) for other in others)
        return [mention.name for mention in named if mention is not None]

    def _at(self, start: int, end: int) -> Mention | None:
        """The longest mention that covers a word."""
        index = bisect_right(self._starts, start)
        covering = [m for m in self._mentions[max(index - 4, 0) : index] if m.start <= start and m.end >= end]
        return max(covering, key=lambda m: m.end - m.start, default=None)

    def _fills(self, mention: Mention, source: Span) -> bool:
        """Whether a source is nothing but a mention and its article."""
        rest = self._text[source.start : mention.start] + self._text[mention.end : source.end]
        return rest.strip().lower() in {"", "the", "a", "an"}

    def _described(self, source: Span, token: Token | None) -> Speaker:
        """The words of a source, up to where they stop naming it and start telling of it."""
        words = source
        if token is not None and token.ent_type_ == "PERSON":
            return Speaker(self._own_name(token), None, person=True)
        if token is not None:
            ends = [t.left_edge.idx for t in token.subtree if t.dep_ in BARE and t.left_edge.idx > token.idx]
            words = Span(source.start, min([source.end, *ends]))
        name = " ".join(words.of(self._text).split()).strip(" ,;:—–-()") or source.of(self._text)
        return Speaker(name, None, person=False, plural=_plural(token))

    def _own_name(self, token: Token) -> str:
        """The name as the syntax model sees it, where no mention covers it."""
        first = last = token.i
        while first > 0 and self._doc[first].ent_iob_ == "I":
            first -= 1
        while last + 1 < len(self._doc) and self._doc[last + 1].ent_iob_ == "I":
            last += 1
        return " ".join(word.text for word in self._doc[first : last + 1] if word.text.strip() and word.tag_ != "POS")

    def _titled(self) -> dict[str, str]:
        """What "Mr." and "Ms." before a name tell of who "he" or "she" can be."""
        known: dict[str, str] = {}
        for mention in self._mentions:
            before = self._text[max(mention.start - 8, 0) : mention.start].split()
            words = self._text[mention.start : mention.end].split()
            title = next((w.lower() for w in (before[-1:] + words[:1]) if w.lower() in TITLES), None)
            if mention.type == "person" and title:
                known.setdefault(mention.name, TITLES[title])
        return known


def _by_first_name(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """The people named in full, by their first names: none that several bear, that is a surname as well, or that is
    written in capitals throughout, as acronyms are."""
    full = [mention for mention in mentions if mention.type == "person" and " " in mention.name]
    surnames = {mention.name.rpartition(" ")[2] for mention in full}
    people: dict[str, dict[str, Mention]] = {}
    for mention in full:
        first = mention.name.partition(" ")[0]
        if first not in surnames and not first.isupper():
            people.setdefault(first, {}).setdefault(mention.name, mention)
    return {first: next(iter(borne.values())) for first, borne in people.items() if len(one_person([*borne])) == 1}


def _plural(token: Token | None) -> bool:
    return token is not None and (
        token.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in token.children)
    )
