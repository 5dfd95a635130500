"""Fill the folded columns anew: they hold document symbols in their one form now, and sections have one."""

from typing import Any

from django.db import migrations

TABLES = ("Section", "Conference", "Recommendation", "KeyTask")


def fold_anew(apps: Any, schema_editor: Any) -> None:
    for name in TABLES:
        rows = apps.get_model("reports", name).objects
        for row in rows.only("pk", *rows.model._meta.get_field("search").of).iterator():
            row.save(update_fields=["search"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_search_for_sections")]

    # The column is made of its row, so there is nothing to take back.
    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
