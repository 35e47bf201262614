"""Known names that the words beside them make another thing of: "Wild Turkey", "President George Washington", "USA
TODAY", "during Mass.", "Asian American", a photographer's agency.
"""

from __future__ import annotations

import re

from storydesk.knowledge import Hit
from storydesk.knowledge.lexicon import key
from storydesk.language import is_stop_word
from storydesk.model import Entity
from storydesk.recognise.headlines import is_shouted, line_of
from storydesk.recognise.shortened import PAPERS
from storydesk.recognise.titles import PLAYER, TITLE_OBJECT
from storydesk.recognise.tongues import is_language

__all__ = ["names_another_thing"]

QUALIFIED = re.compile(
    r"\b(?:Lake|Mount|Mt\.?|Fort|Port|Cape|Queen|King|Saint|St\.?|American|West|Wild|Little|\d"
    r"|University of (?:[^\W\d_a-z]\w+ )?[^\W\d_a-z]\w+,) $"
)
"""What makes another name of the next word: "Lake Victoria", "American Indian", "44 B.C.", "University of California,
Irvine"."""

GIVEN_NAME = re.compile(
    r"\b(?:President|Mr|Mrs|Ms|Dr|Sir|Senator|Sen|Governor|Gov|Rep|Judge|Justice|Captain|Professor)\.?"
    r" (?!Republican|Democrat|Attorney|General|Vice)[^\W\d_a-z][^\W\d_A-Z]+ $"
)
"""A rank and a given name: what follows is a surname, "President George Washington"."""

OFFICE = re.compile(
    r" (?:[Mm]inist(?:er|ry)|[Ss]ecretary|[Dd]epartment|[Cc]ourts?|Inspection|Relations|Day|Law|Code)\b"
)
"""What makes a matter of the word before it: "the Labour ministry" is no party's."""

PAPER = re.compile(rf" (?:Today|TODAY|{PAPERS})\b")
"""What makes a newspaper of the place before it."""

ABBREVIATED = re.compile(r"[^\W\d_]{3,}\.")
IN_PLACE = re.compile(r"(?:[,(\[–—/-] ?|\b(?:in|from|near) )$")
"""Where a state is abbreviated: "Salem, Mass.", "(D-Mass.)", and not "during Mass."."""

CREDIT = re.compile(r"(?:[Pp]hoto(?:graph)?s?|[Ii]mages?|[Pp]icture)\b[^\n]{0,60}/$")
"""A photographer's name and a stroke: what follows is who sells the picture."""

OF_BODY = re.compile(
    r"\b(?:[A-Z]{2,5}|University|College|School|Bank|Party|Democrats|Republicans|Association|Federation|Union|Society"
    r"|Institute|Museum|Church|Diocese|Archdiocese|Bishop|Archbishop|Duke|Duchess|Prince|Princess|Earl|Tour|Radio|Voice)"
    r" (?:of|de) (?:the )?(?:(?:North|South|East|West)(?:ern)? |Central )?$"
)
"""What a place only completes the name of: "University of", "the Republican Party of", "GM of". An organ of a state is
none of these: what the Parliament of Norway does, Norway is in.
"""

ORIGIN = re.compile(r"[- ]Americans?\b")
"""Behind a word for a people: those are Americans."""

SUPPORTERS = re.compile(r"s? (?:[Uu]nited )?(?:[Ff]or|[Aa]gainst) [^\W\d_a-z]")
"""Behind a word for a people: it begins a body's name, "Americans for Clean Water"."""

GROUPS = r"(?:[Ww]hites?|[Bb]lacks?|Hispanics?|Latinos?|Native (?:Hawaiian|American)s?|American Indians?)"
AFTER_GROUP = re.compile(rf"\b{GROUPS}(?:,? and|,? or|,) $")
BEFORE_GROUP = re.compile(rf"s?(?:,? and|,? or|,) {GROUPS}\b")

WING = re.compile(r"\b(?:College|Young) $")
"""What makes another body of a party: "College Republicans", "Young Liberals"."""

ACRONYM = range(3, 7)
"""Letters of an acronym that is looked for spelled out."""

LOCALITY = r" (?:Bay|Beach|Lakes?|Rivers?|Islands?|County|Mountains?|Straits?|Valley|Peninsula|Falls|Heights|Springs)\b"
ITS_LOCALITY = re.compile(LOCALITY)
CLUB = re.compile(
    rf"(?: [^\W\d_a-z]\w+){{1,2}} (?:(?:head )?coach|manager|player|star|fan|{PLAYER}|(?:first|second|third) base)s?\b"
)
"""Behind a town: the rest of its team's name, and whom only a team has."""

ORDINARY = re.compile(r"The (?:[a-zà-ÿ]+ ?)+")
"""The beginning of a sentence, no name: "The foundation", "The times"."""

EVENT = re.compile(r" (?:War|Marathon|Olympics|Games|Open|Grand Prix)\b")
"""What makes an event of the place before it: "Iraq War", "Boston Marathon"."""

MONEY = re.compile(r" ?[$€£¥]")
PRICED = re.compile(r"[$€£¥] ?\d[\d.,]*(?: (?:million|billion|trillion))? $")
"""What makes a currency of a country beside it: "US$ 40", "$3 million US"."""

OF_STATE = re.compile(r"\b[Ss]tate $")
ORGAN = re.compile(r"Senate|House(?: of Representatives)?|Assembly|Congress|Supreme Court|Legislature")
"""Before an organ that the nation has as well: "the state Senate"."""

FURTHER_WRITERS = re.compile(r"\bcontributed (?:to this (?:report|article|story)|(?:reporting )?from)\b")
LONGEST_CREDIT = 300
"""Code points of the longest line that says who else wrote a report, and from where: what it tells is elsewhere."""

SMALL = 0.5
"""Weight under which a town is less known than the bay or the county that bears its name."""


def names_another_thing(text: str, hit: Hit) -> bool:
    """Whether the words beside a known name make another thing of it."""
    before = text[max(0, hit.start - 70) : hit.start]
    words = text[hit.start : hit.end]
    if ORDINARY.fullmatch(words) or (words.isupper() and is_stop_word(words) and is_shouted(text, hit.start)):
        return True
    if TITLE_OBJECT.search(before[-30:]) or QUALIFIED.search(before):
        return True
    if hit.via == "demonym":
        return is_language(text, hit.start, hit.end) or _is_group(text, hit, before)
    if hit.entities[0].type == "place":
        return _is_no_place(text, hit, before)
    body = hit.entities[0]
    if body.type != "organisation":
        return False
    a_states = ORGAN.fullmatch(words) is not None and OF_STATE.search(before) is not None
    parts = a_states or WING.search(before) is not None
    return parts or _is_matter(text, hit) or _is_credit(body, before) or _is_anothers_acronym(text, hit, body)


def _is_matter(text: str, hit: Hit) -> bool:
    """Whether a body's name of one word only says of what an office or a court is: "Labour Minister"."""
    word = text[hit.start : hit.end]
    return word.isalpha() and not word.isupper() and OFFICE.match(text, hit.end) is not None


def _is_credit(body: Entity, before: str) -> bool:
    """Whether a body's acronym is a picture agency's here; that of a news agency is its own."""
    return CREDIT.search(before) is not None and "news" not in body.description.lower()


def _is_anothers_acronym(text: str, hit: Hit, body: Entity) -> bool:
    """Whether the item itself spells an acronym out as another name: "Americans for Clean Water ... ACW"."""
    letters = text[hit.start : hit.end].replace(".", "")
    if not (letters.isalpha() and letters.isupper() and len(letters) in ACRONYM):
        return False
    words = [rf"[{letter}{letter.lower()}][\w’'-]+" for letter in letters[1:-1]]
    spelled = re.search(" ".join([rf"\b{letters[0]}[\w’'-]+", *words, rf"{letters[-1]}[a-z][\w’'-]*"]), text)
    return spelled is not None and key(spelled[0]) not in {key(name) for name in (body.name, *body.aliases)}


def _is_group(text: str, hit: Hit, before: str) -> bool:
    """Whether a word for a people counts part of another country's, or begins a body's name."""
    after = text[hit.end : hit.end + 40]
    return any((SUPPORTERS.match(after), ORIGIN.match(after), AFTER_GROUP.search(before), BEFORE_GROUP.match(after)))


def _is_no_place(text: str, hit: Hit, before: str) -> bool:
    words = text[hit.start : hit.end]
    if OF_BODY.search(before) or EVENT.match(text, hit.end) or _is_reporters(text, hit.start):
        return True
    if MONEY.match(text, hit.end) or PRICED.search(before):
        return True
    if ABBREVIATED.fullmatch(words) and not IN_PLACE.search(before):
        return True
    if ITS_LOCALITY.match(text, hit.end) or CLUB.match(text, hit.end):
        return True
    if PAPER.match(text, hit.end) or (words.isalpha() and GIVEN_NAME.search(before)):
        return True
    small = hit.entities[0].weight < SMALL
    return small and re.search(rf"\b{re.escape(words)}{LOCALITY}", text) is not None


def _is_reporters(text: str, start: int) -> bool:
    """Whether a place stands in the line that says who else wrote a report, and from where."""
    line = line_of(text, start)
    return len(line) <= LONGEST_CREDIT and FURTHER_WRITERS.search(line) is not None
