# Whom a claim is about stands with the claim, and claims are counted by it, and by who says them. The counts are made
# anew after the migration.

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from timeline.density_triggers import uninstall

ROLES = ("agent", "patient")


def take_triggers_away(apps, schema_editor):
    uninstall(schema_editor.connection.alias)


def name_them(apps, schema_editor):
    using = schema_editor.connection.alias
    voices = apps.get_model("timeline", "Voice").objects.using(using)
    named = voices.filter(role__in=ROLES, party__isnull=False)
    first = named.filter(claim=OuterRef("pk")).order_by("role", "pk").values("party_id")[:1]
    claims = apps.get_model("timeline", "Claim").objects.using(using).filter(pk__in=named.values("claim"))
    claims.update(about_party=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_page_turns"),
        ("timeline", "0010_lane_in_order"),
    ]

    operations = [
        migrations.RunPython(take_triggers_away, take_triggers_away),
        migrations.AddField(
            model_name="claim",
            name="about_party",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_about",
                to="documents.party",
            ),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="about_party",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="documents.party",
            ),
        ),
        migrations.RunPython(name_them, migrations.RunPython.noop),
    ]
