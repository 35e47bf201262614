"""Teams that bear the name of their town or country: "Cork 1-22, Tipperary 2-18", "Norway beat Sweden on penalties".

A place's card beside them would be another thing's card, so in a report on sport a place that plays is a team.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from storydesk.knowledge import Knowledge
from storydesk.model import Mention

__all__ = ["without_teams"]

SPORT = re.compile(
    r"""
    \b(?:match|matches|league|cup|coach|goals?|goalkeeper|striker|midfielder|penalt(?:y|ies)|half-time|halftime|kick-off
      |quarterback|touchdown|innings|wickets?|inning|home[ ]run|playoffs?|play-offs?|semi-?finals?|semifinals?|season
      |tournament|championships?|standings|fixture|points|offside|puck|overtime|scored|free[ ]throws?|referee)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
ENOUGH = 4
"""Different words of sport from which a text is a report on it: politics borrows two or three of them."""

SCORE = re.compile(r"(?: |, )\d{1,3}[-–]\d{1,3}\b(?!\s*(?:percent|per cent|%|year))")
PLAYS = re.compile(
    r"""
    [ ](?:beats?|defeat(?:s|ed)|thrash(?:es|ed)|hammer(?:s|ed)|edged|drew[ ]with|los(?:es|t)|wins?|won
      |play(?:s|ed)?|scored?|scores|led|trailed|lead|go(?:es)?[ ]top|went[ ]top|had[ ]goals
      |host(?:s|ed)?|equalised|manager|coach|captain|striker|goalkeeper|midfielder|defender|fans?|supporters)\b
    """,
    re.VERBOSE,
)
PLAYED = re.compile(
    r"(?:\b(?:beat|beats|beating|defeat|defeated|against|thrashed|edged|sank|sinks|over|versus|vs?\.?|to face|facing"
    r"|at home to|away to|drew with|lost to|victory over|win over|draw with) )$"
)


OF_TEAM = re.compile(
    r"(?:['’]s)? (?:(?:head )?coach|captain|striker|goalkeeper|midfielder|defender|quarterback|linebacker|fullback"
    r"|fly-half|scrum-half|shortstop|left-hander|footballer|cricketer) [^\W\d_a-z]"
)
"""Behind a place, before a name: whom only a team has, whatever the text is about."""

TEAM = 0.8
"""How sure it is that the one body that bears a playing place's name is its team: no card rests on it."""


def without_teams(text: str, mentions: Sequence[Mention], knowledge: Knowledge) -> list[Mention]:
    """The same mentions; places that play are organisations: the one of that name, if there is just one, else without
    a link.
    """
    if not any(mention.type == "place" for mention in mentions):
        return list(mentions)
    sport = _reports_sport(text)
    return [_as_team(mention, knowledge) if _plays(text, mention, sport) else mention for mention in mentions]


def _reports_sport(text: str) -> bool:
    return len({match[0].lower() for match in SPORT.finditer(text)}) >= ENOUGH


def _plays(text: str, mention: Mention, sport: bool) -> bool:
    if mention.type != "place" or mention.via != "name":
        return False
    if OF_TEAM.match(text, mention.end):
        return True
    before, after = text[max(0, mention.start - 16) : mention.start], text[mention.end : mention.end + 16]
    return sport and bool(SCORE.match(after) or PLAYS.match(after) or PLAYED.search(before))


def _as_team(mention: Mention, knowledge: Knowledge) -> Mention:
    bodies = [entity.id for entity in knowledge.named(mention.name) if entity.type == "organisation"]
    team = bodies[0] if len(bodies) == 1 else None
    return replace(mention, type="organisation", entity=team, score=min(mention.score, TEAM))
