"""The latest pieces of each feed are asked for where its health is shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("desk", "0010_readers")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="entryrow",
            index=models.Index(fields=["feed", "-due_at"], name="entry_feed_id_329424_idx"),
        ),
    ]
