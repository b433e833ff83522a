from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PlatformConfig(AppConfig):
    name = "huiliu.platform"
    label = "platform"

    def ready(self) -> None:
        """Every module's `declarations.py`: its settings, custom fields and documents to comment on."""
        autodiscover_modules("declarations")
