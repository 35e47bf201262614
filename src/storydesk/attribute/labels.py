"""Lines that begin with the name of who speaks: transcripts, headlines, question and answer ("Ruiz: The bridge is
safe").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storydesk.attribute.finding import Finding, trim
from storydesk.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storydesk.attribute.quotation import Marks
    from storydesk.model import Mention

__all__ = ["labelled"]

LABEL = re.compile(r"^[ \t]*([^\n:“”\"«»]{2,60}?)(:)[ \t\u00a0]+(?=\S)", re.MULTILINE)
"""A short beginning of a line up to a colon."""
FEWEST = 3
"""Words that must follow: less is a field of a form ("Photo: …")."""


def labelled(marks: Marks, mentions: Sequence[Mention]) -> list[Finding]:
    """A finding for each line that a person's name and a colon begin; its content is the rest of the line."""
    people = {mention.end: mention for mention in mentions if mention.type == "person"}
    found = []
    for match in LABEL.finditer(marks.text):
        person = people.get(match.end(1))
        end = marks.text.find("\n", match.end())
        content = trim(marks.text, Span(match.end(), end if end >= 0 else len(marks.text)), marks.edges)
        if person is None or content is None or content.of(marks.text).count(" ") < FEWEST - 1:
            continue
        source = Span(*match.span(1))
        found.append(Finding((content,), cue=Span(*match.span(2)), source=source))
    return found
