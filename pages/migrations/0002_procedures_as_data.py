"""Bodies, marks, criteria, approvals, recusals and the parts that show them: procedures as data."""

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaleDocument',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stale_document', serialize=False, to='pages.procedurepage')),
                ('since', models.DateTimeField(verbose_name='pas à jour depuis')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='pourquoi')),
            ],
            options={
                'verbose_name': 'PDF à refaire',
                'verbose_name_plural': 'PDF à refaire',
            },
        ),
        migrations.AlterField(
            model_name='procedurepage',
            name='body',
            field=wagtail.fields.StreamField([('text', 2), ('definitions', 7), ('stakeholders', 2), ('steps', 2), ('time_limits', 2), ('channels', 2), ('mediation', 2), ('retention', 2), ('form', 2), ('document', 2), ('scope', 2), ('severities', 2), ('admissibility', 2), ('bodies', 2), ('appeal', 2), ('closure', 2), ('review', 2), ('documents', 2)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 150}), 1: ('wagtail.blocks.RichTextBlock', (), {'label': 'Texte', 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Mot', 'max_length': 100}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Sens'}), 5: ('wagtail.blocks.StructBlock', [[('term', 3), ('meaning', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'label': 'Définitions'}), 7: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1), ('definitions', 6)]], {})}, verbose_name='parties'),
        ),
    ]
