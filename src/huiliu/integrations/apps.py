from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "huiliu.integrations"
    label = "integrations"
