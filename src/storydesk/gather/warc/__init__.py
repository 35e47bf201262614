"""Web archives: WARC files, as they are or packed with gzip or zstd, as a stream of records.

    Archive        a file to its records and its damage, in memory that does not grow, from any position on
    is_archive     whether a file is one, by its name or its first bytes

Nothing here touches the network. Why a library does not do it alone: ``docs/decisions/0009-archives.md``.
"""

from storydesk.gather.warc.archive import Archive
from storydesk.gather.warc.records import LARGEST, Damage, Record
from storydesk.gather.warc.telling import is_archive
from storydesk.gather.warc.unpacking import START, Position

__all__ = ["LARGEST", "START", "Archive", "Damage", "Position", "Record", "is_archive"]
