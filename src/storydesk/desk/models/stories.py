"""Stories, the items in them and the names that these mention."""

from __future__ import annotations

from django.db import models

from storydesk.desk.models.sources import SourceRow

__all__ = ["AddressRow", "ItemRow", "LinkRow", "MentionRow", "RevisionRow", "StoryNameRow", "StoryRow"]


class StoryRow(models.Model):
    """A story. Its address lives for ever: a story that has no items leads to one that has."""

    class Gone(models.TextChoices):
        """Why a story leads to another one: grouping or an editor found the two to be one, or its items were moved
        out."""

        GROUPED = "grouped"
        MERGED = "merged"
        EMPTIED = "emptied"

    class Discussion(models.TextChoices):
        """``closed``: what was published stays and nothing is added; ``off``: no comments at all."""

        OPEN = "open"
        CLOSED = "closed"
        OFF = "off"

    id = models.CharField(primary_key=True, max_length=20)
    headline = models.CharField(max_length=500, blank=True)
    first_seen = models.DateTimeField(null=True)
    last_changed = models.DateTimeField(null=True)
    item_count = models.PositiveIntegerField(default=0)
    origin_count = models.PositiveIntegerField(default=0)
    rank = models.FloatField(default=0.0, db_index=True)
    coverage = models.JSONField(null=True)
    stale = models.BooleanField(default=True, db_index=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")
    gone = models.CharField(max_length=10, choices=Gone.choices, blank=True, help_text="why it leads to another one")
    gist = models.JSONField(null=True, help_text="what it is about, to find stories of the same affair")
    discussion = models.CharField(max_length=6, choices=Discussion.choices, default=Discussion.OPEN)

    class Meta:
        db_table = "story"
        ordering = ["-rank"]

    def __str__(self) -> str:
        return self.headline or self.id


class StoryNameRow(models.Model):
    """A name that is central to a story: the way to other stories of its affair."""

    story = models.ForeignKey(StoryRow, on_delete=models.CASCADE, related_name="names")
    key = models.CharField(max_length=120)

    class Meta:
        db_table = "story_name"
        indexes = [models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"{self.key} in {self.story_id}"


class LinkRow(models.Model):
    """That two stories belong to one affair, and why. ``one`` is the lesser id."""

    one = models.ForeignKey(StoryRow, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(StoryRow, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    why = models.JSONField(default=list)

    class Meta:
        db_table = "link"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_row_a_link")]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"


class ItemRow(models.Model):
    """A published piece. Its words are in its revisions."""

    class State(models.TextChoices):
        """How far it has come: ``read``, then ``told`` (recognised and attributed), then ``placed`` in a story."""

        READ = "read"
        TOLD = "told"
        PLACED = "placed"

    id = models.CharField(primary_key=True, max_length=20)
    source = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="items")
    url = models.CharField(max_length=2000, blank=True, db_index=True)
    title = models.CharField(max_length=500)
    published = models.DateTimeField(null=True)
    seen = models.DateTimeField()
    language = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=1)
    told = models.PositiveIntegerField(default=0, help_text="the latest revision that went through the item stages")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ, db_index=True)
    story = models.ForeignKey(StoryRow, null=True, on_delete=models.PROTECT, related_name="items")
    placed_in = models.ForeignKey(
        StoryRow, null=True, on_delete=models.PROTECT, related_name="+", help_text="where grouping put it"
    )
    position = models.PositiveBigIntegerField(null=True, db_index=True, help_text="the order in which it was placed")
    score = models.FloatField(default=0.0)
    why = models.JSONField(default=list)
    traits = models.JSONField(null=True)

    class Meta:
        db_table = "item"
        ordering = ["-published", "id"]

    def __str__(self) -> str:
        return self.title


class AddressRow(models.Model):
    """An address under which a piece has been met. Met there again, it is the same piece."""

    key = models.CharField(max_length=2000, primary_key=True)
    item = models.ForeignKey(ItemRow, on_delete=models.CASCADE, related_name="addresses")

    class Meta:
        db_table = "address"

    def __str__(self) -> str:
        return self.key


class RevisionRow(models.Model):
    """One state of an item's text: the item as read, and the account that the item stages made of it."""

    item = models.ForeignKey(ItemRow, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=16)
    seen = models.DateTimeField()
    record = models.JSONField()
    account = models.JSONField(null=True)

    class Meta:
        db_table = "revision"
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_row_a_revision")]

    def __str__(self) -> str:
        return f"{self.item_id} r{self.number}"


class MentionRow(models.Model):
    """That an item names an entity, for "N recent items" and the entity's page. ``linked`` where the knowledge base
    knows it."""

    item = models.ForeignKey(ItemRow, on_delete=models.CASCADE, related_name="mentions")
    entity = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    linked = models.BooleanField()

    class Meta:
        db_table = "mention"
        constraints = [models.UniqueConstraint(fields=["item", "entity"], name="one_row_an_entity_an_item")]
        indexes = [models.Index(fields=["entity"])]

    def __str__(self) -> str:
        return f"{self.name} in {self.item_id}"
