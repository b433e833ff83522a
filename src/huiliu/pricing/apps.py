from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "huiliu.pricing"
    label = "pricing"
