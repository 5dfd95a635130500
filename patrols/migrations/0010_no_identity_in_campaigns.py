from django.db import migrations

import cluster.fields
import cluster.validators


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0009_fold_symbols_of_documents"),
    ]

    operations = [
        migrations.AlterField(
            model_name="campaign",
            name="plan",
            field=cluster.fields.Line(
                blank=True,
                help_text="Number and symbol of the plan.",
                max_length=200,
                validators=[cluster.validators.no_identity],
                verbose_name="plan",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcampaign",
            name="plan",
            field=cluster.fields.Line(
                blank=True,
                help_text="Number and symbol of the plan.",
                max_length=200,
                validators=[cluster.validators.no_identity],
                verbose_name="plan",
            ),
        ),
    ]
