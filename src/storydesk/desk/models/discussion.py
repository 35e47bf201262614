"""Comments and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from storydesk.desk.models.people import AuthorRow
from storydesk.desk.models.stories import StoryRow

__all__ = ["CommentRow", "DecisionRow"]


class CommentRow(models.Model):
    """A reader's comment. Only ``published`` ones are ever shown to the public. ``key`` makes a repeated submission
    harmless."""

    class State(models.TextChoices):
        """Held is the default; a moderator decides."""

        HELD = "held"
        PUBLISHED = "published"
        REJECTED = "rejected"

    key = models.CharField(max_length=64, unique=True)
    story = models.ForeignKey(StoryRow, on_delete=models.CASCADE, related_name="comments")
    reply_to = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    author = models.CharField(max_length=80, help_text="the name it is signed with")
    writer = models.ForeignKey(
        AuthorRow, null=True, on_delete=models.SET_NULL, related_name="comments", help_text="who wrote it, where known"
    )
    text = models.TextField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD, db_index=True)
    score = models.FloatField(default=0.0)
    reasons = models.JSONField(default=list)
    rejection = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "comment"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.author}, {self.at:%Y-%m-%d}"


class DecisionRow(models.Model):
    """What a moderator decided of a comment. Rows are added, never changed."""

    comment = models.ForeignKey(CommentRow, on_delete=models.CASCADE, related_name="decisions")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=150)
    at = models.DateTimeField()
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "decision"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} by {self.name}"
