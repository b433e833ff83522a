from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "huiliu.credit"
    label = "credit"
