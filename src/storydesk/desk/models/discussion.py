"""Comments, what readers report of them, and the log of all that became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from storydesk.desk.models.people import AuthorRow
from storydesk.desk.models.stories import ItemRow, StoryRow

__all__ = ["CommentRow", "LogRow", "ReportRow", "WordingRow"]


class CommentRow(models.Model):
    """A reader's comment. Only ``published`` ones are ever shown to the public, through
    ``storydesk.desk.discussion.published``. ``key`` makes a repeated submission harmless.

    ``version`` counts every change of the text, the state, the redactions and the appeal: whoever decides names the
    one that they saw. ``revision`` counts the wordings alone.
    """

    class State(models.TextChoices):
        """Held is the default; a moderator decides. ``unconfirmed``: the guest has not opened the link of the mail."""

        UNCONFIRMED = "unconfirmed"
        HELD = "held"
        PUBLISHED = "published"
        REJECTED = "rejected"

    class Appeal(models.TextChoices):
        """Each rejection may be appealed against once: the comment, not the wording, has one appeal."""

        OPEN = "open"
        ANSWERED = "answered"

    key = models.CharField(max_length=64, unique=True)
    story = models.ForeignKey(StoryRow, on_delete=models.CASCADE, related_name="comments")
    item = models.ForeignKey(
        ItemRow, null=True, on_delete=models.CASCADE, related_name="comments", help_text="where it speaks of one item"
    )
    reply_to = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    depth = models.PositiveSmallIntegerField(default=0)
    author = models.CharField(max_length=80, help_text="the name it is signed with")
    writer = models.ForeignKey(
        AuthorRow, null=True, on_delete=models.SET_NULL, related_name="comments", help_text="who wrote it, where known"
    )
    text = models.TextField()
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    edited = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True, help_text="when its author took it back; the words are gone then")
    version = models.PositiveIntegerField(default=1)

    state = models.CharField(max_length=12, choices=State.choices, default=State.HELD)
    score = models.FloatField(default=0.0)
    reasons = models.JSONField(default=list)
    rules = models.CharField(max_length=300, blank=True, help_text="of the reasons, each between bars, to filter by")
    fingerprint = models.CharField(max_length=32, blank=True, db_index=True, help_text="what its copies share with it")
    redactions = models.JSONField(default=list, help_text="[start, end] of what the public does not see of the text")
    rejection = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, help_text="when a moderator, or screening's rejection, last decided")
    moderated = models.BooleanField(default=False, help_text="whether a moderator has decided on this wording")
    appeal = models.CharField(max_length=8, choices=Appeal.choices, blank=True)
    appealed = models.TextField(blank=True, help_text="the appeal's own words")
    reported = models.PositiveIntegerField(default=0, help_text="reports that no decision has answered yet")
    due = models.DateTimeField(default=timezone.now, help_text="its place in the queue: the earliest first")

    class Meta:
        db_table = "comment"
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["state", "due"], name="comment_queue"),
            models.Index(fields=["writer", "state"], name="comment_of_writer"),
        ]

    def __str__(self) -> str:
        return f"{self.author}, {self.at:%Y-%m-%d}"

    @property
    def by_guest(self) -> bool:
        """Whether somebody without an account wrote it, whose name is whatever they chose. Who was erased has none."""
        return self.writer is None or (self.writer.user_id is None and self.writer.erased is None)


class WordingRow(models.Model):
    """What a comment said before its author changed it: for moderators only."""

    comment = models.ForeignKey(CommentRow, on_delete=models.CASCADE, related_name="wordings")
    revision = models.PositiveIntegerField()
    text = models.TextField()
    until = models.DateTimeField()

    class Meta:
        db_table = "wording"
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(fields=["comment", "revision"], name="one_row_a_wording")]

    def __str__(self) -> str:
        return f"{self.comment_id} r{self.revision}"


class ReportRow(models.Model):
    """That a reader holds a published comment to be unfit: one of each reader, ``by`` whom it is told apart.

    ``author`` where the reader is known, by account or confirmed address; only such reports can hold a comment.
    """

    comment = models.ForeignKey(CommentRow, on_delete=models.CASCADE, related_name="reports")
    by = models.CharField(max_length=64)
    author = models.ForeignKey(AuthorRow, null=True, on_delete=models.SET_NULL, related_name="reports")
    rule = models.CharField(max_length=20)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    answered = models.DateTimeField(null=True)

    class Meta:
        db_table = "report"
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["comment", "by"], name="one_report_a_reader")]

    def __str__(self) -> str:
        return f"{self.rule} of {self.comment_id}"


class LogRow(models.Model):
    """An entry of the log. Rows are added, never changed: each carries the digest of the one ``before`` it and of its
    own ``content`` (``storydesk.desk.discussion.chain``).

    ``name``, ``reason`` and ``salt`` stand outside of what is hashed, which has only their salted digests: blanked, a
    person is out of the log and the chain is whole.
    """

    number = models.PositiveIntegerField(unique=True)
    before = models.CharField(max_length=64, unique=True, help_text="digest of the entry before")
    digest = models.CharField(max_length=64, unique=True)
    content = models.TextField(help_text="canonical JSON")
    comment = models.ForeignKey(CommentRow, null=True, on_delete=models.SET_NULL, related_name="log")
    act = models.CharField(max_length=12)
    at = models.DateTimeField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "log"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"
