"""A story to take away: what of a coverage the public may have, and its quotes as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from storydesk.coverage import Coverage, Statement

__all__ = ["ONLY_SHOWN", "for_the_public", "quote_rows"]

ONLY_SHOWN: Final = 4
"""Statements of each single origin that the public sees: with all of them a page would reprint the outlet's whole
text.
"""

HEADER: Final = ("speaker", "outlet", "verbatim", "words", "through", "published", "url", "item", "start", "end")


def for_the_public(coverage: Coverage, only_shown: int = ONLY_SHOWN) -> Coverage:
    """The coverage without most of what only one origin tells, as the public page shows it."""
    told: Counter[tuple[str, ...]] = Counter()

    def shown(statement: Statement) -> bool:
        if statement.told_by != "one":
            return True
        told[statement.origins] += 1
        return told[statement.origins] <= only_shown

    return replace(coverage, statements=tuple(filter(shown, coverage.statements)))


def quote_rows(coverage: Coverage) -> Iterator[tuple[str, ...]]:
    """A header, then a row for each wording of each utterance."""
    yield HEADER
    items = {item.id: item for item in coverage.items}
    for utterance in coverage.utterances:
        for wording in utterance.wordings:
            item, words = items[wording.passage.item], wording.passage
            yield tuple(
                _inert(cell)
                for cell in (
                    utterance.speaker,
                    item.source,
                    "yes" if wording.verbatim else "no",
                    words.text,
                    wording.through or "",
                    item.published.isoformat() if item.published else "",
                    item.url or "",
                    item.id,
                    str(words.start),
                    str(words.end),
                )
            )


def _inert(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula (OWASP, CSV injection): an apostrophe before what would
    be one.
    """
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
