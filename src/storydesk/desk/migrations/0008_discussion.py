"""Comments on items, replies in levels, edits, reports and appeals; the log of decisions becomes a chain.

What moderators decided before is carried over, in order, and every comment gets an entry that says how it stands.
"""

import secrets
from collections import Counter
from datetime import timedelta

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from storydesk.desk.discussion.chain import GENESIS, canonical, digest, masked

ACTS = {"published": "publish", "held": "hold", "rejected": "reject"}


def carry(apps, schema_editor):
    """Fills the new columns and writes the chain."""
    comments = apps.get_model("desk", "CommentRow").objects
    decisions = apps.get_model("desk", "DecisionRow").objects
    chain = Chain(apps.get_model("desk", "LogRow").objects)
    decided = list(decisions.select_related("who", "comment").order_by("at", "id"))
    last = {decision.comment_id: decision for decision in decided}
    depths = {}
    for row in comments.order_by("at", "id"):
        depths[row.pk] = min(2, depths.get(row.reply_to_id, -1) + 1)
        row.depth = depths[row.pk]
        row.due = row.at - timedelta(hours=24) * row.score
        named = list(dict.fromkeys(reason["rule"] for reason in row.reasons))
        row.rules = f"|{'|'.join(named)}|"[:300] if named else ""
        if row.pk in last:
            row.decided_by, row.decided_at, row.moderated = last[row.pk].who, last[row.pk].at, True
            row.version += sum(decision.comment_id == row.pk for decision in decided)
        elif row.state == "rejected":
            row.decided_at = row.at
        row.save()
    first = {decision.comment_id: decision.before for decision in reversed(decided)}
    for row in comments.order_by("at", "id"):
        chain.add(row, 1, "screen", "screening", row.at, None, first.get(row.pk, row.state), carried=True)
    versions = Counter()
    for decision in decided:
        versions[decision.comment_id] += 1
        chain.add(
            comments.get(pk=decision.comment_id),
            1 + versions[decision.comment_id],
            ACTS[decision.after],
            "moderator",
            decision.at,
            decision.before,
            decision.after,
            who=decision.who,
            name=decision.name,
            reason=decision.reason,
            carried=True,
        )
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Chain:
    """The log, as it is written since."""

    def __init__(self, log):
        self.log, self.number, self.last = log, 0, GENESIS

    def add(self, row, version, act, by, at, before, after, *, who=None, name="", reason="", **more):
        self.number += 1
        salt = secrets.token_hex(16)
        content = {"n": self.number, "at": at.isoformat(timespec="microseconds"), "act": act, "by": by, **more}
        content |= {"before": standing(before)} if before else {}
        content |= {"after": standing(after), "comment": row.pk, "revision": 1, "version": version}
        content |= {"text": masked(salt, row.text)}
        content |= {key: masked(salt, words) for key, words in (("who", name), ("why", reason)) if words}
        written = canonical(content)
        made = digest(self.last, written)
        self.log.create(
            number=self.number,
            before=self.last,
            digest=made,
            content=written,
            comment=row,
            act=act,
            at=at,
            who=who,
            name=name,
            reason=reason,
            salt=salt,
        )
        self.last = made


def standing(state):
    return {"state": state, "redactions": [], "appeal": "", "reported": 0, "withdrawn": False}


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0007_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "db_table": "log",
                "ordering": ["number"],
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
            ],
            options={
                "db_table": "report",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="WordingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "wording",
                "ordering": ["revision"],
            },
        ),
        migrations.AddField(
            model_name="commentrow",
            name="appeal",
            field=models.CharField(blank=True, choices=[("open", "Open"), ("answered", "Answered")], max_length=8),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="appealed",
            field=models.TextField(blank=True, help_text="the appeal's own words"),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="decided_at",
            field=models.DateTimeField(help_text="when a moderator, or screening's rejection, last decided", null=True),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="depth",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="due",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="its place in the queue: the earliest first"
            ),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="edited",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="fingerprint",
            field=models.CharField(blank=True, db_index=True, help_text="what its copies share with it", max_length=32),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="item",
            field=models.ForeignKey(
                help_text="where it speaks of one item",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="desk.itemrow",
            ),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="moderated",
            field=models.BooleanField(default=False, help_text="whether a moderator has decided on this wording"),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="redactions",
            field=models.JSONField(default=list, help_text="[start, end] of what the public does not see of the text"),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="reported",
            field=models.PositiveIntegerField(default=0, help_text="reports that no decision has answered yet"),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="rules",
            field=models.CharField(
                blank=True, help_text="of the reasons, each between bars, to filter by", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="commentrow",
            name="withdrawn",
            field=models.DateTimeField(help_text="when its author took it back; the words are gone then", null=True),
        ),
        migrations.AddField(
            model_name="storyrow",
            name="discussion",
            field=models.CharField(
                choices=[("open", "Open"), ("closed", "Closed"), ("off", "Off")], default="open", max_length=6
            ),
        ),
        migrations.AlterField(
            model_name="commentrow",
            name="state",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="commentrow",
            index=models.Index(fields=["state", "due"], name="comment_queue"),
        ),
        migrations.AddIndex(
            model_name="commentrow",
            index=models.Index(fields=["writer", "state"], name="comment_of_writer"),
        ),
        migrations.AddField(
            model_name="logrow",
            name="comment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="log", to="desk.commentrow"
            ),
        ),
        migrations.AddField(
            model_name="logrow",
            name="who",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reportrow",
            name="author",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="reports", to="desk.authorrow"
            ),
        ),
        migrations.AddField(
            model_name="reportrow",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="desk.commentrow"
            ),
        ),
        migrations.AddField(
            model_name="wordingrow",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="desk.commentrow"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrow",
            constraint=models.UniqueConstraint(fields=("comment", "by"), name="one_report_a_reader"),
        ),
        migrations.AddConstraint(
            model_name="wordingrow",
            constraint=models.UniqueConstraint(fields=("comment", "revision"), name="one_row_a_wording"),
        ),
        migrations.RunPython(carry, migrations.RunPython.noop),
        migrations.DeleteModel(name="DecisionRow"),
    ]
