from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "huiliu.inventory"
    label = "inventory"
