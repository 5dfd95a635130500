from django.db import migrations

import cluster.fields
import cluster.validators


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0005_incidents_of_crime_reports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="award",
            name="form",
            field=cluster.fields.Line(
                max_length=100, validators=[cluster.validators.no_identity], verbose_name="form of award"
            ),
        ),
        migrations.AlterField(
            model_name="award",
            name="name",
            field=cluster.fields.Line(
                max_length=150, validators=[cluster.validators.no_identity], verbose_name="name of the recipient"
            ),
        ),
        migrations.AlterField(
            model_name="historicalaward",
            name="form",
            field=cluster.fields.Line(
                max_length=100, validators=[cluster.validators.no_identity], verbose_name="form of award"
            ),
        ),
    ]
