from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "huiliu.partners"
    label = "partners"
