from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "huiliu.ledger"
    label = "ledger"
