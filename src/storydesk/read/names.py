"""What names of people look like in print, in any script, and what follows them: degrees, ranks, offices."""

from __future__ import annotations

import re

__all__ = [
    "EDGES",
    "GAP",
    "LONGEST",
    "NAMES",
    "NO_NAME",
    "WORD",
    "bare",
    "holds_role",
    "is_role",
    "name_in",
    "names_at_start",
    "one_line",
]

LONGEST = 14
"""Words of a line of dates and names; a longer one is a sentence."""

LEAST_OF_A_NAME = 3
"""Letters; a shorter "name" is the initials in a round picture."""

LETTER = r"(?-i:[^\W\d_a-zß-öø-ÿа-яё])"
"""A capital, or a letter of a script without capitals."""

GAP = r"[^\S\n]+"
"""White space within a line: a line break in a text is where one of its elements ends, and no name goes on there."""

PARTICLE = r"(?:de|van|von|der|den|la|le|bin|al|el|da|di|du|dos|ter|zu)"
WORD = rf"{LETTER}[\w.'’-]*"
NOT_DATED = r"(?!\w|\.?\s+\d)"
"""A word before a number is a month."""

FURTHER = rf"(?:{GAP}(?:{PARTICLE}{GAP}){{0,2}}(?:{WORD}|\({WORD}\)){NOT_DATED})"
"""A further word of a name, maybe one in brackets."""

DEGREE = (
    r"(?-i:MD|M\.D\.|DO|DVM|VMD|Ph\.?D\.?|MSc?|M\.S\.|MA|M\.A\.|MPH|MBA|BA|BSc?|RDN?|LDN?|RN|BSN|NP|PA-C|JD|Esq\.?|CPA|CFP|CFA|CEPF"
    r"|CDCES|DDS|DMD|DPT|PharmD|PsyD|EdD|LCSW|FAND|DACVB|CSCS|CPT|Jr\.?|Sr(?!\.?\s+\w)\.?)®?"
)
NAME = rf"{WORD}{NOT_DATED}{FURTHER}{{0,4}}(?:,\s*{DEGREE}(?!\w)){{0,4}}"
AND = r"(?:,\s*(?:and\s+)?|&|\b(?:and|und|et|y|e|en|och|og|oraz|и)\b)"
FULL = rf"{WORD}{FURTHER}{{1,4}}(?:,\s*{DEGREE}(?!\w)){{0,4}}"
NAMES = rf"{NAME}(?:\s*(?:{AND}\s*{FULL}|(?:&|\band)\s*{WORD}{NOT_DATED})){{0,9}}"
"""Several names; each after a comma has two words, so that "Ana Ruiz, March" is one."""

ALONE = re.compile(NAMES, re.I)
NO_NAME = re.compile(
    r"\b(?:our|share|follow|view|more|post(?:s|ed)?|read|reading|comments?|subscribe|about|team of|all|home|news|the"
    r"|minutes?|updated|published|author|authors|by|contributors?|editorial|menu|search|written|profile|meet|bio|related|topics|cited)\b",
    re.I,
)
"""Words that no name contains, but the labels beside names do."""

RANK = (
    r"(?:senior|junior|executive|staff|associate|chief|managing|deputy|lead|contributing|content|digital|tech(?:nology)?|guest"
    r"|freelance|marketing|news|editorial|former|co|vice|head|political|sports?|business|national|assistant|principal"
    r"|medical|registered|special|web|product|general|night|city|travel|food|health|science)"
)
ROLE = re.compile(
    rf"(?:^|[\s,(/|]+)(?:{RANK}[\s-]+)*(?:(?:writer|editor|reporter|correspondent|contributor|columnist|journalist|director"
    r"|manager|ceo|cto|founder|analyst|reviewer|specialist|coordinator|consultant|expert|strategist|engineer|developer|designer"
    r"|dietit?ian|nutritionist|physician|professor|president|officer|producer|photographer|blogger|attorney|advis[eo]r"
    r"|intern|researcher|economist|veterinarian|scientist|educator|partner|owner|author)s?|redakteur(?:in)?"
    r"|journalist(?:in|e)|reporterin|korrespondent(?:in)?|rédac(?:teur|trice)|periodista|redactor[ae]?|jornalista|repórter"
    r"|giornalista|redattore|dziennikar(?:z|ka)|редактор|корреспондент|журналист)\b.*",
    re.I | re.S,
)
"""What somebody is, behind the name."""

STAFF = re.compile(r"\b(?:staff|team|desk)\b|editor", re.I)
ROLE_WORDS = 8
"""Words of a line that says what somebody is, fewer than these."""

EDGES = " ,.;:()[]|–—-"
"""What may stand around a name and is no part of it."""

SPLIT = re.compile(rf"(\s*{AND}\s*)", re.I)


def name_in(line: str) -> str | None:
    """The line where it is nothing but a name or several, else ``None``."""
    line = line.strip(EDGES)
    short = len(line.split()) <= LONGEST and max(map(len, line.split()), default=0) >= LEAST_OF_A_NAME
    whole = short and ALONE.fullmatch(line) and not NO_NAME.search(line)
    return line if whole else None


def names_at_start(text: str) -> str | None:
    """The names that a text begins with, up to its end or a line break, without what they are."""
    match = ALONE.match(text)
    if match is None or text[match.end() : match.end() + 1] not in ("", "\n") or NO_NAME.search(match.group()):
        return None
    return bare(match.group())


def bare(names: str) -> str | None:
    """Names without what follows them: a rank, an office. ``None`` where nothing is left."""
    parts = SPLIT.split(names)
    kept = ""
    for mark, part in zip(["", *parts[1::2]], parts[::2], strict=True):
        role = ROLE.search(part)
        name = part[: role.start()] if role else part
        if name.strip(EDGES) and not (kept and role):
            kept += mark + name
        if role:
            break
    return one_line(kept).strip(EDGES) or None


def is_role(line: str) -> bool:
    """Whether a line says what somebody is ("Senior Reporter")."""
    return line.count(" ") < ROLE_WORDS and bool(ROLE.match(line.strip()))


def holds_role(line: str) -> bool:
    """Whether a line says anywhere what somebody is ("AP Sports Writer", "Tidewater Staff")."""
    return bool(ROLE.search(line) or STAFF.search(line))


def one_line(text: str) -> str:
    """A text with single blanks, none of them before a comma."""
    return re.sub(r"\s+(?=,)", "", " ".join(text.split()))
