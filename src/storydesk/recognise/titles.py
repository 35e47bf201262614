"""The words that stand before names: offices, ranks and forms of address. None of them is part of a name."""

from __future__ import annotations

import re

__all__ = ["TITLE_OBJECT", "before_name"]

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

TITLE_OBJECT = re.compile(
    r"(?:Secretary|Minister|Chief|Director|Chair\w*|Head|Department|Ministry) (?:of|for)(?: the)? $", re.IGNORECASE
)
"""What makes the next words the matter of an office ("Secretary of" State), not something named."""


def before_name(words: str) -> int:
    """How many leading code points of these words are titles ("Senator" of "Senator Ada Brook": 8); 0 where only
    titles stand.
    """
    match = BEFORE.match(words)
    return match.end() if match else 0
