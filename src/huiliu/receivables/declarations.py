"""What the brand may set about money: how long partners may owe."""

from __future__ import annotations

from huiliu.platform.settings_registry import declare
from huiliu.platform.settings_types import SettingSpec, Whole, Words
from huiliu.platform.subject_names import ByColumn, declare_names
from huiliu.receivables.models import Receipt

PAYMENT_DAYS = declare(
    SettingSpec(
        key="receivables.payment_days",
        shape=Whole(0, 365),
        default=30,
        label=Words("账期（天）", "Days of payment"),
        help=Words(
            "欠款从发生日起超过此天数即为逾期；回款先冲最早的欠款。工作台与往来余额按此提示。",
            "What is owed for longer is overdue; payments settle the oldest debts first. The desk and the list of"
            " balances show it.",
        ),
        module="receivables",
    )
)

declare_names("receipt", of=ByColumn(Receipt))
