"""All tables in one step, for a new desk. An older one goes on through the steps that this one replaces."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("desk", "0001_initial"),
        ("desk", "0002_network"),
        ("desk", "0003_corrections"),
        ("desk", "0004_storylines"),
        ("desk", "0005_rulings"),
        ("desk", "0006_authors"),
        ("desk", "0007_limits"),
        ("desk", "0008_discussion"),
        ("desk", "0009_people"),
        ("desk", "0010_readers"),
        ("desk", "0011_pieces_of_feeds"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemRow",
            fields=[
                ("id", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("url", models.CharField(blank=True, db_index=True, max_length=2000)),
                ("title", models.CharField(max_length=500)),
                ("published", models.DateTimeField(null=True)),
                ("seen", models.DateTimeField()),
                ("language", models.CharField(blank=True, max_length=20)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "told",
                    models.PositiveIntegerField(
                        default=0, help_text="the latest revision that went through the item stages"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "Read"), ("told", "Told"), ("placed", "Placed")],
                        db_index=True,
                        default="read",
                        max_length=10,
                    ),
                ),
                (
                    "position",
                    models.PositiveBigIntegerField(
                        db_index=True, help_text="the order in which it was placed", null=True
                    ),
                ),
                ("score", models.FloatField(default=0.0)),
                ("why", models.JSONField(default=list)),
                ("traits", models.JSONField(null=True)),
            ],
            options={
                "db_table": "item",
                "ordering": ["-published", "id"],
            },
        ),
        migrations.CreateModel(
            name="LetterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(db_index=True, max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("written", models.DateTimeField()),
                ("due", models.DateTimeField(db_index=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "letter",
            },
        ),
        migrations.CreateModel(
            name="LimitRow",
            fields=[
                (
                    "key",
                    models.CharField(
                        help_text="a digest of what is limited and for whom",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "full_until",
                    models.BigIntegerField(db_index=True, help_text="when all of it is there again, in microseconds"),
                ),
            ],
            options={
                "db_table": "rate_limit",
            },
        ),
        migrations.CreateModel(
            name="SourceRow",
            fields=[
                ("id", models.SlugField(max_length=80, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, unique=True)),
                ("home", models.URLField(blank=True, max_length=2000)),
                ("kind", models.CharField(default="site", max_length=20)),
                ("profile", models.TextField(blank=True)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("owner", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "source",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="AuthorRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80)),
                ("mail", models.EmailField(max_length=254, null=True, unique=True)),
                ("confirmed", models.DateTimeField(help_text="when the address was shown to be theirs", null=True)),
                ("since", models.DateTimeField()),
                ("erased", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="author",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "author",
            },
        ),
        migrations.CreateModel(
            name="CommentRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("depth", models.PositiveSmallIntegerField(default=0)),
                ("author", models.CharField(help_text="the name it is signed with", max_length=80)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("edited", models.DateTimeField(null=True)),
                (
                    "withdrawn",
                    models.DateTimeField(help_text="when its author took it back; the words are gone then", null=True),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Unconfirmed"),
                            ("held", "Held"),
                            ("published", "Published"),
                            ("rejected", "Rejected"),
                        ],
                        default="held",
                        max_length=12,
                    ),
                ),
                ("score", models.FloatField(default=0.0)),
                ("reasons", models.JSONField(default=list)),
                (
                    "rules",
                    models.CharField(
                        blank=True, help_text="of the reasons, each between bars, to filter by", max_length=300
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True, db_index=True, help_text="what its copies share with it", max_length=32
                    ),
                ),
                (
                    "redactions",
                    models.JSONField(
                        default=list, help_text="[start, end] of what the public does not see of the text"
                    ),
                ),
                ("rejection", models.CharField(blank=True, max_length=300)),
                (
                    "decided_at",
                    models.DateTimeField(
                        help_text="when a moderator, or screening's rejection, last decided", null=True
                    ),
                ),
                (
                    "moderated",
                    models.BooleanField(default=False, help_text="whether a moderator has decided on this wording"),
                ),
                (
                    "appeal",
                    models.CharField(blank=True, choices=[("open", "Open"), ("answered", "Answered")], max_length=8),
                ),
                ("appealed", models.TextField(blank=True, help_text="the appeal's own words")),
                (
                    "reported",
                    models.PositiveIntegerField(default=0, help_text="reports that no decision has answered yet"),
                ),
                (
                    "due",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="its place in the queue: the earliest first"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="desk.commentrow",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        help_text="who wrote it, where known",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="desk.authorrow",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        help_text="where it speaks of one item",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="desk.itemrow",
                    ),
                ),
            ],
            options={
                "db_table": "comment",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="AddressRow",
            fields=[
                ("key", models.CharField(max_length=2000, primary_key=True, serialize=False)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to="desk.itemrow"
                    ),
                ),
            ],
            options={
                "db_table": "address",
            },
        ),
        migrations.CreateModel(
            name="LogRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("before", models.CharField(help_text="digest of the entry before", max_length=64, unique=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("content", models.TextField(help_text="canonical JSON")),
                ("act", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("name", models.CharField(blank=True, max_length=150)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("salt", models.CharField(blank=True, max_length=32)),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="log",
                        to="desk.commentrow",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "log",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="SanctionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("ban", "Ban"), ("mute", "Mute")], max_length=4)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(help_text="for good where there is none", null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("who", models.CharField(max_length=150)),
                ("lifted_by", models.CharField(blank=True, max_length=150)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sanctions", to="desk.authorrow"
                    ),
                ),
            ],
            options={
                "db_table": "sanction",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SessionRow",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "session",
            },
        ),
        migrations.AddField(
            model_name="itemrow",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="desk.sourcerow"
            ),
        ),
        migrations.CreateModel(
            name="FeedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=2000, unique=True)),
                (
                    "host",
                    models.CharField(blank=True, db_index=True, help_text="whose turn it must be", max_length=255),
                ),
                ("title", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("failing", "Failing"), ("resting", "Resting")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("modified", models.CharField(blank=True, max_length=100)),
                ("last_success", models.DateTimeField(null=True)),
                ("next_visit", models.DateTimeField(db_index=True)),
                (
                    "interval",
                    models.FloatField(
                        default=0.0, help_text="seconds between visits, as last decided; 0 before the first"
                    ),
                ),
                ("failures", models.PositiveIntegerField(default=0)),
                ("problem", models.TextField(blank=True, help_text="what went wrong, one sentence")),
                ("problem_since", models.DateTimeField(null=True)),
                ("blocked_by", models.CharField(blank=True, help_text="who stands in the way", max_length=300)),
                ("advice", models.CharField(blank=True, help_text="what to try", max_length=500)),
                ("claimed_until", models.DateTimeField(null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to="desk.sourcerow"
                    ),
                ),
            ],
            options={
                "db_table": "feed",
                "ordering": ["url"],
            },
        ),
        migrations.CreateModel(
            name="StoryRow",
            fields=[
                ("id", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("headline", models.CharField(blank=True, max_length=500)),
                ("first_seen", models.DateTimeField(null=True)),
                ("last_changed", models.DateTimeField(null=True)),
                ("item_count", models.PositiveIntegerField(default=0)),
                ("origin_count", models.PositiveIntegerField(default=0)),
                ("rank", models.FloatField(db_index=True, default=0.0)),
                ("coverage", models.JSONField(null=True)),
                ("stale", models.BooleanField(db_index=True, default=True)),
                (
                    "gone",
                    models.CharField(
                        blank=True,
                        choices=[("grouped", "Grouped"), ("merged", "Merged"), ("emptied", "Emptied")],
                        help_text="why it leads to another one",
                        max_length=10,
                    ),
                ),
                ("gist", models.JSONField(help_text="what it is about, to find stories of the same affair", null=True)),
                (
                    "discussion",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed"), ("off", "Off")], default="open", max_length=6
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="desk.storyrow",
                    ),
                ),
            ],
            options={
                "db_table": "story",
                "ordering": ["-rank"],
            },
        ),
        migrations.CreateModel(
            name="RulingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("not", "Not"), ("is", "Is"), ("one", "One")], max_length=4)),
                ("entity", models.CharField(db_index=True, help_text="of a merge, the one that went", max_length=120)),
                ("name", models.CharField(help_text="what it was called when this was ruled", max_length=200)),
                ("form", models.CharField(blank=True, help_text="only where the name reads so", max_length=200)),
                (
                    "other",
                    models.CharField(
                        blank=True, db_index=True, help_text="who it is; of a merge, who was kept", max_length=120
                    ),
                ),
                ("other_name", models.CharField(blank=True, max_length=200)),
                ("other_type", models.CharField(blank=True, max_length=20)),
                ("who", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                ("undone_at", models.DateTimeField(null=True)),
                ("items", models.ManyToManyField(db_table="ruled", related_name="rulings", to="desk.itemrow")),
                (
                    "story",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="desk.storyrow",
                    ),
                ),
            ],
            options={
                "db_table": "ruling",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="itemrow",
            name="placed_in",
            field=models.ForeignKey(
                help_text="where grouping put it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="desk.storyrow",
            ),
        ),
        migrations.AddField(
            model_name="itemrow",
            name="story",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="desk.storyrow"
            ),
        ),
        migrations.CreateModel(
            name="CorrectionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("split", "Split"), ("merge", "Merge"), ("move", "Move"), ("pin", "Pin")],
                        max_length=20,
                    ),
                ),
                ("who", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "gone",
                    models.ForeignKey(
                        help_text="the story that a merge took in",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="desk.storyrow",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        help_text="where the items stand by it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="desk.storyrow",
                    ),
                ),
            ],
            options={
                "db_table": "correction",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="commentrow",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="desk.storyrow"
            ),
        ),
        migrations.CreateModel(
            name="WordingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("until", models.DateTimeField()),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="desk.commentrow"
                    ),
                ),
            ],
            options={
                "db_table": "wording",
                "ordering": ["revision"],
            },
        ),
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        help_text="what the addresses of the piece have in common", max_length=2000, unique=True
                    ),
                ),
                (
                    "host",
                    models.CharField(blank=True, db_index=True, help_text="whose turn it must be", max_length=255),
                ),
                ("guid", models.CharField(blank=True, db_index=True, max_length=500)),
                ("entry", models.JSONField()),
                (
                    "marks",
                    models.JSONField(
                        default=dict, help_text="the fingerprint of what each feed says of it, by the feed's key"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "Due"), ("read", "Read"), ("failed", "Failed")], default="due", max_length=10
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("problem", models.TextField(blank=True)),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("modified", models.CharField(blank=True, max_length=100)),
                ("first_read", models.DateTimeField(null=True)),
                (
                    "look_at",
                    models.DateTimeField(
                        db_index=True, help_text="when to see whether its page has changed", null=True
                    ),
                ),
                ("claimed_until", models.DateTimeField(null=True)),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="desk.feedrow"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entries",
                        to="desk.itemrow",
                    ),
                ),
            ],
            options={
                "db_table": "entry",
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="entry_state_9ff3ae_idx"),
                    models.Index(fields=["feed", "-due_at"], name="entry_feed_id_329424_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entity", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=200)),
                ("type", models.CharField(max_length=20)),
                ("count", models.PositiveIntegerField()),
                ("linked", models.BooleanField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="desk.itemrow"
                    ),
                ),
            ],
            options={
                "db_table": "mention",
                "indexes": [models.Index(fields=["entity"], name="mention_entity_e2a07b_idx")],
                "constraints": [models.UniqueConstraint(fields=("item", "entity"), name="one_row_an_entity_an_item")],
            },
        ),
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=64)),
                ("rule", models.CharField(max_length=20)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("answered", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="desk.authorrow",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="desk.commentrow"
                    ),
                ),
            ],
            options={
                "db_table": "report",
                "ordering": ["at", "id"],
                "constraints": [models.UniqueConstraint(fields=("comment", "by"), name="one_report_a_reader")],
            },
        ),
        migrations.CreateModel(
            name="RevisionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=16)),
                ("seen", models.DateTimeField()),
                ("record", models.JSONField()),
                ("account", models.JSONField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="desk.itemrow"
                    ),
                ),
            ],
            options={
                "db_table": "revision",
                "ordering": ["item", "number"],
                "constraints": [models.UniqueConstraint(fields=("item", "number"), name="one_row_a_revision")],
            },
        ),
        migrations.CreateModel(
            name="StoryNameRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="desk.storyrow"
                    ),
                ),
            ],
            options={
                "db_table": "story_name",
                "indexes": [models.Index(fields=["key"], name="story_name_key_df7af3_idx")],
            },
        ),
        migrations.CreateModel(
            name="LinkRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField()),
                ("why", models.JSONField(default=list)),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.storyrow"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.storyrow"
                    ),
                ),
            ],
            options={
                "db_table": "link",
                "constraints": [models.UniqueConstraint(fields=("one", "other"), name="one_row_a_link")],
            },
        ),
        migrations.CreateModel(
            name="CorrectedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="desk.correctionrow"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrected", to="desk.itemrow"
                    ),
                ),
                (
                    "stood",
                    models.ForeignKey(
                        help_text="where the item stood",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="desk.storyrow",
                    ),
                ),
            ],
            options={
                "db_table": "corrected",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("correction", "item"), name="one_row_an_item_a_correction")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="commentrow",
            index=models.Index(fields=["state", "due"], name="comment_queue"),
        ),
        migrations.AddIndex(
            model_name="commentrow",
            index=models.Index(fields=["writer", "state"], name="comment_of_writer"),
        ),
        migrations.AddConstraint(
            model_name="wordingrow",
            constraint=models.UniqueConstraint(fields=("comment", "revision"), name="one_row_a_wording"),
        ),
    ]
