from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "huiliu.integrations"
    label = "integrations"

    def ready(self) -> None:
        from huiliu.integrations.importing.builtin import register_all

        register_all()
