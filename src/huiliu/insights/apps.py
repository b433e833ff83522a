from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "huiliu.insights"
    label = "insights"
