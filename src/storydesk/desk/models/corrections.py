"""What editors corrected: which items belong together, and who a name is."""

from __future__ import annotations

from django.db import models

from storydesk.desk.models.stories import ItemRow, StoryRow

__all__ = ["CorrectedRow", "CorrectionRow", "RulingRow"]


class CorrectionRow(models.Model):
    """An editor's correction: :class:`storydesk.group.Correction` with who and when. Undone, it stays listed."""

    class Kind(models.TextChoices):
        """What was done."""

        SPLIT = "split"
        MERGE = "merge"
        MOVE = "move"
        PIN = "pin"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    story = models.ForeignKey(
        StoryRow, on_delete=models.PROTECT, related_name="corrections", help_text="where the items stand by it"
    )
    gone = models.ForeignKey(
        StoryRow, null=True, on_delete=models.PROTECT, related_name="+", help_text="the story that a merge took in"
    )
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "correction"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.story_id}"


class CorrectedRow(models.Model):
    """An item that a split, a move or a pin names."""

    correction = models.ForeignKey(CorrectionRow, on_delete=models.CASCADE, related_name="steps")
    item = models.ForeignKey(ItemRow, on_delete=models.CASCADE, related_name="corrected")
    stood = models.ForeignKey(StoryRow, on_delete=models.PROTECT, related_name="+", help_text="where the item stood")

    class Meta:
        db_table = "corrected"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["correction", "item"], name="one_row_an_item_a_correction")]

    def __str__(self) -> str:
        return f"{self.item_id}, once in {self.stood_id}"


class RulingRow(models.Model):
    """An editor's correction of a name: :class:`storydesk.recognise.Ruling`, or that two entities are one, with who
    and when. Undone, it stays listed. It holds for the ``items`` and for all that come to the ``story``."""

    class Kind(models.TextChoices):
        """``not`` this entity, it ``is`` another one, or the two are ``one``."""

        NOT = "not"
        IS = "is"
        ONE = "one"

    kind = models.CharField(max_length=4, choices=Kind.choices)
    entity = models.CharField(max_length=120, db_index=True, help_text="of a merge, the one that went")
    name = models.CharField(max_length=200, help_text="what it was called when this was ruled")
    form = models.CharField(max_length=200, blank=True, help_text="only where the name reads so")
    other = models.CharField(max_length=120, blank=True, db_index=True, help_text="who it is; of a merge, who was kept")
    other_name = models.CharField(max_length=200, blank=True)
    other_type = models.CharField(max_length=20, blank=True)
    story = models.ForeignKey(StoryRow, null=True, on_delete=models.PROTECT, related_name="rulings")
    items = models.ManyToManyField(ItemRow, related_name="rulings", db_table="ruled")
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ruling"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.kind} {self.other_name}".rstrip()
