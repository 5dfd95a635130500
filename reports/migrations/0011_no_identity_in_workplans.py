from django.db import migrations

import cluster.fields
import cluster.validators


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0010_minutes_number"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalworkplan",
            name="symbol",
            field=cluster.fields.Line(
                blank=True, max_length=50, validators=[cluster.validators.no_identity], verbose_name="number and symbol"
            ),
        ),
        migrations.AlterField(
            model_name="workplan",
            name="approver",
            field=cluster.fields.Line(
                blank=True, max_length=150, validators=[cluster.validators.no_identity], verbose_name="approved by"
            ),
        ),
        migrations.AlterField(
            model_name="workplan",
            name="symbol",
            field=cluster.fields.Line(
                blank=True, max_length=50, validators=[cluster.validators.no_identity], verbose_name="number and symbol"
            ),
        ),
    ]
