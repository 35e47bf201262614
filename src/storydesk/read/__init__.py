"""Reading: the bytes of a page or a text to an :class:`~storydesk.model.Item`. Pure: no network, no clock.

A page's text is found by a small network over its blocks, the rest is what it prints beside its headline or declares; a
plain text is segmented by general cues (:mod:`storydesk.read.plain`); an entry of a feed can stand alone. Everywhere a
paragraph is one line and paragraphs are separated by a blank line.
"""

from storydesk.read.address import normalise
from storydesk.read.document import read_document
from storydesk.read.entry import read_entry
from storydesk.read.excerpt import excerpt

__all__ = ["excerpt", "normalise", "read_document", "read_entry"]
