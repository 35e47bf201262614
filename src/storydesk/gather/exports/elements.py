"""An XML export as a stream of elements, in bounded memory and without harm: no entity is resolved, no document type
loaded, nothing fetched, and libxml2's limits on depth and length hold (``huge_tree`` off).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from lxml import etree

from storydesk.gather.exports.exported import Damage

__all__ = ["Element", "elements", "text_of"]

Element = etree._Element

NAMED: Final = 20
"""Faults of the markup that are named one by one; of what follows from the first ones nobody learns more."""


def elements(file: IO[bytes], *names: str) -> Iterator[Element | Damage]:
    """The elements with these local names as they end; each is emptied when the next is asked for. Faults of the markup
    come last, by line: libxml2 reads on behind them as well as it can."""
    context = etree.iterparse(
        file,
        tag=[f"{{*}}{name}" for name in names],
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in context:
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        yield Damage(f"line {error.lineno}", error.msg or "is not XML")
        return
    faults = [fault for fault in context.error_log if fault.level >= etree.ErrorLevels.ERROR]
    for fault in faults[:NAMED]:
        yield Damage(f"line {fault.line}", fault.message)


def text_of(element: Element, name: str) -> str:
    """What the first child with this local name says, without space around it; empty where there is none."""
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _forget(element: Element) -> None:
    """Empties an element and, at the document's second level, what lies before it. One that has nothing in it only
    refers to another, and is still asked for its attributes."""
    if len(element):
        element.clear()
    above = element.getparent()
    while above is not None and above.getparent() is None and element.getprevious() is not None:
        del above[0]
