from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from cluster.notices import declare
        from reports.notices import KINDS

        declare(*KINDS)
