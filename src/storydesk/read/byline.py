"""By-lines as people print them, in pages and in plain text: what stands before the names of authors, and the names."""

from __future__ import annotations

import re

from storydesk.read.names import EDGES, GAP, LONGEST, NAMES, NO_NAME, WORD, bare, one_line

__all__ = ["after_names", "author_in", "is_label", "names_after", "team_in"]

DONE = (
    r"written|words|text|texte?|reporting|story|posted|published|article|report|authored|contributed|compiled|submitted"
    r"|analysis|opinion|commentary|column|essay|feature|interview|guest\s+(?:post|column|essay)|geschrieben|verfasst|kommentar"
    r"|analyse|gastbeitrag|bericht|kolumne|reportage|écrit|publié|rédigé|chronique|escrito|publicado|scritto|pubblicato"
    r"|geschreven|napisane|skrevet|skriven"
)
DID = (
    r"(?:(?:(?:this|the)\s+(?:post|article|story|piece|guide)\s+(?:was\s+|is\s+)?|(?:an?|ein|eine|une|een)\s+)?"
    rf"(?:{DONE})\s+(?:by|von|par|por|da|di|door|przez|av|af))"
)
BY = r"(?:by|von|par|por|di|door|af|av|od|przez)"
LABEL = (
    r"(?:authors?|about\s+the\s+authors?|autor(?:in|en|a|es|zy|ka)?|auteure?s?|autor[ei]|forfatter|författare|автор(?:ы|и)?"
    r"|yazar|szerző|kirjoittaja|συντάκτης|作者|著者|記者|记者|文|(?:te[ksx]+te?|texto|testo|текст|words|redakcja|opracowanie)(?=\s*[:：]))"
)
CUE = rf"(?:{DID}|{BY}|{LABEL})"
"""What stands before the names of authors: what they did and a preposition, the preposition alone, or a label."""

MARK = r"(?:\(s\))?(?:\s*[:：]\s*|\s+)"
NOTED = r"(?:\(s\))?\s*[:：]?\s*"
BYLINE = re.compile(
    rf"{CUE}{MARK}(?P<names>{NAMES})(?P<rest>\s*[,|;•·/(–—-].*|\s+(?:in|at|for|on|am|le|el)\s.*"
    r"|\s+(?:\w+\.?\s+)?\d.*)?",
    re.I | re.S,
)
INNER = re.compile(rf"(?:^|\n|[|•·⋅⸱—–/,)]\s*|\d\s+){CUE}{MARK}(?P<names>{NAMES})", re.I)
"""A by-line that begins a line or stands behind a mark or a number in it."""

NOT_WRITTEN = re.compile(
    r"(?:reviewed|checked|edited|updated|translated|produced|hosted|presented|sponsored|powered|photo\w*|images?|illustrat\w+|video)\s*$",
    re.I,
)
"""What others did, before "by"."""

LABELLED = re.compile(rf"(?:{DID}|by|{LABEL}){NOTED}", re.I)
"""A cue alone: the names are in the next line."""

PEN_NAME = re.compile(
    rf"(?:^|\n|\d\s+)(?:{DID}|by)\s*:?\s*(?P<name>(?:[^\W_][\w.-]{{2,24}}|(?:the{GAP})?\d?{WORD}(?:{GAP}{WORD}){{0,3}})(?=\n|$))",
    re.I,
)
TEAM = re.compile(
    rf"(?:^|\n)\s*(?:(?:{DID}|by)\b\s*:?\s*)?(?P<team>(?:(?:the|our)\s+)?(?:(?-i:[A-Z])[\w&'’.-]*\s+){{0,4}}"
    r"(?:(?-i:Team)|team|editors|staff|newsroom|editorial\s+board|redaktion|redacción|redação|rédaction|redazione|redactie"
    r"|redakcja|редакция))(?=\n|$)",
    re.I,
)
"""A name without capitals behind "by"; and who writes together under no name of their own."""


def author_in(line: str) -> str | None:
    """The names in a by-line ("By Ana Ruiz and Tom Okafor, Reykjavik"), or ``None`` where the line is none."""
    line = line.strip()
    match = BYLINE.fullmatch(line) if len(line.split()) <= LONGEST else None
    return match["names"].strip(EDGES) if match and not NO_NAME.search(match["names"]) else None


def after_names(line: str) -> str | None:
    """What follows the names in a by-line, perhaps empty; ``None`` where the line is none."""
    match = BYLINE.fullmatch(line.strip())
    return (match["rest"] or "") if match else None


def team_in(text: str, cued: bool = False) -> str | None:
    """Who writes together, as a line says ("The Tidewater Team"); ``cued`` says that a by-line is already known."""
    team = TEAM.search(text)
    named = team and (cued or team["team"] != team.group().strip() or team["team"].lower().startswith(("the ", "our ")))
    return one_line(team["team"]) if team and named else None


def names_after(text: str) -> str | None:
    """The names behind a cue anywhere in a line, without what they are; ``None`` where none are. A line break in
    ``text`` says where an element ends.

    A team counts, and so does a single word without a capital where nothing but "by" stands before it.
    """
    for match in INNER.finditer(text):
        names = bare(match["names"])
        if names and not NO_NAME.search(names) and not NOT_WRITTEN.search(text[: match.start()]):
            return names
    if team := team_in(text):
        return team
    pen = PEN_NAME.search(text)
    return pen["name"] if pen and not NO_NAME.search(pen["name"].lower().removeprefix("the ")) else None


def is_label(line: str) -> bool:
    """Whether a line only says that the next one names the authors ("Written by")."""
    return bool(LABELLED.fullmatch(line.strip()))
