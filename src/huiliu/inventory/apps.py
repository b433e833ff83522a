from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "huiliu.inventory"
    label = "inventory"

    def ready(self) -> None:
        """Whoever reads ledger entries learns how our documents are called."""
        from huiliu.inventory.models import Adjustment, Sale, StockCount, StockTransfer
        from huiliu.ledger import selectors as ledger

        named = {"adjustment": Adjustment, "transfer": StockTransfer, "count": StockCount, "sale": Sale}
        for source_type, model in named.items():
            ledger.name_documents(source_type, ledger.numbers_of_model(model))
