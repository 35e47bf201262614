"""The words that report speech.

``SPEECH`` is the lemmas that stood in the cue of a quotation in three or more articles of PolNeAR's train split, cleared by hand of those
that do not themselves report, and filled up with their near synonyms. ``FOREIGN`` is our own short list of the commonest reporting words
of four languages, as full forms, because there is no lemmatiser for them here.
"""

from __future__ import annotations

__all__ = ["DOCUMENTS", "FOREIGN", "MEDIA", "SPEECH", "SPEECH_NOUNS", "according", "speaks"]

SPEECH = frozenset(
    """
    accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assure begin blast boast call caution chant
    charge chide cite claim clarify comment complain concede conclude condemn confess confirm contend continue counter cry
    criticize declare demand denounce deny describe dismiss elaborate email emphasize estimate exclaim explain express find go
    hint indicate inform insist interject joke label lament maintain mention muse note observe pledge point post predict
    press proclaim promise question quip quote read reason recall refer reiterate remark remind repeat reply report respond retort
    reveal say scream shout speak state stress suggest summarize tell testify text think tweet underline underscore urge volunteer vow
    warn wonder write yell
    """.split()
)

SPEECH_NOUNS = frozenset(
    {"statement", "claim", "remark", "comment", "tweet", "email", "post", "letter", "message", "word"}
)
"""Nouns that introduce a quotation by themselves: "in a statement: “…”"."""

DOCUMENTS = frozenset(
    """
    account agency article book brief briefing broadcast bulletin communique communiqué document dispatch filing interview letter memo
    memorandum minutes newspaper note post press readout record release report statement story summary transcript website site
    """.split()
)
"""What carries somebody's words without being somebody: after "according to", these name the way by which the words came."""

MEDIA = frozenset(
    "agency broadcaster channel daily magazine media network newspaper outlet paper press program programme radio show site station "
    "television tv website weekly".split()
)
"""Audiences that are outlets: told one of these, the words came through it. Reporters and crowds are no outlet."""

FOREIGN: dict[str, frozenset[str]] = {
    "es": frozenset(
        "dijo dice afirmó afirma aseguró asegura señaló señala declaró explicó explica añadió agregó indicó sostuvo manifestó "
        "advirtió anunció según expresó comentó".split()
    ),
    "pt": frozenset(
        "disse diz afirmou afirma declarou explicou explica acrescentou segundo ressaltou destacou garantiu contou informou "
        "anunciou alertou comentou".split()
    ),
    "fr": frozenset(
        "dit déclaré déclare affirmé affirme expliqué explique ajouté ajoute assuré assure souligné souligne estimé estime indiqué "
        "indique annoncé selon lancé".split()
    ),
    "de": frozenset(
        "sagte sagt erklärte erklärt betonte betont meinte meint teilte schrieb schreibt fügte ergänzte kritisierte warnte "
        "laut forderte berichtete".split()
    ),
}

FOREIGN_ACCORDING = frozenset({"según", "segundo", "selon", "laut"})


def speaks(lemma: str) -> bool:
    """Whether an English verb reports speech by itself."""
    return lemma.lower() in SPEECH


def according(word: str) -> bool:
    """Whether a word of another language names its source right after it."""
    return word.lower() in FOREIGN_ACCORDING
