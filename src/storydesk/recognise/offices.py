"""Offices and occupations in German, French, Spanish, Italian and Portuguese: whoever stands beside one is a person.

The lists are ours, of general words. A text's language is not asked for: hardly one of the words means anything else in
another of the five that would stand beside a name.
"""

from __future__ import annotations

import re

__all__ = ["holds_office", "office_before"]

GERMAN = (
    r"[^\W\d_]*(?:[Mm]eister|[Mm]inister|[Pp]räsident|[Ss]precher|[Kk]anzler|[Ss]enator|[Ll]eiter|[Dd]irektor|[Tt]rainer"
    r"|[Mm]anager|[Ss]ekretär|[Ff]ührer|[Ff]orscher|[Ww]issenschaftler|[Pp]rofessor|[Ll]ehrer|[Rr]ichter|[Pp]olitiker"
    r"|[Ll]andwirt|[Bb]ischof|[Pp]farrer|[Kk]ommissar|[Ii]nspekteur|[Ii]ngenieur|[Öö]konom|[Ee]xperte?|[Aa]nalyst"
    r"|[Aa]nwohner|[Bb]ewohner|[Bb]esitzer|[Gg]ründer|[Uu]nternehmer|[Gg]ewerkschafter|[Ss]türmer|[Tt]orwart|[Aa]rzt"
    r"|[Aa]utor|[Jj]ournalist|[Ss]chüler|[Ss]tudent|[Aa]ktivist|[Bb]otschafter|[Gg]ouverneur|[Ll]oge|[Gg]raf"
    r"|[Bb]eauftragter?)(?:in)?"
    r"|[^\W\d_]*(?:[Cc]hef(?:in)?|[Rr]at|[Rr]ätin|[Aa]nwalt|[Aa]nwältin|[Ää]rztin|[Vv]orsitzende[rn]?|[Aa]bgeordnete[rn]?"
    r"|[Vv]orstand|[Oo]berst|[Bb]äuerin|[Kk]apitän(?:in)?|[Zz]eugin|[Zz]euge)"
    r"|Herrn?|(?<!eine )(?<!einer )(?<!die )(?<!der )Frau|Dr|Prof"
)
"""Most are the last parts of compounds ("Innenministerin")."""

ROMANCE = (
    r"(?:vice-|vice |ex-|sous-)?(?:"
    r"maire|ministre|président(?:e)?|porte-parole|procureure?|députée?|sénat(?:eur|rice)|direct(?:eur|rice)|chef(?:fe)?"
    r"|avocate?|professeure?|adjointe?|préfète?|entraîneuse?|entraîneur|secrétaire|conseill(?:er|ère)|colonel|capitaine"
    r"|chercheu(?:r|se)|économiste|médecin|agricult(?:eur|rice)|juge|éditeur|auteure?|journaliste|évêque|responsable"
    r"|alcalde|alcaldesa|ministr[oa]|president[ea]|portavoz|fiscal|diputad[oa]|senador[a]?|director[a]?|jef[ea]|abogad[oa]"
    r"|profesor[a]?|concejal[a]?|entrenador[a]?|secretari[oa]|consejer[oa]|coronel|capitán|investigador[a]?|economista"
    r"|médic[oa]|agricultor[a]?|juez[a]?|autor[a]?|periodista|obispo|vecin[oa]|gobernador[a]?|canciller|comisari[oa]"
    r"|sindac[oa]|portavoce|procuratore|procuratrice|deputat[oa]|senat(?:ore|rice)|dirett(?:ore|rice)|capo"
    r"|avvocat[oa]|professore?|professoressa|assessor[ea]|allenat(?:ore|rice)|segretari[oa]|consiglier[ea]|colonnello"
    r"|capitano|ricercat(?:ore|rice)|agricolt(?:ore|rice)|giudice|aut(?:ore|rice)|giornalista|vescovo|prefetto|prefetta"
    r"|governat(?:ore|rice)|cancelliere|commissari[oa]|dottor(?:e|essa)?|medico"
    r"|prefeit[oa]|porta-voz|procurador[a]?|deputad[oa]|diretor[a]?|chefe|advogad[oa]|vereador[a]?|treinador[a]?"
    r"|secretári[oa]|conselheir[oa]|pesquisador[a]?|juiz|juíza|jornalista|bispo|governador[a]?|chanceler)"
)

"""Both forms of each, in the order of the languages."""

HOLDER = r"[^\W\d_]\w+"
OF = r"(?: de| du| des| del| della| dell[’']| di| da| do| d[’']| der| de la| de l[’']| de los| de las| für)"
REST = rf"{OF} ?{HOLDER}(?:[ -]{HOLDER}){{0,3}}"
"""What an office is of: "presidente de la comisión", "Vorsitzende des Ausschusses"."""

OFFICE = rf"(?:{GERMAN}|{ROMANCE})"
LEADING = re.compile(rf"(?:(?:Der|Die|Ein|Eine) )?(?:(?:{OFFICE})\b\.?[ -]+)+(?=[^\W\d_a-zà-ÿ])")
BEFORE = re.compile(rf"\b{OFFICE}(?:\.? |{REST}, )$")
BEHIND = re.compile(rf", (?:(?:eine?|une?|una|uma?) )?{OFFICE}\b")
"""No definite article: "À Port-Vieux, le maire" tells of a place."""

REACH = 70
"""Code points before or behind a name in which its office is looked for."""


def office_before(words: str) -> int:
    """How many leading code points of these words are offices ("Bürgermeister" of "Bürgermeister Karl Lund": 14); 0
    where only offices stand.
    """
    match = LEADING.match(words)
    return match.end() if match else 0


def holds_office(text: str, start: int, end: int) -> bool:
    """Whether an office stands right before or behind a name of several words: "le maire", ", die Sprecherin"."""
    line = max(text.rfind("\n", 0, start) + 1, start - REACH)
    before, behind = BEFORE.search(text[line:start]), BEHIND.match(text[end : end + REACH])
    return before is not None or behind is not None
