"""The stages over archives in bulk: what a crawler kept, read without the web.

read_archive   a WARC file to its items, record by record
Tally          what was read and what was passed over, for people
Journal        lines written so that a killed run goes on where it was
traits_of      what grouping looks at, made in several processes, in order
"""

from storydesk.archive.grouping import traits_of
from storydesk.archive.journal import Journal
from storydesk.archive.reading import Outcome, Tally, read_archive

__all__ = ["Journal", "Outcome", "Tally", "read_archive", "traits_of"]
