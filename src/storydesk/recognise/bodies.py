"""Names of organisations, told from their own last word and from the words right beside them."""

from __future__ import annotations

import re

__all__ = ["BODY", "NO_BODY", "has_staff", "is_body_here", "with_number"]

BODY = re.compile(
    r"""
    agency|airlines|airways|alliance|army|assembly|association|authority|bank|band|battalion|board|brewery|brigade|
    broadcasting|bureau|cabinet|chamber|club|coalition|college|command|commission|committee|company|conference|
    congress|consortium|corporation|corps|council|court|department|division|entertainment|federation|fc|force|
    forces|forum|foundation|foundries|foundry|fund|government|group|guard|holdings|hospital|inc|industries|institute|
    institution|laboratories|league|ltd|mills|ministry|motors|movement|museum|network|news|office|orchestra|
    organisation|organization|parliament|partners|party|pictures|police|quartet|radio|railroad|railway|records|
    regiment|school|secretariat|senate|service|services|society|squadron|studios|systems|team|technologies|television|
    theatre|tribunal|trust|union|university|works
    """,
    re.VERBOSE,
)
"""Last words of names of organisations."""

NO_BODY = re.compile(
    r"(?:.* )?(?:awards?|trophy|prize|cup|medal|season|campaign|festival|championships?|olympics|games|war|treaty|act)"
    r"|[a-z]{1,3} ?\d[\d ]* .*",
)
"""Names, folded, that the model takes for organisations and that are prizes, feasts, laws and machines."""

KIND = (
    r"(?:band|company|firm|label|(?:radio |television |TV )?station|broadcaster|newspaper|magazine|airline|retailer"
    r"|manufacturer|carmaker|charity|think tank|start-?up|publisher|nonprofit|non-profit|brewery|orchestra|choir)"
)
CALLED = re.compile(rf"\b{KIND},? $")
"""What stands right before an organisation: "the rock band Blue Harbour"."""

IS_ONE = re.compile(
    rf"(?:, | is | was | \(\w+\) is )an? (?:[\w’'-]+ ){{0,4}}{KIND}\b"
    r"| (?:was|were) (?:founded|acquired|incorporated|disbanded) |['’]s (?:debut album|albums?|shareholders)\b"
)
"""What stands right behind one: "Caloro, a Brazilian manufacturer", "Caloro was founded in"."""

STAFFED = re.compile(
    r"(?: ?['’]s)? (?:spokes(?:man|woman|person)|shares|executives|employees|CEO|chief executive"
    r"|(?:[a-z]+ ){0,2}(?:subsidiary|division))\b"
    r"|(?: ?['’]s)? (?:[a-z]+ ){0,2}(?:analyst|economist|strategist|engineer|researcher|chairman|chairwoman|president"
    r"|director|boss|co-?founder|manager) (?=[^\W\d_a-zà-ÿ][^\W\d_A-Z])"
)
"""What stands right behind what has shares and posts: "Caloro analyst Berit Lund"."""

STAFF_OF = re.compile(
    r"\b(?:spokes(?:man|woman|person) for|(?:CEO|chief executive|chair(?:man|woman)?|director|(?:co-?)?founder) of"
    r"|(?:analyst|economist|strategist|engineer|researcher|executive) (?:at|for|with)) (?:the )?$"
)
"""What stands right before it."""

UNIT = re.compile(r"(?:division|wing|regiment|brigade|battalion|corps|squadron|infantry|army|fleet|congress)", re.I)
NUMBER = re.compile(r"\b\d{1,3}(?:st|nd|rd|d|th)? $")


def is_body_here(text: str, start: int, end: int) -> bool:
    """Whether the words right before or behind a name can only belong to an organisation."""
    return CALLED.search(text, max(0, start - 30), start) is not None or IS_ONE.match(text, end) is not None


def has_staff(text: str, start: int, end: int) -> bool:
    """Whether the words right before or behind a name say that it has a spokesman, shares or posts."""
    return STAFFED.match(text, end) is not None or STAFF_OF.search(text, max(0, start - 40), start) is not None


def with_number(text: str, start: int, end: int) -> int:
    """Where an organisation's name begins, its number included: "65th Air Division"."""
    if not UNIT.fullmatch(text[start:end].rsplit(" ", 1)[-1]):
        return start
    number = NUMBER.search(text, max(0, start - 7), start)
    return number.start() if number else start
