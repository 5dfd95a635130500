from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cluster", "0013_advice")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("vi", "Tiếng Việt"), ("en", "English")],
                default="",
                max_length=5,
                verbose_name="language",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ("", "vi", "en"))), name="user_language_known"
            ),
        ),
    ]
