from django.db import migrations, models
from django.db.models import Q

NUMBER = models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name="number of the minutes")


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_documents_of_workplans")]

    operations = [
        migrations.AddField("conference", "minutes_number", NUMBER),
        migrations.AddField("historicalconference", "minutes_number", NUMBER),
        migrations.AddConstraint(
            "conference",
            models.CheckConstraint(
                condition=Q(minutes_number=None) | Q(minutes_number__gte=1), name="conference_minutes_number_from_one"
            ),
        ),
    ]
