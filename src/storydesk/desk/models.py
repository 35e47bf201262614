"""The tables. A row keeps a value of ``storydesk.model`` as JSON beside the few columns that queries need.

Each table has a key that makes a repeat harmless (``docs/decisions/0003-store-and-worker.md``): a stage that is killed
between its work and its commit is simply done again. What waits to be done is a row whose state says so, claimed by a
conditional update of ``claimed_until``.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

__all__ = [
    "AddressRow",
    "CommentRow",
    "CorrectedRow",
    "CorrectionRow",
    "DecisionRow",
    "EntryRow",
    "FeedRow",
    "ItemRow",
    "LinkRow",
    "MentionRow",
    "RevisionRow",
    "RulingRow",
    "SourceRow",
    "StoryNameRow",
    "StoryRow",
]


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
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return self.key


class StoryRow(models.Model):
    """A story. Its address lives for ever: a story that has no items leads to one that has."""

    class Gone(models.TextChoices):
        """Why a story leads to another one: grouping or an editor found the two to be one, or its items were moved
        out."""

        GROUPED = "grouped"
        MERGED = "merged"
        EMPTIED = "emptied"

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
    author = models.CharField(max_length=80)
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
