"""Harm announced, demanded or wished for. Threats without swear words are the usual miss of a classifier, so they have
rules."""

from __future__ import annotations

import re

__all__ = ["find_threats"]

PERSON = r"(?:you|him|her|them|they|ya|u|these|those|all of (?:you|them)|every(?:one|body)|his|your|their)"
VERB = (
    r"(?:kill|murder|shoot|stab|hang|lynch|burn|behead|rape|strangle|slaughter|exterminate|execute|bomb|gas|hunt"
    r"|beat|bash|hurt|knock(?: out)?|punch|break|destroy|cut|slit|string up|put down|wipe out)"
)
SUFFERED = (
    r"(?:die|dead|shot|stabbed|hanged|hung|lynched|burned|burnt|beheaded|raped|strangled|slaughtered|exterminated"
    r"|executed|bombed|gassed|hunted|beaten|killed|murdered|punched|destroyed|put down|eliminated)"
)
INTEND = r"(?:'ll|will|gonna|going to|want to|wanna|would love to|need to|should|shall|must|can't wait to)"
OUGHT = r"(?:should|must|needs? to|ought to|has to|have to|will|gonna|going to)"

THREATS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:i|we)(?: am|'m| are|'re)? ?{INTEND} (?:\w+ (?:\w+ )?(?:and )?)?{VERB} {PERSON}\b",
        rf"\b(?:someone|somebody|anyone|people|they|you)(?: all)? {OUGHT} (?:\w+ )?{VERB} {PERSON}\b",
        rf"\b{PERSON} (?:\w+ ){{0,2}}(?:should|must|deserves?|needs?|ought) (?:to |all )*(?:be )?{SUFFERED}\b",
        rf"\b{PERSON} (?:all )?will (?:all )?(?:die|be (?:dead|shot|killed|hanged))\b",
        r"\b(?:kill|hang|shoot|drown) (?:yourself|urself|yourselves|themselves)\b|\bkys\b",
        r"\b(?:hope|wish|pray) (?:that )?(?:you|he|she|they|u)(?: all)? (?:dies?|rots?|burns?|gets? cancer|bleeds?)\b",
        rf"\b(?:to|and|must|will) {VERB} (?:out )?(?:you|him|her|them|these people|those people)\b(?: out)?",
        r"\b(?:i|we) know where (?:you|he|she|they) (?:live|work|sleep)s?\b|\bwatch your back\b",
        r"\b(?:you're|you are|he's|she's|they're) (?:so |all )?dead\b|\b(?:your|his|her|their) days are numbered\b",
        r"\b(?:the only )?good \w+ is a dead\b|\bdeath to\b",
        r"\bbullet (?:in|to|through) (?:the|your|his|her|their) (?:head|brain|skull)\b",
    )
)
"""Who does what to whom, with a word or two between; general forms, no names."""


TRIGGER = re.compile(
    rf"\b(?:{VERB[3:-1]}|{SUFFERED[3:-1]}|kys|drown|dies|rots?|bleeds?|cancer|death|bullet|numbered|back|where)\b",
    re.IGNORECASE,
)
"""One of these words is in every threat: most comments have none and are done with."""


def find_threats(text: str) -> list[tuple[int, int]]:
    """Offsets of the stretches that threaten, in order, overlapping ones as one."""
    if TRIGGER.search(text) is None:
        return []
    plain = text.replace("’", "'")
    found: list[tuple[int, int]] = []
    for start, end in sorted(match.span() for pattern in THREATS for match in pattern.finditer(plain)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
