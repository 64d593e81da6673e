from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0004_count_columns'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['dossier', 'latest_day'], name='claims_by_end'),
        ),
    ]
