"""Functions of the database: local time, the same on SQLite and PostgreSQL, and a lock of PostgreSQL."""

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


class SealLock(models.Func):
    """Held until the transaction ends: by all who edit rows of a cluster together, or by one who signs, alone.

    A lock on the row of the cluster could not be shared, and every edit would wait for every other. PostgreSQL only:
    on SQLite a transaction writes alone anyway.
    """

    output_field = models.TextField()
    arity = 1
    # Any number that no other advisory lock of the application bears.
    _OF_SEALS = 5341

    def __init__(self, cluster: Any, *, alone: bool = False) -> None:
        super().__init__(cluster)
        self.function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f"%(function)s({self._OF_SEALS}, (%(expressions)s)::integer)::text"
        return self.as_sql(compiler, connection, template=template, **context)
