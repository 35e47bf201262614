"""Whether the words of a source can be somebody who speaks: a name, a body, a document, a group, a described person.

"Neither", "most of them" and "Saturday evening" name nobody a page could put words to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storydesk.attribute import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["nobody"]

INDEFINITE = re.compile(
    r"""
    (?:neither|nobody|no\ one|none|nothing|noone|anyone|anybody|someone|somebody|everyone|everybody|those|these|this
    |that|which|what|who|whom|both|another|others|another\ \w+|(?:most|many|some|all|nearly\ all|half|each|few
    |several|none|both)\ of\ (?:them|these|those|us|it)\b.*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Words that point at somebody only together with words elsewhere."""

TIMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"})
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})

HUMAN = re.compile(
    r"""
    .*(?:er|or|ist|man|men|woman|women|person|people|ian|ant|ent|ee|eur|yst|ate|folk|aid)s?
    |.*(?:police|public|family|families|wife|husband|son|daughter|brother|sister|friend|child|children|kid|boy|girl|guy
    |judge|king|queen|chief|boss|head|coach|pilot|nurse|doctor|poet|clerk|cook|expert|critic|skeptic|official|rival|aide
    |ally|allies|spokes\w+|source|witness(?:es)?|union|group|team|board|court|council|committee|agency|company|firm
    |party|parties|government|administration|authority|authorities|ministry|department|office|bureau|service|campaign
    |parliament|congress|senate|house|university|institute|association|federation|organi[sz]ation|bank|church|charity
    |network|city|county|town|country|nation|state|states|side|camp|industry|press|media|crowd|jury|panel|staff|crew
    |majority|minority|half|republicans?|democrats?|americans?|poll|survey|study|data|figures|estimates?|law|rules?|bill
    |delegation|cent(?:re|er)|observatory|trial|census|sign|headline|text|paper|film|song|page|ad|advert|video|email|tweet|plan|proposal|ruling|judgment|order)s?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Nouns for people, bodies and what is written, by ending or by themselves."""


def nobody(words: str, head: Token | None, cue: Token | None) -> bool:
    """Whether a source cannot be who speaks. ``head`` is its head word, ``cue`` what reports."""
    plain = " ".join(words.split()).strip(" ,;:—–-()")
    if INDEFINITE.fullmatch(plain):
        return True
    if head is None or head.ent_type_ in NAMED or head.pos_ in {"PROPN", "PRON", "NUM"}:
        return False
    if head.ent_type_ in TIMES and not HUMAN.fullmatch(head.text):
        return True
    lemma = head.lemma_.lower()
    speaks = cue is not None and (cues.speaks(cue.lemma_) or cue.lower_ == "according")
    return not (speaks or lemma in cues.DOCUMENTS or HUMAN.fullmatch(lemma) or HUMAN.fullmatch(head.text))
