from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "huiliu.receivables"
    label = "receivables"
