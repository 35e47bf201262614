"""Lines in which a page names who published the piece first: the true publisher, where the page itself only carries
it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Carried", "carrier"]

LONGEST = 600
"""Code points of such a line."""

WORK = r"(?:video|item|article|story|report|clip|post|piece|episode|podcast|interview)"
DID = r"(?:published|posted|uploaded|released|shared|aired|broadcast)"

THIS = re.compile(
    rf"(?P<publisher>\S.{{0,100}}?)\s+(?:has\s+)?{DID}\s+(?:this|the following|a|the)\s+"
    rf"(?P<work>(?:\w+\s+){{0,3}}?{WORK}(?:\s+{WORK})?)\b.{{0,40}}?"
    r"\b(?:entitled|titled|called|headlined|under the (?:title|headline))[\s:]*"
    r"[“\"„«'‘](?P<title>.{3,300})[”\"“»'’]",
    re.I,
)
"""A publisher published this work, entitled "…"; what the page says after it does not matter."""

FIRST = re.compile(
    rf"(?:(?:this|the)\s+(?:\w+\s+)?(?P<work>{WORK})\s+(?:was\s+)?)?(?:originally|first|previously)\s+(?:{DID}|appeared|ran)\s+"
    r"(?:by|in|on|at)\s*:?\s+(?P<publisher>\S.{1,60}?)(?:\s+(?:on|and|under|at|with)\b.*)?\.?",
    re.I,
)
AGAIN = re.compile(
    r"(?:(?:this|the)\s+\w+\s+(?:is|was)\s+)?(?:republished|reprinted|reproduced)\s+(?:here\s+)?"
    r"(?:from|with (?:the )?(?:kind )?permission (?:of|from))\s+(?P<publisher>\S.{1,60}?)"
    r"(?:\s+(?:on|and|under|with)\b.*)?\.?",
    re.I,
)
LABELLED = re.compile(
    r"(?:source|quelle|fuente|fonte|bron|źródło|источник|джерело|källa|kilde|kaynak)\s*:\s*(?P<publisher>\S[^.:]{1,50})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """Who published the piece, what kind of work it is called, and its title, as far as the line says."""

    publisher: str
    work: str = ""
    title: str = ""


def carrier(text: str) -> Carried | None:
    """What a line says of who published the piece, or ``None`` where it says nothing of that."""
    if len(text) > LONGEST:
        return None
    whole = (form.fullmatch(text) for form in (FIRST, AGAIN, LABELLED))
    match = THIS.match(text) or next((fit for fit in whole if fit), None)
    if not match:
        return None
    found = match.groupdict()
    name = found["publisher"].strip(' "“”«».,')
    return Carried(name, found.get("work") or "", found.get("title") or "") if name else None
