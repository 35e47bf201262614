"""The words that report speech.

``SPEECH`` is the lemmas that stood in the cue of a quotation three or more times in PolNeAR's train split, cleared by
hand of those that do not themselves report, and filled up with their near synonyms. ``FOREIGN`` is our own short list
of the commonest reporting words of five languages, as full forms, because there is no lemmatiser for them here.
"""

from __future__ import annotations

__all__ = ["BODIES", "DOCUMENTS", "FOREIGN", "LEADS_ELSEWHERE", "MEDIA", "PHRASAL", "SPEECH", "SPEECH_NOUNS", "speaks"]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SPEECH = _words(
    """
    accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assure begin blast
    boast call caution chant charge chide cite claim clarify comment complain concede conclude condemn confess
    confirm contend continue counter cry criticize declare demand denounce deny describe dismiss elaborate email
    emphasize estimate exclaim explain express hint indicate inform insist interject joke label lament maintain
    mention muse note observe pledge point post predict press proclaim promise question quip quote read reason
    recall refer reiterate remark remind repeat reply report respond retort reveal say scream shout speak state
    stress suggest summarize tell testify text think tweet underline underscore urge volunteer vow warn wonder write
    yell
    """
)

PHRASAL = frozenset({"bring up", "point out", "spell out", "lay out", "read out", "cry out", "speak up", "sum up"})
"""Verbs that report speech only together with their particle."""

SPEECH_NOUNS = frozenset(
    {"statement", "claim", "remark", "comment", "tweet", "email", "post", "letter", "message", "word"}
)
"""Nouns that introduce a quotation by themselves: "in a statement: “…”"."""

DOCUMENTS = _words(
    """
    account agency article book brief briefing broadcast bulletin communique communiqué document dispatch filing
    interview letter memo memorandum minutes newspaper note post press readout record release report statement story
    summary transcript website site
    """
)
"""What carries somebody's words without being somebody: after "according to", these name the way by which the words
came.
"""

MEDIA = _words(
    """
    agency broadcaster channel daily magazine media network newspaper outlet paper press program programme radio
    show site station television tv website weekly
    """
)
"""Audiences that are outlets: told one of these, the words came through it. Reporters and crowds are no outlet."""

BODIES = _words(
    """
    assembly authority bureau cabinet campaign commission committee conference congress convention council court
    department eu force government house inquiry ministry nation office organization panel parliament party police
    senate tribunal u.n. u.s. union un university us
    """
)
"""Last words of bodies that hear people and are no outlets: what they were told came through nobody."""

FOREIGN: dict[str, frozenset[str]] = {
    "es": _words(
        """
    dijo dice afirmó afirma aseguró asegura señaló señala declaró explicó explica añadió agregó indicó sostuvo
    manifestó advirtió anunció según expresó comentó contó cuenta relató precisó subrayó insistió denunció confirmó
    respondió recordó lamentó reconoció destacó escribió informó aclaró recalcó apuntó opinó
    """
    ),
    "pt": _words(
        """
    disse diz afirmou afirma declarou explicou explica acrescentou segundo ressaltou destacou garantiu contou
    informou anunciou alertou comentou
    """
    ),
    "fr": _words(
        """
    dit déclaré déclare affirmé affirme expliqué explique ajouté ajoute assuré assure souligné souligne estimé
    estime indiqué indique annoncé selon lancé précisé précise raconté raconte rappelé rappelle répondu répond averti
    avertit dénoncé dénonce insisté insiste confirmé confirme regretté regrette écrit confié confie martelé
    """
    ),
    "de": _words(
        """
    sagte sagt erklärte erklärt betonte betont meinte meint teilte schrieb schreibt fügte ergänzte kritisierte
    warnte laut forderte berichtete erzählte erzählt kündigte bestätigte versicherte äußerte erläuterte antwortete
    mahnte bekräftigte bedauerte beklagte
    """
    ),
    "it": _words(
        """
    detto dice disse dichiarato dichiara affermato afferma spiegato spiega aggiunto aggiunge assicurato assicura
    sottolineato sottolinea precisato precisa annunciato annuncia raccontato racconta scritto scrive avvertito avverte
    ribadito ribadisce osservato osserva commentato commenta denunciato denuncia confermato conferma secondo
    """
    ),
}


LEADS_ELSEWHERE = _words(
    """
    de del du des la le les el los las lo il gli da do dos das di della dello dei delle della al alla allo ai au aux à a
    en in im am an auf aus bei beim bis durch für gegen mit nach ohne seit trotz um unter von vom vor wegen zu zum zur
    über dans par pour sur sous avec sans chez vers con sin por para desde hasta entre ante contra sobre su per tra fra
    em no na nos nas pelo pela com que qu che dass und oder aber et ou mais y e o pero ma mas der die das den dem ein
    eine einer einem einen un une una uno um uma ist war sind waren est sont était es son era è sono é são
    """
)
"""Prepositions, articles, conjunctions and copulas of these languages: a name right behind one is not the subject of
the reporting word before it, and none of them reports."""


def speaks(lemma: str) -> bool:
    """Whether an English verb reports speech by itself."""
    return lemma.lower() in SPEECH
