# The counts by traits tell precision and the letter's language apart too. They are made anew after the migration.

from django.db import migrations, models

from timeline.density_triggers import uninstall


def take_triggers_away(apps, schema_editor):
    uninstall(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_whole_spans"),
        ("timeline", "0008_claim_facets"),
    ]

    operations = [
        migrations.RunPython(take_triggers_away, take_triggers_away),
        migrations.DeleteModel("ClaimCount"),
        migrations.CreateModel(
            name="ClaimCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dossier_key", models.BigIntegerField()),
                ("level", models.SmallIntegerField()),
                ("reach", models.SmallIntegerField()),
                ("bucket", models.IntegerField()),
                ("lane_key", models.BigIntegerField()),
                ("stance", models.CharField(blank=True, max_length=16)),
                ("basis", models.CharField(blank=True, max_length=10)),
                ("precision", models.CharField(blank=True, max_length=10)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("own_suggested", models.IntegerField()),
                ("own_accepted", models.IntegerField()),
                ("reported_suggested", models.IntegerField()),
                ("reported_accepted", models.IntegerField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="claimcount",
            constraint=models.UniqueConstraint(
                fields=(
                    "dossier_key",
                    "level",
                    "reach",
                    "bucket",
                    "lane_key",
                    "stance",
                    "basis",
                    "precision",
                    "language",
                ),
                name="one_count_a_bucket",
            ),
        ),
    ]
