"""What editors rule of names: who a name is not, who it is, which two entities are one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0004_storylines"),
    ]

    operations = [
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
    ]
