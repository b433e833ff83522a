from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "huiliu.access"
    label = "access"
