from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "huiliu.orders"
    label = "orders"

    def ready(self) -> None:
        """Stock's movements name their documents; these are known here only."""
        from huiliu.inventory import selectors as inventory
        from huiliu.orders import selectors

        for source_type, numbers_of in selectors.NUMBERS.items():
            inventory.name_documents(source_type, numbers_of)
