"""Outlets and their feeds."""

from __future__ import annotations

from django.db import models

__all__ = ["EntryRow", "FeedRow", "SourceRow"]


class SourceRow(models.Model):
    """An outlet: :class:`storydesk.model.Source`."""

    id = models.SlugField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200, unique=True)
    home = models.URLField(max_length=2000, blank=True)
    kind = models.CharField(max_length=20, default="site")
    profile = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "source"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FeedRow(models.Model):
    """A polled address with the state of its visits."""

    class State(models.TextChoices):
        """How its visits go: ``resting`` is for a feed that is gone, and looked at once a week in case it was not for
        good."""

        ACTIVE = "active"
        FAILING = "failing"
        RESTING = "resting"

    url = models.CharField(max_length=2000, unique=True)
    host = models.CharField(max_length=255, blank=True, db_index=True, help_text="whose turn it must be")
    source = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="feeds")
    title = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    etag = models.CharField(max_length=500, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    last_success = models.DateTimeField(null=True)
    next_visit = models.DateTimeField(db_index=True)
    interval = models.FloatField(default=0.0, help_text="seconds between visits, as last decided; 0 before the first")
    failures = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="what went wrong, one sentence")
    problem_since = models.DateTimeField(null=True)
    blocked_by = models.CharField(max_length=300, blank=True, help_text="who stands in the way")
    advice = models.CharField(max_length=500, blank=True, help_text="what to try")
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "feed"
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url


class EntryRow(models.Model):
    """What a feed said of a piece, and whether its page has been read since it last changed."""

    class State(models.TextChoices):
        """``due`` waits to be read, ``read`` is done until the entry changes, ``failed`` will not be tried again."""

        DUE = "due"
        READ = "read"
        FAILED = "failed"

    key = models.CharField(max_length=2000, unique=True, help_text="what the addresses of the piece have in common")
    host = models.CharField(max_length=255, blank=True, db_index=True, help_text="whose turn it must be")
    feed = models.ForeignKey(FeedRow, on_delete=models.CASCADE, related_name="entries")
    guid = models.CharField(max_length=500, blank=True, db_index=True)
    entry = models.JSONField()
    marks = models.JSONField(default=dict, help_text="the fingerprint of what each feed says of it, by the feed's key")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    problem = models.TextField(blank=True)
    item = models.ForeignKey("ItemRow", null=True, on_delete=models.SET_NULL, related_name="entries")
    etag = models.CharField(max_length=500, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    first_read = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True, db_index=True, help_text="when to see whether its page has changed")
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "entry"
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["feed", "-due_at"])]

    def __str__(self) -> str:
        return self.key
