from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "huiliu.receivables"
    label = "receivables"

    def ready(self) -> None:
        """Whoever reads ledger entries learns how our documents are called."""
        from huiliu.ledger import selectors as ledger
        from huiliu.receivables.models import Receipt

        ledger.name_documents("receipt", ledger.numbers_of_model(Receipt))
