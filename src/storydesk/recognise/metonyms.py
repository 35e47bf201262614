"""Capitals that stand for a government: "talks between Moscow and Washington", "Moscow's position", "Tehran denied
it".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from storydesk.knowledge import Knowledge
from storydesk.model import Entity, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["as_governments"]

ACTS = re.compile(
    r"""
    accept|accuse|acknowledge|act|agree|announce|annex|argue|back|ban|blame|block|call|cancel|claim|condemn|
    confirm|cooperate|cut|decide|declare|demand|denounce|deny|deploy|dismiss|expel|fear|hope|impose|insist|
    invade|invite|launch|lift|offer|oppose|order|plan|pledge|pressure|promise|propose|protest|push|reach|recall|
    recognise|recognize|refuse|reject|request|respond|retaliate|say|see|seek|send|sign|start|suspend|support|
    threaten|tell|try|urge|view|vow|want|warn|welcome|withdraw
    """,
    re.VERBOSE,
)
"""Verbs of which a town cannot be the subject but a government can."""

DEALINGS = re.compile(
    r"""
    accord|agreement|alliance|conflict|contact|cooperation|deal|dialogue|differences|difference|dispute|meeting|
    message|negotiation|pact|pressure|rapprochement|relation|relationship|row|sanction|standoff|stand-off|talk|
    tension|tie|treaty|trust|war
    """,
    re.VERBOSE,
)
"""What governments have with one another."""

STANCES = re.compile(
    r"""
    ally|ambition|answer|approach|behaviour|behavior|claim|commitment|concern|criticism|decision|demand|foe|
    government|interest|intention|move|offer|plan|policy|position|promise|proposal|reaction|refusal|request|
    response|rival|role|sanction|stance|strategy|support|view|warning
    """,
    re.VERBOSE,
)
"""What a government has."""


def as_governments(doc: Doc, mentions: Sequence[Mention], knowledge: Knowledge) -> list[Mention]:
    """The same mentions, those of capitals marked as metonyms where the sentence treats them as somebody who acts."""
    if not doc.has_annotation("DEP"):
        return list(mentions)
    return [replace(mention, via="metonym") if _acts(doc, mention, knowledge) else mention for mention in mentions]


def _acts(doc: Doc, mention: Mention, knowledge: Knowledge) -> bool:
    entity = knowledge.entity(mention.entity) if mention.entity and mention.via == "name" else None
    if entity is None or not _is_capital(entity):
        return False
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span is not None and _is_actor(span.root)


def _is_capital(entity: Entity) -> bool:
    return any(fact.label == "Capital of" for fact in entity.facts)


def _is_actor(token: Token) -> bool:
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
    head = token.head
    if token.dep_ == "nsubj":
        return _one_of(head, ACTS)
    if token.dep_ == "poss":
        return _one_of(head, STANCES, DEALINGS)
    if token.dep_ == "pobj" and head.lemma_.lower() in ("between", "with"):
        return _one_of(head.head, DEALINGS, ACTS) or _one_of(head.head.head, DEALINGS)
    return token.dep_ == "pobj" and head.lemma_.lower() == "by" and head.dep_ == "agent"


def _one_of(token: Token, *lists: re.Pattern[str]) -> bool:
    return any(words.fullmatch(token.lemma_) for words in lists)
