"""Corrections of several items and of whole stories; why a story leads to another one; where grouping put an item."""

import django.db.models.deletion
from django.db import migrations, models

from storydesk.wire import item_id


def fill(apps, schema_editor):
    items, stories = apps.get_model("desk", "ItemRow"), apps.get_model("desk", "StoryRow")
    corrections, corrected = apps.get_model("desk", "CorrectionRow"), apps.get_model("desk", "CorrectedRow")
    items.objects.update(placed_in=models.F("story"))
    stories.objects.exclude(merged_into=None).update(gone="grouped")
    first, last = {}, {}
    for row in corrections.objects.select_related("item").order_by("pk"):
        first.setdefault(row.item_id, row.before_id)
        corrected.objects.create(correction=row, item=row.item, stood_id=row.before_id)
        if row.kind == "must_join":
            row.kind = "move"
        else:
            row.kind, new = "split", f"s{item_id('split', row.item_id, row.at.isoformat())}"
            row.story_id = new if stories.objects.filter(pk=new).exists() else row.item.story_id
        row.save()
        if row.undone_at is None:
            last[row.item_id] = row
    for item, before in first.items():
        items.objects.filter(pk=item).update(placed_in=before)
    for row in last.values():  # where it stands is what the latest ruled, whatever was undone in between
        corrections.objects.filter(pk=row.pk).update(story=row.item.story_id)
    stories.objects.exclude(merged_into=None).filter(pk__in=list(first.values())).update(gone="emptied")
    items.objects.exclude(story=None).filter(pk__in=set(first) - set(last)).update(placed_in=models.F("story"))
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table with constraints still to be checked


def link(to, **fields):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=f"desk.{to}", **fields)


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_network")]

    operations = [
        migrations.AddField(
            model_name="storyrow",
            name="gone",
            field=models.CharField(
                blank=True,
                choices=[("grouped", "Grouped"), ("merged", "Merged"), ("emptied", "Emptied")],
                default="",
                help_text="why it leads to another one",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="itemrow",
            name="placed_in",
            field=link("storyrow", null=True, related_name="+", help_text="where grouping put it"),
        ),
        migrations.AddField(
            model_name="correctionrow",
            name="gone",
            field=link("storyrow", null=True, related_name="+", help_text="the story that a merge took in"),
        ),
        migrations.AlterModelOptions(name="correctionrow", options={"ordering": ["-pk"]}),
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
                ("stood", link("storyrow", related_name="+", help_text="where the item stood")),
            ],
            options={"db_table": "corrected", "ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="correctedrow",
            constraint=models.UniqueConstraint(fields=["correction", "item"], name="one_row_an_item_a_correction"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField(model_name="correctionrow", name="item"),
        migrations.RemoveField(model_name="correctionrow", name="before"),
        migrations.AlterField(
            model_name="correctionrow",
            name="kind",
            field=models.CharField(
                choices=[("split", "Split"), ("merge", "Merge"), ("move", "Move"), ("pin", "Pin")], max_length=20
            ),
        ),
        migrations.AlterField(
            model_name="correctionrow",
            name="story",
            field=link("storyrow", related_name="corrections", help_text="where the items stand by it"),
        ),
    ]
