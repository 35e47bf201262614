"""Sentences that name an identity, fair and abusive: what keeps a word that is often abused from counting as abuse, and
what measures it."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["FAMILIES", "IDENTITIES", "abusive", "neutral", "unseen"]

FAMILIES = {
    "sexuality": ("gay", "lesbian", "bisexual", "transgender", "trans", "queer", "straight", "homosexual", "LGBT"),
    "colour": ("black", "white", "Asian", "African", "African American", "Latino", "Hispanic"),
    "origin": (
        *("Mexican", "Arab", "Chinese", "Indian", "Russian", "American", "European", "Roma", "Kurdish", "Turkish"),
        *("Polish", "Ukrainian", "Israeli", "Palestinian"),
    ),
    "religion": ("Muslim", "Jewish", "Christian", "Catholic", "Hindu", "Buddhist", "Sikh", "atheist"),
    "body and age": ("deaf", "blind", "disabled", "autistic", "old", "young"),
    "sex": ("female", "male", "feminist"),
    "migration": ("immigrant", "refugee", "foreign"),
}
IDENTITIES = [identity for family in FAMILIES.values() for identity in family]
NEUTRAL = (
    "I am a {} woman and I liked this article.",
    "I am a {} man and I live in this town.",
    "My neighbour is {} and so is his wife.",
    "The {} community met at the town hall on Monday.",
    "{} people and their families live here.",
    "{} people have the same rights as everybody else.",
    "A {} teacher was elected to the school board.",
    "The article does not say what {} voters think.",
    "She was the first {} judge in the country.",
    "Many {} families came to the festival.",
    "How many {} students go to this school?",
    "It makes no difference to me if the mayor is {} or not.",
    "A group of {} women opened a bakery in the old station.",
    "He writes about {} history and culture.",
    "As a {} reader I would have liked to hear more of the other side.",
    "the {} vote may decide the election",
)
"""Sentences that only name an identity: without them a word that is often abused counts as abuse (Dixon et al.,
2018)."""

UNSEEN = (
    "My son's best friend is {}.",
    "The {} choir sings at the market on Saturday.",
    "They interviewed two {} shopkeepers for the series.",
    "I would rather read what {} people themselves say about it.",
    "The new doctor is {} and very kind.",
)
"""Never learned from."""

ABUSIVE = (
    "All {} people are filthy animals.",
    "Shut up, you stupid {} pig.",
    "{} scum, get out of here.",
    "I hate every {} idiot who comments here.",
    "Nobody wants to hear from some disgusting {} moron.",
)
"""Never learned from either: the same abuse for every identity."""


def neutral() -> Iterator[str]:
    """Every identity in every sentence to learn from."""
    return (sentence.format(identity) for identity in IDENTITIES for sentence in NEUTRAL)


def unseen() -> Iterator[tuple[str, str]]:
    """Every identity, in every fair sentence to measure on."""
    return ((identity, sentence.format(identity)) for identity in IDENTITIES for sentence in UNSEEN)


def abusive() -> Iterator[tuple[str, str]]:
    """Every identity, in every abusive sentence to measure on."""
    return ((identity, sentence.format(identity)) for identity in IDENTITIES for sentence in ABUSIVE)
