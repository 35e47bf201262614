"""How often something may be done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_authors")]

    operations = [
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
            options={"db_table": "rate_limit"},
        ),
    ]
