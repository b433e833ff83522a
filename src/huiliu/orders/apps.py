from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "huiliu.orders"
    label = "orders"

    def ready(self) -> None:
        """Whoever reads ledger entries learns how our documents are called."""
        from huiliu.ledger import selectors as ledger
        from huiliu.orders.models import Order, Return, Shipment

        for source_type, model in {"order": Order, "shipment": Shipment, "return": Return}.items():
            ledger.name_documents(source_type, ledger.numbers_of_model(model))
