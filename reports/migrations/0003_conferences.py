import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cluster.fields
import cluster.validators


class Migration(migrations.Migration):
    dependencies = [
        ("cluster", "0004_submission_once_a_sender"),
        ("incidents", "0002_reasons_of_any_length"),
        ("reports", "0002_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("content_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("annual", "annual review conference"), ("interim", "interim review conference")],
                        default="annual",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    cluster.fields.Line(
                        help_text="As on the banner, such as: Hội nghị tổng kết công tác năm 2017, triển khai nhiệm vụ năm 2018.",
                        max_length=200,
                        validators=[cluster.validators.no_identity],
                        verbose_name="name",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="start")),
                ("ends_at", models.TimeField(blank=True, null=True, verbose_name="end")),
                (
                    "place",
                    cluster.fields.Line(
                        max_length=200, validators=[cluster.validators.no_identity], verbose_name="place"
                    ),
                ),
                (
                    "chair",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="chair"
                    ),
                ),
                (
                    "secretary",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="secretary"
                    ),
                ),
                (
                    "conclusions",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="conclusions"
                    ),
                ),
                (
                    "handover_note",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="handover record"
                    ),
                ),
                ("search", cluster.fields.Folded(of=("name", "place"))),
                (
                    "awards",
                    models.ManyToManyField(
                        blank=True, related_name="conferences", to="incidents.award", verbose_name="awards handed over"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cluster.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "handover_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cluster.party",
                        verbose_name="party that hands over the standing role",
                    ),
                ),
                (
                    "handover_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cluster.party",
                        verbose_name="party that takes over the standing role",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_unit",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cluster.policeunit",
                        verbose_name="recorded for",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to="reports.review",
                        verbose_name="review that it concludes",
                    ),
                ),
            ],
            options={
                "verbose_name": "conference",
                "verbose_name_plural": "conferences",
                "ordering": ("-held_on", "-starts_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(editable=False, verbose_name="position")),
                (
                    "body",
                    cluster.fields.Line(
                        max_length=150, validators=[cluster.validators.no_identity], verbose_name="unit or body"
                    ),
                ),
                (
                    "speaker",
                    cluster.fields.Line(
                        blank=True, max_length=150, validators=[cluster.validators.no_identity], verbose_name="speaker"
                    ),
                ),
                (
                    "subject",
                    cluster.fields.Line(
                        max_length=300, validators=[cluster.validators.no_identity], verbose_name="subject"
                    ),
                ),
                (
                    "text",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="text"
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="reports.conference",
                        verbose_name="conference",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "ordering": ("conference", "position"),
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(editable=False, verbose_name="position")),
                (
                    "body",
                    cluster.fields.Line(
                        max_length=150, validators=[cluster.validators.no_identity], verbose_name="unit or body"
                    ),
                ),
                (
                    "headcount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number of delegates"
                    ),
                ),
                (
                    "names",
                    cluster.fields.Line(
                        blank=True,
                        max_length=500,
                        validators=[cluster.validators.no_identity],
                        verbose_name="names and posts",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations",
                        to="reports.conference",
                        verbose_name="conference",
                    ),
                ),
            ],
            options={
                "verbose_name": "delegation",
                "verbose_name_plural": "delegates",
                "ordering": ("conference", "position"),
            },
        ),
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(editable=False, verbose_name="position")),
                (
                    "text",
                    cluster.fields.Paragraphs(validators=[cluster.validators.no_identity], verbose_name="difficulty"),
                ),
                (
                    "action",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="what is done about it"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("acted_on", "being removed"), ("removed", "removed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="difficulties",
                        to="reports.conference",
                        verbose_name="conference",
                    ),
                ),
            ],
            options={
                "verbose_name": "difficulty",
                "verbose_name_plural": "difficulties",
                "ordering": ("conference", "position"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalConference",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("client_id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("content_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("annual", "annual review conference"), ("interim", "interim review conference")],
                        default="annual",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    cluster.fields.Line(
                        help_text="As on the banner, such as: Hội nghị tổng kết công tác năm 2017, triển khai nhiệm vụ năm 2018.",
                        max_length=200,
                        validators=[cluster.validators.no_identity],
                        verbose_name="name",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="start")),
                ("ends_at", models.TimeField(blank=True, null=True, verbose_name="end")),
                (
                    "place",
                    cluster.fields.Line(
                        max_length=200, validators=[cluster.validators.no_identity], verbose_name="place"
                    ),
                ),
                (
                    "conclusions",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="conclusions"
                    ),
                ),
                (
                    "handover_note",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="handover record"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "handover_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.party",
                        verbose_name="party that hands over the standing role",
                    ),
                ),
                (
                    "handover_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.party",
                        verbose_name="party that takes over the standing role",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.policeunit",
                        verbose_name="recorded for",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.review",
                        verbose_name="review that it concludes",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical conference",
                "verbose_name_plural": "historical conferences",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalConference_awards",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "award",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="incidents.award",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.conference",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="reports.historicalconference",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalConference_awards",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContribution",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(editable=False, verbose_name="position")),
                (
                    "body",
                    cluster.fields.Line(
                        max_length=150, validators=[cluster.validators.no_identity], verbose_name="unit or body"
                    ),
                ),
                (
                    "subject",
                    cluster.fields.Line(
                        max_length=300, validators=[cluster.validators.no_identity], verbose_name="subject"
                    ),
                ),
                (
                    "text",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="text"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.conference",
                        verbose_name="conference",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical contribution",
                "verbose_name_plural": "historical contributions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDelegation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(editable=False, verbose_name="position")),
                (
                    "body",
                    cluster.fields.Line(
                        max_length=150, validators=[cluster.validators.no_identity], verbose_name="unit or body"
                    ),
                ),
                (
                    "headcount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number of delegates"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.conference",
                        verbose_name="conference",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical delegation",
                "verbose_name_plural": "historical delegates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDifficulty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(editable=False, verbose_name="position")),
                (
                    "text",
                    cluster.fields.Paragraphs(validators=[cluster.validators.no_identity], verbose_name="difficulty"),
                ),
                (
                    "action",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="what is done about it"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("acted_on", "being removed"), ("removed", "removed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.conference",
                        verbose_name="conference",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical difficulty",
                "verbose_name_plural": "historical difficulties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalKeyTask",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("client_id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("content_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                ("date_from", models.DateField(verbose_name="from")),
                ("date_to", models.DateField(verbose_name="to")),
                (
                    "content",
                    cluster.fields.Paragraphs(validators=[cluster.validators.no_identity], verbose_name="content"),
                ),
                (
                    "owner",
                    cluster.fields.Line(
                        max_length=200, validators=[cluster.validators.no_identity], verbose_name="carried out by"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "assessment",
                    models.CharField(
                        blank=True,
                        choices=[("done", "done"), ("partly", "partly done"), ("not_done", "not done")],
                        default="",
                        max_length=10,
                        verbose_name="assessment",
                    ),
                ),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="assessed on")),
                (
                    "assessment_note",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="what became of it"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.conference",
                        verbose_name="set at the conference",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.policeunit",
                        verbose_name="recorded for",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.review",
                        verbose_name="set in the review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical key task",
                "verbose_name_plural": "historical key tasks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("client_id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("content_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                ("made_on", models.DateField(verbose_name="made on")),
                (
                    "addressee",
                    cluster.fields.Line(
                        max_length=200, validators=[cluster.validators.no_identity], verbose_name="addressee"
                    ),
                ),
                (
                    "content",
                    cluster.fields.Paragraphs(validators=[cluster.validators.no_identity], verbose_name="content"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("answered", "answered"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="date of the answer")),
                (
                    "answer",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="answer"
                    ),
                ),
                (
                    "answer_document",
                    cluster.fields.Line(
                        blank=True,
                        max_length=100,
                        validators=[cluster.validators.no_identity],
                        verbose_name="document of the answer",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.conference",
                        verbose_name="made at the conference",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cluster.policeunit",
                        verbose_name="recorded for",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.review",
                        verbose_name="made in the review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical recommendation",
                "verbose_name_plural": "historical recommendations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="KeyTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("content_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                ("date_from", models.DateField(verbose_name="from")),
                ("date_to", models.DateField(verbose_name="to")),
                (
                    "content",
                    cluster.fields.Paragraphs(validators=[cluster.validators.no_identity], verbose_name="content"),
                ),
                (
                    "owner",
                    cluster.fields.Line(
                        max_length=200, validators=[cluster.validators.no_identity], verbose_name="carried out by"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "assessment",
                    models.CharField(
                        blank=True,
                        choices=[("done", "done"), ("partly", "partly done"), ("not_done", "not done")],
                        default="",
                        max_length=10,
                        verbose_name="assessment",
                    ),
                ),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="assessed on")),
                (
                    "assessment_note",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="what became of it"
                    ),
                ),
                ("search", cluster.fields.Folded(of=("content", "owner", "assessment_note"))),
                (
                    "assessed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cluster.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_tasks",
                        to="reports.conference",
                        verbose_name="set at the conference",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_unit",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cluster.policeunit",
                        verbose_name="recorded for",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_tasks",
                        to="reports.review",
                        verbose_name="set in the review",
                    ),
                ),
            ],
            options={
                "verbose_name": "key task",
                "verbose_name_plural": "key tasks",
                "ordering": ("-date_to", "due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("content_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted at")),
                ("made_on", models.DateField(verbose_name="made on")),
                (
                    "addressee",
                    cluster.fields.Line(
                        max_length=200, validators=[cluster.validators.no_identity], verbose_name="addressee"
                    ),
                ),
                (
                    "content",
                    cluster.fields.Paragraphs(validators=[cluster.validators.no_identity], verbose_name="content"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("answered", "answered"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="date of the answer")),
                (
                    "answer",
                    cluster.fields.Paragraphs(
                        blank=True, validators=[cluster.validators.no_identity], verbose_name="answer"
                    ),
                ),
                (
                    "answer_document",
                    cluster.fields.Line(
                        blank=True,
                        max_length=100,
                        validators=[cluster.validators.no_identity],
                        verbose_name="document of the answer",
                    ),
                ),
                ("search", cluster.fields.Folded(of=("addressee", "content", "answer", "answer_document"))),
                (
                    "cluster",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cluster.cluster",
                        verbose_name="cluster",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="reports.conference",
                        verbose_name="made at the conference",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "recorded_unit",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cluster.policeunit",
                        verbose_name="recorded for",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="reports.review",
                        verbose_name="made in the review",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ("-made_on", "-pk"),
            },
        ),
        migrations.AddIndex(
            model_name="conference",
            index=models.Index(fields=["cluster", "held_on"], name="conference_of_cluster_and_date"),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("annual", "interim"))), name="conference_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("place", ""), _negated=True)),
                name="conference_name_and_place_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at", None),
                    models.Q(("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)),
                    _connector="OR",
                ),
                name="conference_times_in_order",
                violation_error_message="The end must be after the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handover_from", None), ("handover_to", None)),
                    models.Q(
                        ("handover_from__isnull", False),
                        ("handover_to__isnull", False),
                        models.Q(("handover_from", models.F("handover_to")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="conference_hands_over_to_another",
                violation_error_message="The standing role passes from one party to another: name both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                fields=("conference", "position"),
                name="contribution_once_a_place",
                violation_error_message="This place in the list is taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("body", ""), _negated=True), models.Q(("subject", ""), _negated=True)),
                name="contribution_body_and_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.UniqueConstraint(
                fields=("conference", "position"),
                name="delegation_once_a_place",
                violation_error_message="This place in the list is taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("body", ""), _negated=True), ("headcount__gte", 1)),
                name="delegation_body_and_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.UniqueConstraint(
                fields=("conference", "position"),
                name="difficulty_once_a_place",
                violation_error_message="This place in the list is taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="difficulty_text_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "acted_on", "removed"))), name="difficulty_state_known"
            ),
        ),
        migrations.AddIndex(
            model_name="keytask",
            index=models.Index(fields=["cluster", "date_to"], name="key_task_of_cluster_and_date"),
        ),
        migrations.AddConstraint(
            model_name="keytask",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("content", ""), _negated=True), models.Q(("owner", ""), _negated=True)),
                name="key_task_texts_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="keytask",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_to__gte", models.F("date_from"))),
                name="key_task_dates_in_order",
                violation_error_message="The last day is before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keytask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on", None),
                    models.Q(("due_on__gte", models.F("date_from")), ("due_on__lte", models.F("date_to"))),
                    _connector="OR",
                ),
                name="key_task_due_in_its_period",
                violation_error_message="The task is due within its period.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keytask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assessed_on", None), ("assessment", ""), ("assessment_note", "")),
                    models.Q(
                        ("assessment__in", ("done", "partly", "not_done")),
                        ("assessed_on__gte", models.F("date_from")),
                        ("assessed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="key_task_assessed_since_it_began",
                violation_error_message="A task is assessed when its period has begun.",
            ),
        ),
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(fields=["cluster", "made_on"], name="recommendation_of_cluster"),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("addressee", ""), _negated=True), models.Q(("content", ""), _negated=True)
                ),
                name="recommendation_texts_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answer_document", ""), ("answered_on", None), ("state", "open")),
                    models.Q(
                        ("state__in", ("answered", "accepted", "declined", "withdrawn")),
                        ("answered_on__gte", models.F("made_on")),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="recommendation_answered_after_it_is_made",
                violation_error_message="The answer cannot be older than the recommendation.",
            ),
        ),
    ]
