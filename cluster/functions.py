"""Database functions for local time, the same on SQLite and PostgreSQL."""

from typing import Any

from django.db import models


class LocalDate(models.Func):
    """The date of a moment in Asia/Ho_Chi_Minh, which has stood at UTC+7 without summer time since 1975.

    ``TruncDate`` calls back into Python on SQLite and may not stand in a constraint; this may.
    """

    output_field = models.DateField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # To the second: SQLite reckons in milliseconds and would round 23:59:59.9996 up to the next day.
        template = "date(substr(%(expressions)s, 1, 19), '+7 hours')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "((%(expressions)s) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
        return self.as_sql(compiler, connection, template=template, **context)
