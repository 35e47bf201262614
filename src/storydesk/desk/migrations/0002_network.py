"""Whose turn it is (hosts), who blocks a feed and what to try, pieces known by more than one address, looks at pages
read before."""

import django.db.models.deletion
import msgspec
from django.db import migrations, models

from storydesk.desk.identity import address_key, entry_key, mark
from storydesk.gather import host_of
from storydesk.model import Entry


def fill(apps, schema_editor):
    feeds, entries = apps.get_model("desk", "FeedRow"), apps.get_model("desk", "EntryRow")
    items, addresses = apps.get_model("desk", "ItemRow"), apps.get_model("desk", "AddressRow")
    for feed in feeds.objects.all():
        feed.host = host_of(feed.url)
        feed.save(update_fields=["host"])
    met = {}
    for item, url in items.objects.exclude(url="").order_by("seen", "id").values_list("id", "url"):
        met.setdefault(address_key(url), item)
    kept = {}
    for row in entries.objects.select_related("feed").order_by("pk"):
        entry = msgspec.convert(row.entry, Entry)
        key = entry_key(entry, row.feed.url)
        if key in kept:
            row.delete()
            continue
        row.key, row.host, row.marks = key, host_of(entry.url), {str(row.feed_id): mark(entry, key)}
        row.item_id = met.get(key)
        row.first_read = row.due_at if row.state == "read" else None
        kept[key] = row
    for key, row in kept.items():  # a key may be the old one of a row further down
        entries.objects.filter(pk=row.pk).update(key=f"moving {row.pk}")
    for row in kept.values():
        row.save()
    addresses.objects.bulk_create([addresses(key=key, item_id=item) for key, item in met.items()], batch_size=1000)
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table with constraints still to be checked


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="entryrow", old_name="url", new_name="key"),
        migrations.AlterField(
            model_name="entryrow",
            name="key",
            field=models.CharField(
                help_text="what the addresses of the piece have in common", max_length=2000, unique=True
            ),
        ),
        migrations.AddField(
            model_name="feedrow",
            name="host",
            field=models.CharField(
                blank=True, db_index=True, default="", help_text="whose turn it must be", max_length=255
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="feedrow",
            name="blocked_by",
            field=models.CharField(blank=True, default="", help_text="who stands in the way", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="feedrow",
            name="advice",
            field=models.CharField(blank=True, default="", help_text="what to try", max_length=500),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="feedrow",
            name="problem",
            field=models.TextField(blank=True, help_text="what went wrong, one sentence"),
        ),
        migrations.AddField(
            model_name="entryrow",
            name="host",
            field=models.CharField(
                blank=True, db_index=True, default="", help_text="whose turn it must be", max_length=255
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entryrow",
            name="guid",
            field=models.CharField(blank=True, db_index=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entryrow",
            name="marks",
            field=models.JSONField(
                default=dict, help_text="the fingerprint of what each feed says of it, by the feed's key"
            ),
        ),
        migrations.AddField(
            model_name="entryrow",
            name="item",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="entries", to="desk.itemrow"
            ),
        ),
        migrations.AddField(
            model_name="entryrow",
            name="etag",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entryrow",
            name="modified",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(model_name="entryrow", name="first_read", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="entryrow",
            name="look_at",
            field=models.DateTimeField(db_index=True, help_text="when to see whether its page has changed", null=True),
        ),
        migrations.RemoveField(model_name="entryrow", name="fingerprint"),
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
            options={"db_table": "address"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
