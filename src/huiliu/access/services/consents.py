"""Messages in WeChat: what a person agreed to get, and the events that are told so, each once.

WeChat has no key against doubles. So a message is marked before it is handed over, in a transaction of its own: what
was perhaps sent is never sent again (`UNSURE`), what certainly was not is tried again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import connection
from django.db.models import F

from huiliu.access.models import User, WechatBinding, WechatConsent, WechatMessage
from huiliu.access.rules import scopes_of
from huiliu.access.services.second_factor import in_person
from huiliu.access.types import Actor, Role
from huiliu.kernel.refusals import DomainError
from huiliu.platform.database import system_reach
from huiliu.platform.wechat import WechatUnavailable, client_of
from huiliu.settings import ENV

log = structlog.get_logger("huiliu.wechat")
REMAINING_MAX: Final = 50
A_ROUND: Final = 20
ATTEMPTS_MAX: Final = 5
UNSURE_AFTER: Final = timedelta(minutes=10)
KEPT: Final = timedelta(days=30)
#: WeChat is busy or limits us (-1, 45009, 45047): later; 40001 and its kin: the token was renewed in between.
AGAIN: Final = frozenset({-1, 40001, 40014, 42001, 45009, 45047})
REFUSED_BY_USER: Final = 43101
#: Template (40037), page (41030), fields (47003): this installation is set up wrongly, the person's yes is not used.
OURS: Final = frozenset({"40037", "41030", "47003"})


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of message that this installation can send, and what the person has agreed to."""

    name: str
    template_id: str
    answer: str
    remaining: int


def list_topics(*, actor: Actor) -> list[Topic]:
    """The configured kinds of messages, by name."""
    rows = {row.template_id: row for row in WechatConsent.objects.filter(user_id=actor.user_id or 0)}
    found = []
    for name, template in sorted(ENV.wechat_templates.items()):
        row = rows.get(template.id)
        found.append(Topic(name, template.id, row.answer if row else "", row.remaining if row else 0))
    return found


def keep_consents(*, actor: Actor, answers: Mapping[str, str], now: datetime) -> list[Topic]:
    """Keep what `wx.requestSubscribeMessage` answered: each accept is one message more; other templates are ignored.

    Locks:  the rows, in the order of the templates. Raises: OnlyInPerson.
    """
    in_person(actor)
    known = {template.id for template in ENV.wechat_templates.values()}
    with connection.cursor() as cursor:
        for template_id in sorted(known & answers.keys()):
            accepted = answers[template_id].startswith("accept")
            cursor.execute(
                "INSERT INTO access_wechat_consent AS c (user_id, template_id, owner_path, answer, remaining, updated_at)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (user_id, template_id) DO UPDATE SET answer = EXCLUDED.answer,"
                " remaining = CASE WHEN EXCLUDED.remaining = 1 THEN least(c.remaining + 1, %s) ELSE 0 END,"
                " updated_at = EXCLUDED.updated_at",
                [
                    actor.user_id or 0,
                    template_id,
                    actor.organization_path,
                    "accept" if accepted else answers[template_id],
                    int(accepted),
                    now,
                    REMAINING_MAX,
                ],
            )
    return list_topics(actor=actor)


def queue_messages(
    *,
    event_id: int,
    topic: str,
    path: str,
    scope: str,
    by_user_id: int | None,
    page: str,
    values: Mapping[str, str],
    now: datetime,
) -> int:
    """A message for everyone of one organization who agreed and may see it, but not whoever did it; returns how many.

    Runs under a system reach. Replay: an event is queued for a person once.
    """
    template = ENV.wechat_templates.get(topic)
    if template is None:
        return 0
    agreed = WechatConsent.objects.filter(template_id=template.id, remaining__gt=0, owner_path=path)
    people = User.objects.filter(
        pk__in=agreed.values("user_id"), organization_path=path, is_active=True
    ).exclude(pk=by_user_id or 0)
    rows = [
        WechatMessage(
            event_id=event_id,
            user_id=user.pk,
            template_id=template.id,
            page=page,
            data={name: _fitting(name, values.get(value, "")) for name, value in template.values.items()},
            next_at=now,
            created_at=now,
        )
        for user in people.order_by("id")
        if scope in scopes_of(Role(role) for role in user.roles)
    ]
    WechatMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def deliver_messages(*, now: datetime) -> int:
    """Hand waiting messages to WeChat; returns how many it took. Beside other workers each is handed over once."""
    sent = 0
    with system_reach("messages"):
        WechatMessage.objects.filter(state="SENDING", next_at__lte=now).update(state="UNSURE")
        WechatMessage.objects.filter(created_at__lt=now - KEPT).delete()
    for _ in range(A_ROUND):
        with system_reach("messages"):
            claimed = _claim(now=now)
        if claimed is None:
            return sent
        row, openid = claimed
        state, problem = _hand_over(row, openid)
        sent += state == "SENT"
        with system_reach("messages"):
            _settle(row, state=state, problem=problem, now=now)
    return sent


def _claim(*, now: datetime) -> tuple[WechatMessage, str] | None:
    """The next message, marked as being sent; one whose person no longer agrees or is unbound is given up."""
    waiting = WechatMessage.objects.select_for_update(skip_locked=True).filter(
        state="WAITING", next_at__lte=now
    )
    row = waiting.order_by("next_at", "id").first()
    if row is None:
        return None
    binding = WechatBinding.objects.filter(
        user_id=row.user_id, user__is_active=True, app_id=next(iter(ENV.wechat_apps), ""), ended_at=None
    ).first()
    agreed = binding is not None and (
        WechatConsent.objects.filter(
            user_id=row.user_id, template_id=row.template_id, remaining__gt=0
        ).update(remaining=F("remaining") - 1)
        == 1
    )
    row.state = "SENDING"
    row.attempts += 1
    row.next_at = now + UNSURE_AFTER
    row.save(update_fields=["state", "attempts", "next_at"])
    return row, binding.openid if binding and agreed else ""


def _hand_over(row: WechatMessage, openid: str) -> tuple[str, str]:
    """What became of it. No transaction is open while WeChat thinks."""
    if not openid:
        return "FAILED", "no consent"
    try:
        errcode = client_of().send_message(
            openid=openid, template_id=row.template_id, page=row.page, data=row.data, language="zh_CN"
        )
    except WechatUnavailable as refusal:
        return ("UNSURE" if refusal.facts.get("reached", True) else "WAITING"), "unavailable"
    except DomainError as refusal:
        return "FAILED", refusal.code
    if errcode == 0:
        return "SENT", ""
    return ("WAITING" if errcode in AGAIN else "FAILED"), str(errcode)


def _settle(row: WechatMessage, *, state: str, problem: str, now: datetime) -> None:
    """Write down what became of it; what certainly was not sent gives the consent back."""
    consent = WechatConsent.objects.filter(user_id=row.user_id, template_id=row.template_id)
    if state == "WAITING" or problem in OURS:
        consent.filter(answer="accept").update(remaining=F("remaining") + 1)
    if problem == str(REFUSED_BY_USER):
        consent.update(remaining=0)
    if state == "WAITING" and row.attempts >= ATTEMPTS_MAX:
        state = "FAILED"
    row.state, row.problem = state, problem
    row.next_at = now + timedelta(seconds=30 * 2**row.attempts)
    row.save(update_fields=["state", "problem", "next_at"])
    if state in ("FAILED", "UNSURE"):
        log.warning("a message in WeChat was not sent", state=state, problem=problem, event_id=row.event_id)


def _fitting(field: str, value: str) -> str:
    """WeChat refuses a message whole when a value is longer than its kind of field allows, or empty."""
    kind = field.rstrip("0123456789")
    longest = {"thing": 20, "character_string": 32, "phrase": 5, "name": 10, "letter": 32}.get(kind, 32)
    return value[:longest] or "-"
