from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "huiliu.flows"
    label = "flows"

    def ready(self) -> None:
        from huiliu.flows.import_orders import ORDERS
        from huiliu.integrations.importing.registry import register

        register(ORDERS)
