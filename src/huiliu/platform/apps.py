from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "huiliu.platform"
    label = "platform"
