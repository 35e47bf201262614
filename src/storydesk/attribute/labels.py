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

LABEL = re.compile(r"^[ \t]*[“\"]?([^\s:“”\"«»][^\n:“”\"«»]{1,59}?)(:)[ \t\u00a0]+(?=\S)", re.MULTILINE)
"""A short beginning of a line, or of a quotation that opens it, up to a colon."""
FEWEST = 3
"""Words that must follow: less is a field of a form ("Photo: …")."""


def labelled(marks: Marks, mentions: Sequence[Mention]) -> list[Finding]:
    """A finding for each line that a person's name and a colon begin; its content is the rest of the line."""
    people = [mention for mention in mentions if mention.type == "person"]
    ends = {mention.end for mention in people}
    surnames = {marks.text[mention.start : mention.end].split()[-1].lower() for mention in people}
    found = []
    for match in LABEL.finditer(marks.text):
        person = match.end(1) in ends or match[1].split()[-1].lower() in surnames
        content = _rest(marks, match.start(1), match.end())
        if not person or content is None or content.of(marks.text).count(" ") < FEWEST - 1:
            continue
        source = Span(*match.span(1))
        found.append(Finding((content,), cue=Span(*match.span(2)), source=source))
    return found


def _rest(marks: Marks, label: int, start: int) -> Span | None:
    """What follows a label in its line, or in the quotation that both stand in where that ends first."""
    line = marks.text.find("\n", start)
    end = line if line >= 0 else len(marks.text)
    around = marks.within(label)
    return trim(marks.text, Span(start, min(end, around.inner.end) if around else end), marks.edges)
