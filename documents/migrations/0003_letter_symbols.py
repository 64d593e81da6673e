import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_versions_and_merges'),
    ]

    operations = [
        migrations.AddField(
            model_name='letterrelation',
            name='edtf',
            field=models.CharField(blank=True, help_text='The date of the letter meant, where told.', max_length=100),
        ),
        migrations.AddIndex(
            model_name='letterrelation',
            index=models.Index(fields=['symbol'], name='relation_by_symbol'),
        ),
        migrations.CreateModel(
            name='LetterSymbol',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=100)),
                ('is_reference', models.BooleanField(help_text="A number of the sender's files, no symbol of a document.")),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='symbol_rows', to='documents.letter')),
            ],
            options={
                'indexes': [models.Index(fields=['value'], name='letter_by_symbol')],
                'constraints': [
                    models.UniqueConstraint(fields=('letter', 'is_reference', 'value'), name='symbol_stands_once'),
                    models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='symbol_is_not_empty'),
                ],
            },
        ),
    ]
