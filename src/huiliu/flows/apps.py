from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "huiliu.flows"
    label = "flows"
