"""The words that stand before names: offices, ranks and forms of address. None of them is part of a name."""

from __future__ import annotations

import re

__all__ = ["OCCUPATION", "PLAYER", "TITLE_OBJECT", "addressed", "before_name", "titled"]

RANKS = (
    "President|Vice[ -]President|Prime Minister|Deputy Prime Minister|Premier|Chancellor|Foreign Minister"
    "|Foreign Secretary|Secretary of State|Secretary[ -]General|Secretary|Minister|Deputy|Ambassador|Envoy"
    "|Senator|Sen|Congress(?:man|woman)|Representative|Rep|Governor|Gov|Mayor|Councill?or|MP|Speaker|Judge"
    "|Justice|Attorney General|General|Gen|Lt|Lieutenant|Major|Maj|Colonel|Col|Captain|Capt|Sergeant|Sgt"
    "|Admiral|Adm|Commander|Marshal|Officer|Detective|Inspector|Chief|Sheriff|Chair(?:man|woman|person)?"
    "|Director|CEO|Chief Executive|Spokes(?:man|woman|person)|Leader|Professor|Prof|Doctor|Dr|Mr|Mrs|Ms|Miss"
    "|Mx|Sir|Dame|Lord|Lady|Baroness|Reverend|Rev|Archbishop|Bishop|Cardinal|Ayatollah|Sheikh|Imam|Rabbi"
    "|Former|Ex|Acting|Coach|Manager|Herr|Frau|Monsieur|Madame|Señor|Señora"
)
"""General words of English news for an office or rank; a first name that is also one ("Justice", "Major") is read as
a rank.
"""

BEFORE = re.compile(rf"(?:(?:{RANKS})\b\.?[ \u00a0-]+)+(?=\w)")

TITLED = re.compile(rf"\b(?:{RANKS})\b\.?[ \u00a0]+$")

ADDRESSED = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Rev)\.?"
    r"|President|Senator|Governor|Judge|Justice|Sir|Lord|Lady|Professor) $"
)
"""Before a surname alone, whatever else bears it: "Mr. Madison", "Sen. London"."""

TITLE_OBJECT = re.compile(
    r"(?:(?:[Ss]ecretary|[Mm]inister|[Dd]epartment|[Mm]inistry) (?:of|for)(?: the)?"
    r"|(?:Chief|Director|Chair|Head) (?:of|for)) $"
)
"""What makes the next words the matter of an office ("Secretary of" State, "Director of" Communications), not something
named; whoever is "director of the" Harbour Trust directs what is named.
"""


OCCUPATION = re.compile(
    r"""
    (?:[Ss]pokes|[Cc]hair|[Bb]usiness|[Cc]ongress|[Ff]isher|[Ff]ire|[Cc]amera|[Ss]ales)(?:man|woman|person)
    |(?:[Vv]ice-|[Dd]eputy-)?(?:[Pp]resident|[Mm]inister|[Dd]eputy|[Dd]irector|[Mm]anager|[Ss]ecretary|[Mm]ayor
    |[Cc]ouncill?or|[Jj]udge|[Jj]ustice|[Ii]nspector|[Dd]etective|[Ss]ergeant|[Cc]aptain|[Cc]onstable|[Cc]oach
    |[Oo]fficer|[Oo]perator|[Oo]wner|[Ll]eader|[Ff]ounder|[Aa]uthor|[Pp]artner|[Ww]inner|[Bb]oss|[Cc]hief|[Hh]ead
    |[Rr]esearcher|[Ss]cientist|[Pp]rofessor|[Aa]nalyst|[Ee]conomist|[Ll]awyer|[Ss]olicitor|[Aa]ttorney|[Bb]arrister
    |[Dd]octor|[Nn]urse|[Tt]eacher|[Ff]armer|[Dd]river|[Ee]ngineer|[Gg]eologist|[Bb]iologist|[Aa]stronomer
    |[Hh]istorian|[Jj]ournalist|[Rr]eporter|[Ee]ditor|[Cc]orrespondent|[Pp]hotographer|[Aa]rtist|[Aa]ctor|[Aa]ctress
    |[Ss]inger|[Cc]omposer|[Ww]riter|[Nn]ovelist|[Pp]oet|[Ff]ilm-?maker|[Aa]ctivist|[Rr]esident|[Nn]eighbou?r
    |[Pp]assenger|[Ww]itness|[Vv]ictim|[Ss]uspect|[Ss]tudent|[Pp]upil|[Ww]orker|[Ff]irefighter|[Pp]aramedic|[Pp]ilot
    |[Bb]roker|[Tt]rader|[Cc]onsultant|[Aa]dvis[eo]r|[Aa]mbassador|[Ee]nvoy|[Dd]iplomat|[Cc]ommissioner|[Gg]overnor
    |[Ss]enator|[Ll]awmaker|[Cc]andidate|[Ss]triker|[Gg]oalkeeper|[Dd]efender|[Mm]idfielder|[Cc]hampion|[Rr]unner
    |[Cc]yclist|[Ww]ife|[Hh]usband|[Ss]on|[Dd]aughter|[Bb]rother|[Ss]ister|[Ff]ather|[Mm]other|[Ww]idow|[Ff]riend
    |[Cc]olleague|[Mm]aster|[Dd]eveloper|[Ss]acristan|[Dd]riller|[Ff]orwarder|[Tt]enant|[Ss]upervisor|[Pp]rosecutor)
    |Dr|Mr|Mrs|Ms|Miss|Prof|Rev|Sir|Dame
    """,
    re.VERBOSE,
)
"""What a person is said to be in the news, in the singular: whoever stands right behind one of these words is a
person.
"""


PLAYER = (
    r"(?:captain|striker|goalkeeper|midfielder|defender|winger|quarterback|linebacker|cornerback|fullback|receiver"
    r"|fly-half|scrum-half|shortstop|(?:first |second |third )?baseman|pitcher|outfielder|infielder|slugger|left-hander"
    r"|right-hander|footballer|cricketer|batsman|strokemaker|bowler|(?:point |shooting )?guard|rookie)"
)
"""Whom only a team has."""


def before_name(words: str) -> int:
    """How many leading code points of these words are titles ("Senator" of "Senator Ada Brook": 8); 0 where only
    titles stand.
    """
    match = BEFORE.match(words)
    return match.end() if match else 0


def titled(text: str, start: int) -> bool:
    """Whether a title stands right before these words."""
    return TITLED.search(text, max(0, start - 24), start) is not None


def addressed(text: str, start: int) -> bool:
    """Whether a form of address or a rank stands right before these words, so that they name no place."""
    return ADDRESSED.search(text, max(0, start - 12), start) is not None
