from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "huiliu.policies"
    label = "policies"
