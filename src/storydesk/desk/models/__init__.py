"""The tables. A row keeps a value of ``storydesk.model`` as JSON beside the few columns that queries need.

Each table has a key that makes a repeat harmless (``docs/decisions/0003-store-and-worker.md``): a stage that is killed
between its work and its commit is simply done again. What waits to be done is a row whose state says so, claimed by a
conditional update of ``claimed_until``.
"""

from __future__ import annotations

from storydesk.desk.models.corrections import CorrectedRow, CorrectionRow, RulingRow
from storydesk.desk.models.discussion import CommentRow, LogRow, ReportRow, WordingRow
from storydesk.desk.models.people import AuthorRow, LetterRow, LimitRow, SanctionRow, SessionRow
from storydesk.desk.models.sources import EntryRow, FeedRow, SourceRow
from storydesk.desk.models.stories import AddressRow, ItemRow, LinkRow, MentionRow, RevisionRow, StoryNameRow, StoryRow

__all__ = [
    "AddressRow",
    "AuthorRow",
    "CommentRow",
    "CorrectedRow",
    "CorrectionRow",
    "EntryRow",
    "FeedRow",
    "ItemRow",
    "LetterRow",
    "LimitRow",
    "LinkRow",
    "LogRow",
    "MentionRow",
    "ReportRow",
    "RevisionRow",
    "RulingRow",
    "SanctionRow",
    "SessionRow",
    "SourceRow",
    "StoryNameRow",
    "StoryRow",
    "WordingRow",
]
