"""A story to take away: its statements and quotations as a table and as web annotations, with the places of their
words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from storydesk.coverage import Coverage, CoveredItem, Passage
from storydesk.model import Account, Span
from storydesk.site.present.words import around

__all__ = ["quote_rows", "statement_rows", "web_annotations"]

PLACE: Final = ("published", "url", "item", "revision", "start", "end")
QUOTES: Final = ("speaker", "outlet", "verbatim", "words", "through", *PLACE)
STATEMENTS: Final = ("statement", "told_by", "origins", "outlet", "words", *PLACE)

CONTEXT: Final = 6
"""Words before and after a passage that a selector carries: enough to tell it from a repetition."""


def quote_rows(coverage: Coverage) -> Iterator[tuple[str, ...]]:
    """A header, then a row for each wording of each utterance."""
    yield QUOTES
    items = {item.id: item for item in coverage.items}
    for utterance in coverage.utterances:
        for wording in utterance.wordings:
            item, words = items[wording.passage.item], wording.passage
            verbatim = "yes" if wording.verbatim else "no"
            yield _row(
                utterance.speaker, item.source, verbatim, words.text, wording.through or "", *_place(item, words)
            )


def statement_rows(coverage: Coverage) -> Iterator[tuple[str, ...]]:
    """A header, then a row for each outlet's words of each statement, numbered in the order of the coverage."""
    yield STATEMENTS
    items = {item.id: item for item in coverage.items}
    for number, statement in enumerate(coverage.statements, 1):
        for words in statement.cells:
            item = items[words.item]
            told = str(number), statement.told_by, str(len(statement.origins))
            yield _row(*told, item.source, words.text, *_place(item, words))


def web_annotations(
    coverage: Coverage, accounts: Sequence[Account], address: str, whole: bool = True
) -> dict[str, Any]:
    """The statements and quotations as a collection of web annotations (W3C Web Annotation Data Model, 2017).

    Each aims at an outlet's page with a TextQuoteSelector and a TextPositionSelector, whose offsets are code points of
    the text that the desk read of it. ``address`` is the collection's. Items without an address are left out: an
    annotation needs a source. Without ``whole``, as for the public, words before and after are given only where the
    passage is said twice.
    """
    texts = {(one.item.id, one.item.revision): one.item.text for one in accounts}
    items = {item.id: item for item in coverage.items if item.url}
    notes = []
    for motivation, words, value in _bodies(coverage):
        item = items.get(words.item)
        if item:
            target = _target(item, words, texts.get((words.item, words.revision), ""), whole)
            body = {"type": "TextualBody", "purpose": motivation, "format": "text/plain", "value": value}
            notes.append({"type": "Annotation", "motivation": motivation, "body": body, "target": target})
    numbered = [{"id": f"{address}#{number}", **note} for number, note in enumerate(notes, 1)]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": address,
        "type": "AnnotationCollection",
        "label": coverage.headline,
        "total": len(numbered),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": numbered},
    }


def _bodies(coverage: Coverage) -> Iterator[tuple[str, Passage, str]]:
    """What is said of each passage: who speaks, or how many origins tell it, or from what it differs."""
    for utterance in coverage.utterances:
        for wording in utterance.wordings:
            through = f", by way of {wording.through}" if wording.through else ""
            kind = "quoted" if wording.verbatim else "reported"
            yield "identifying", wording.passage, f"{kind}: {utterance.speaker}{through}"
    for statement in coverage.statements:
        for words in statement.cells:
            yield "classifying", words, f"told by {len(statement.origins)} of {len(coverage.origins)} origins"
    for difference in coverage.differences:
        figures = list(dict.fromkeys(side.passage.text for side in difference.sides))
        for side in difference.sides:
            others = ", ".join(figure for figure in figures if figure != side.passage.text)
            update = ", as an update" if difference.update else ""
            yield "classifying", side.passage, f"{difference.kind}, {difference.about}: differs from {others}{update}"


def _target(item: CoveredItem, words: Passage, text: str, whole: bool) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": words.text}
    if whole or text.count(words.text) > 1:
        near = around(text, Span(words.start, words.end), CONTEXT)
        quote |= {"prefix": text[near.start : words.start], "suffix": text[words.end : near.end]}
    place = {"type": "TextPositionSelector", "start": words.start, "end": words.end}
    return {"source": item.url, "selector": [quote, place]}


def _place(item: CoveredItem, words: Passage) -> tuple[str, ...]:
    published = item.published.isoformat() if item.published else ""
    return published, item.url or "", item.id, str(words.revision), str(words.start), str(words.end)


def _row(*cells: str) -> tuple[str, ...]:
    return tuple(map(_inert, cells))


def _inert(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula (OWASP, CSV injection): an apostrophe before what would
    be one."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
