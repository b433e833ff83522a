from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "huiliu.integrations"
    label = "integrations"

    def ready(self) -> None:
        from huiliu.integrations import jobs  # noqa: F401 - offers its kinds of work
        from huiliu.integrations.exporting.lists import offer_all
        from huiliu.integrations.importing.builtin import register_all

        register_all()
        offer_all()
