"""Which sport a report is on: the teams of one country or town bear one name in all of them."""

from __future__ import annotations

import re
from functools import cache

from storydesk.model import Entity

__all__ = ["is_of", "sport_of"]

SAID = {
    "football": r"injury time|stoppage time|extra time|goalkeepers?|midfielders?|strikers?|free[ -]kicks?"
    r"|penalty (?:area|kicks?|shoot-?outs?)|offside|soccer"
    r"|FIFA|UEFA|Premier League|Bundesliga|Serie A|La Liga|Champions League",
    "cricket": r"wickets?|innings|batsm[ae]n|bowlers?|bowled|lbw|Twenty20|one-day internationals?"
    r"|Test (?:match|matches|series)|cricket(?:er)?s?",
    "rugby": r"scrums?|scrum-half|fly-half|line-?outs?|try-line|Six Nations|Super Rugby|rugby",
    "basketball": r"rebounds?|free throws?|three-pointers?|point guards?|lay-?ups?|NBA|WNBA|basketball",
    "baseball": r"inning|home runs?|home[rd]s?|pitchers?|bullpen|shortstop|basem[ae]n|RBIs?|MLB|baseball",
    "hockey": r"pucks?|power play|goalies?|NHL|slap ?shots?|ice hockey",
    "volleyball": r"volleyball",
    "handball": r"handball",
}
"""Words of each sport alone."""

CALLED = {"football": r"football|soccer"}
"""By what its teams' names and descriptions tell a sport, where not by its own name."""


def sport_of(text: str) -> str | None:
    """The sport of which a text has most words, counted once each; ``None`` where there is none, or two are even."""
    counted = {sport: len({match.lower() for match in _said(sport).findall(text)}) for sport in SAID}
    first, second = sorted(counted, key=lambda sport: -counted[sport])[:2]
    return first if counted[first] > counted[second] else None


def is_of(body: Entity, sport: str) -> bool:
    """Whether a body's name or description says that it plays this: "Norway women's national handball team"."""
    words = rf"\b(?:{CALLED.get(sport, sport)})\b"
    return re.search(words, f"{body.name} {body.description}", re.IGNORECASE) is not None


@cache
def _said(sport: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{SAID[sport]})\b")
