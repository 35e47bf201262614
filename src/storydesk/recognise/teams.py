"""Teams that bear the name of their town or country: "Cork 1-22, Tipperary 2-18", "Norway beat Sweden on penalties".

A place's card beside them would be another thing's card, so in a report on sport a place that plays is a team.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from storydesk.knowledge import Knowledge
from storydesk.knowledge.lexicon import key
from storydesk.model import Entity, Mention
from storydesk.recognise.bodies import BODY
from storydesk.recognise.places import is_within, kind_of
from storydesk.recognise.sports import is_of, sport_of
from storydesk.recognise.titles import PLAYER

__all__ = ["without_teams"]

SPORT = re.compile(
    r"""
    \b(?:match|matches|league|cup|coach|goals?|goalkeeper|striker|midfielder|penalt(?:y|ies)|half-time|halftime|kick-off
      |quarterback|touchdown|innings|wickets?|inning|home[ ]run|playoffs?|play-offs?|semi-?finals?|semifinals?|season
      |tournament|championships?|standings|fixture|points|offside
      |substitute|the[ ]game|quarter-?finals?|final[ ]quarter|puck|overtime|scored|free[ ]throws?|referee)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
ENOUGH, ENOUGH_IN_SHORT = 4, 2
"""Different words of sport from which a text is a report on it: politics borrows two or three of them in a long one."""

SHORT = 300
"""Code points of the longest short text."""

SCORE = re.compile(r"(?: |, )\d{1,3}[-–]\d{1,3}\b(?!\s*(?:percent|per cent|%|year))")
PLAYS = re.compile(
    r"""
    [ ](?:beats?|defeat(?:s|ed)|thrash(?:es|ed)|hammer(?:s|ed)|edged|drew[ ]with|los(?:es|t)|wins?|won
      |play(?:s|ed)?|scored?|scores|led|trailed|lead|go(?:es)?[ ]top|went[ ]top|had[ ]goals
      |host(?:s|ed)?|equalised|manager|coach|captain|striker|goalkeeper|midfielder|defender|fans?|supporters)\b
    |[ ]?['’]s[ ](?:charge|attack|lead|winner|opener|goal|try|squad|line-?up|bench|defen[cs]e)\b
    """,
    re.VERBOSE,
)
PLAYED = re.compile(
    r"(?:\b(?:beat|beats|beating|defeat|defeated|against|thrashed|edged|sank|sinks|over|versus|vs?\.?|to face|facing"
    r"|at home to|away to|drew with|lost to|victory over|win over|draw with) )$"
)


OF_TEAM = re.compile(
    rf"(?: ?['’]s)? (?:(?:head )?coach|{PLAYER}) [^\W\d_a-z]| ?['’]s (?:(?:new|old|former|head|first-team|national|most"
    rf"|best|top|star|leading|[a-z]+ly [a-z]+ed) )*(?:coach|quarterback|{PLAYER})\b"
)
"""Behind a place: whom only a team has, whatever the text is about."""

MANAGED = re.compile(r" (?:manager|president|general manager|chief executive|CEO|star|veteran) [^\W\d_a-z]")
"""Behind a town or a state, before a name: whom a country may have, and a town only if it is a team's or a firm's."""

BEAT = re.compile(
    r" (?i:beats?|defeat(?:s|ed)|edge[sd]|thrash(?:es|ed)|rout(?:s|ed)|sweeps?|swept|downed|tops) (?:the )?"
    r"(?=[^\W\d_a-z])"
)

GAME = re.compile(
    r" ?['’]s (?:(?:first|second|third|last|latest|only|[a-z]+th) )?(?:perfect game|no-hitter|bullpen|roster|line-?up"
    r"|locker room|(?:win|winning|losing) streak|playoff \w+|record (?:is|was|fell|rose|dropped|improved|stands))\b"
)
"""Behind a town: what only its team has, if the text names the team."""

RESULT = re.compile(r"[^.!?\n]{0,90}\b\d{1,3}[-–]\d{1,3}\b")
"""A score in the rest of the sentence."""

NICKNAME = 2
"""Words of a team's name behind its town's."""

TEAM = 0.8
"""How sure it is that the one body that bears a playing place's name is its team: no card rests on it."""


def without_teams(text: str, mentions: Sequence[Mention], knowledge: Knowledge) -> list[Mention]:
    """The same mentions; places that play are organisations: the one of that name, if there is just one, else without
    a link.
    """
    sport = _reports_sport(text)
    beating = _beating(text, mentions, knowledge)
    linked = {mention.entity for mention in mentions if mention.entity}
    play = [
        mention in beating
        or _plays(text, mention, knowledge, sport)
        or _managed(text, mention, knowledge)
        or _has_game(text, mention, knowledge, linked)
        for mention in mentions
    ]
    teams = {_words(text, mention) for mention, plays in zip(mentions, play, strict=True) if plays} if sport else set()
    return [
        _as_team(text, mention, knowledge, linked) if plays or _still(text, mention, teams) else mention
        for mention, plays in zip(mentions, play, strict=True)
    ]


def _beating(text: str, mentions: Sequence[Mention], knowledge: Knowledge) -> set[Mention]:
    """Places that beat something in numbers, and towns and states that beat one another, the beaten included."""
    beating: set[Mention] = set()
    for at, mention in enumerate(mentions):
        beat = BEAT.match(text, mention.end)
        if not beat or not _bears_a_place(mention, knowledge):
            continue
        beaten = [each for each in mentions[at + 1 : at + 2] if each.start == beat.end() and each.type == "place"]
        counted = RESULT.match(text, beat.end()) is not None
        if counted or (beaten and _is_local(mention, knowledge) and _is_local(beaten[0], knowledge)):
            beating |= {mention, *beaten}
    return beating


def _bears_a_place(mention: Mention, knowledge: Knowledge) -> bool:
    """Whether it is a place, or a single word heard as a person that a place bears as well."""
    if mention.type == "place" or mention.entity or " " in mention.name:
        return mention.type == "place" and mention.via == "name"
    return any(entity.type == "place" for entity in knowledge.named(mention.name))


def _managed(text: str, mention: Mention, knowledge: Knowledge) -> bool:
    """Whether a town or a state has somebody whom only a team or a firm has."""
    return MANAGED.match(text, mention.end) is not None and _is_local(mention, knowledge)


def _has_game(text: str, mention: Mention, knowledge: Knowledge, linked: Collection[str]) -> bool:
    """Whether a town has what only its team has, which the text names by another name: "Larnholm's record", beside
    "the Larnholm Gulls".
    """
    if GAME.match(text, mention.end) is None or not _is_local(mention, knowledge):
        return False
    return any(body.id in linked for body in _bodies(mention.name, knowledge))


def _is_local(mention: Mention, knowledge: Knowledge) -> bool:
    """Whether it is a town or a state."""
    entity = knowledge.entity(mention.entity) if mention.entity and mention.via == "name" else None
    return entity is not None and kind_of(entity) in ("city", "state")


def _still(text: str, mention: Mention, teams: Collection[str]) -> bool:
    """Whether a place that plays elsewhere in a report on sport is that team here too: not where something is in it,
    nor in the capitals of a date-line.
    """
    place = mention.type == "place" and mention.via == "name" and _words(text, mention) in teams
    return place and not is_within(text, mention.start)


def _words(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end]


def _reports_sport(text: str) -> bool:
    enough = ENOUGH_IN_SHORT if len(text) <= SHORT else ENOUGH
    return len({match[0].lower() for match in SPORT.finditer(text)}) >= enough


def _plays(text: str, mention: Mention, knowledge: Knowledge, sport: bool) -> bool:
    played = OF_TEAM.match(text, mention.end) is not None
    if sport and not played:
        before, after = text[max(0, mention.start - 16) : mention.start], text[mention.end : mention.end + 16]
        played = bool(SCORE.match(after) or PLAYS.match(after) or PLAYED.search(before))
    unlinked_body = mention.type == "organisation" and mention.entity is None
    if not played or not (mention.type == "place" or unlinked_body):
        return False
    return _bears_a_place(mention, knowledge) or (unlinked_body and len(_bodies(mention.name, knowledge)) > 1)


def _bodies(name: str, knowledge: Knowledge) -> list[Entity]:
    return [entity for entity in knowledge.named(name) if entity.type == "organisation"]


def _as_team(text: str, mention: Mention, knowledge: Knowledge, linked: Collection[str]) -> Mention:
    """The team of that name: the one body that bears it, or of several the one that the item names otherwise too, that
    plays what the item reports, or whose own name goes on behind it ("Larnholm Gulls").
    """
    bodies = _bodies(mention.name, knowledge)
    sport = sport_of(text) if len(bodies) > 1 else None
    choices = (
        bodies,
        [body for body in bodies if body.id in linked],
        [body for body in bodies if sport and is_of(body, sport)],
        [body for body in bodies if _goes_on(body, mention)],
    )
    team = next((choice[0].id for choice in choices if len(choice) == 1), None)
    return replace(mention, type="organisation", entity=team, score=min(mention.score, TEAM))


def _goes_on(body: Entity, mention: Mention) -> bool:
    town, _, rest = key(body.name).partition(f"{key(mention.name)} ")
    return not town and 0 < len(rest.split()) <= NICKNAME and not BODY.fullmatch(rest.rpartition(" ")[2])
