from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "huiliu.orders"
    label = "orders"
