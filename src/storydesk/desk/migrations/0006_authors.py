"""Those who comment, and what moderators hold against them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0005_rulings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="commentrow",
            name="author",
            field=models.CharField(help_text="the name it is signed with", max_length=80),
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
        migrations.AddField(
            model_name="commentrow",
            name="writer",
            field=models.ForeignKey(
                help_text="who wrote it, where known",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="comments",
                to="desk.authorrow",
            ),
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
    ]
