from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "huiliu.catalog"
    label = "catalog"
