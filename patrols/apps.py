from django.apps import AppConfig


class PatrolsConfig(AppConfig):
    name = "patrols"

    def ready(self) -> None:
        from cluster.notices import declare
        from patrols.notices import KINDS

        declare(*KINDS)
