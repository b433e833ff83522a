"""The worker: event consumers, the warehouse, expiring promises, the daily proof; and, on threads of their own, jobs.

One process, safe to run twice.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")

import structlog

from huiliu.platform import logs, measuring, tracing

if TYPE_CHECKING:
    from huiliu.access.types import Actor
    from huiliu.platform.jobs.types import Claimed

log = structlog.get_logger("huiliu.worker")
IDLE_SECONDS = 1.0
BACKOFF_SECONDS_MAX = 30.0
JOBS_STOP_SECONDS = 10.0
TOLD_SECONDS = 15.0  # work of every second tells how it goes at most this often


@dataclass
class Periodic:
    """Work that is due again after `every`; the clock is handed in. It rests while its `module` is off."""

    name: str
    every: timedelta
    work: Callable[[datetime], object]
    due_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    module: str = ""
    told_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


def rests(module: str) -> bool:
    """Whether the module of some work is switched off."""
    from huiliu.platform import modules

    return module in modules.SWITCHABLE and module in modules.switched_off()


def _expire_holds(now: datetime) -> object:
    from huiliu.ledger import services
    from huiliu.platform.database import system_reach

    with system_reach("maintenance"):
        return services.expire_holds(now=now)


def _prove(now: datetime) -> object:
    del now
    from huiliu.ledger import selectors
    from huiliu.platform.database import system_reach

    with system_reach("maintenance"):
        differences = selectors.prove()
    if differences:
        log.error("ledger does not prove", accounts=len(differences), first=differences[0].account_id)
    return len(differences)


def _prune(now: datetime) -> object:
    """Old idempotency keys, ended sessions and stamps."""
    from django.db import connection

    from huiliu.platform.database import system_reach

    with system_reach("maintenance"), connection.cursor() as cursor:
        cursor.execute("SELECT platform_prune_stamps(20)")
        cursor.execute("SELECT platform_prune(%s)", [now - timedelta(days=7)])
    from huiliu.platform import messages

    messages.prune(now=now)
    return None


def _warehouse(now: datetime) -> object:
    from huiliu.insights import services

    return services.sync_warehouse(now=now)


def _moves(now: datetime) -> object:
    """The rows of moved organizations follow, a chunk per transaction."""
    from huiliu.access import services

    while services.continue_path_rewrites(now=now) >= services.CHUNK:
        pass
    return None


def _credit(now: datetime) -> object:
    """Limits whose first or last day is today move their floors; done again it changes nothing."""
    from huiliu.credit import services
    from huiliu.platform.database import system_reach

    with system_reach("maintenance"):
        return services.follow_the_calendar(now=now)


def _abandoned_counts(now: datetime) -> object:
    """Stock-takes nobody works on any more are given up, and what they froze is free."""
    from huiliu.inventory import services
    from huiliu.platform.database import system_reach

    with system_reach("jobs"):
        return services.abandon_stale_counts(now=now)


def _carts(now: datetime) -> object:
    """Open carts whose prices may have changed are quoted again, a few per transaction."""
    from huiliu.flows.shop import requote

    return requote.requote_due(now=now)


def _buyers_word(now: datetime) -> object:
    """Orders that wait for their buyer: reminded half way, given up when the time is over."""
    from huiliu.orders import services
    from huiliu.platform.database import system_reach

    with system_reach("jobs"):
        services.remind_buyers(now=now)
    with system_reach("jobs"):
        return services.expire_buyers_silence(now=now)


def _desk_alerts(now: datetime) -> object:
    """Once a day each organization is told what went wrong since the day before."""
    from huiliu.flows.desk import alerts

    return alerts.tell_what_is_new(now=now)


def _messages(now: datetime) -> object:
    """Texts to phones go out after the commit that asked for them."""
    from huiliu.platform import messages

    return messages.deliver_waiting(now=now)


def _wechat_messages(now: datetime) -> object:
    """What people agreed to be told in WeChat."""
    from huiliu.access.services import consents

    return consents.deliver_messages(now=now)


def _sweep_files(now: datetime) -> object:
    """Bytes of uploads that were rolled back, and of files that were removed."""
    from huiliu.platform import files

    return files.sweep(now=now)


def _prune_jobs(now: datetime) -> object:
    """Jobs that ended long ago, with their files."""
    from huiliu.platform import jobs

    return jobs.prune(now=now)


def job_actor(claimed: Claimed) -> Actor | None:
    """Whom a job acts as; None when they may no longer sign in."""
    from huiliu.access.authentication import actor_of_user

    if claimed.created_by is None:
        return None
    return actor_of_user(
        user_id=claimed.created_by, scopes=claimed.scopes, impersonator_id=claimed.impersonator_id
    )


def _subscriptions() -> list[Periodic]:
    from huiliu.flows.subscriptions import SUBSCRIPTIONS, deliver

    return [
        Periodic(one.name, timedelta(seconds=1), partial(_handed_to, deliver, one), module=one.module)
        for one in SUBSCRIPTIONS
    ]


def _handed_to(deliver: Callable[..., int], subscription: object, now: datetime) -> object:
    return deliver(subscription, now=now)


def schedule() -> list[Periodic]:
    """Everything the worker does, with how often."""
    return [
        *_subscriptions(),
        Periodic("credit calendar", timedelta(minutes=5), _credit, module="credit"),
        Periodic("warehouse", timedelta(seconds=1), _warehouse, module="insights"),
        Periodic("moves", timedelta(seconds=2), _moves),
        Periodic("expire holds", timedelta(seconds=30), _expire_holds),
        Periodic("carts", timedelta(seconds=1), _carts, module="orders"),
        Periodic("buyers' word", timedelta(seconds=30), _buyers_word, module="orders"),
        Periodic("desk alerts", timedelta(hours=1), _desk_alerts),
        Periodic("abandoned counts", timedelta(hours=1), _abandoned_counts),
        Periodic("messages", timedelta(seconds=1), _messages),
        Periodic("messages in WeChat", timedelta(seconds=5), _wechat_messages),
        Periodic("prune", timedelta(hours=1), _prune),
        Periodic("prune jobs", timedelta(hours=1), _prune_jobs),
        Periodic("sweep files", timedelta(hours=1), _sweep_files),
        Periodic("prove ledger", timedelta(days=1), _prove),
    ]


def _note(item: Periodic, *, now: datetime, began: float, failures: int = 0, problem: str = "") -> None:
    """Tell how it went, for the health page; that this fails must not stop the work."""
    from huiliu.platform import recurring

    if not failures and (now - item.told_at).total_seconds() < TOLD_SECONDS:
        return
    try:
        recurring.note(
            name=item.name,
            module=item.module,
            every=item.every,
            ran_at=now,
            took_ms=int((time.monotonic() - began) * 1000),
            failures=failures,
            problem=problem,
            due_at=item.due_at,
        )
        item.told_at = datetime(2000, 1, 1, tzinfo=UTC) if failures else now
    except Exception:
        log.exception("could not tell how work went", work=item.name)


def run(stop: threading.Event, *, work: list[Periodic] | None = None) -> None:
    """Do what is due until told to stop; a fault waits longer each time and never ends the worker."""
    from django.db import close_old_connections, connection

    items = schedule() if work is None else work
    failures: dict[str, int] = {}
    while not stop.is_set():
        now = datetime.now(UTC)
        for item in items:
            if item.due_at > now or stop.is_set():
                continue
            began = time.monotonic()
            try:
                if not rests(item.module):
                    item.work(now)
                failures.pop(item.name, None)
                item.due_at = now + item.every
                measuring.WORK.labels(item.name, "done").inc()
                _note(item, now=now, began=began)
            except Exception as error:
                count = failures[item.name] = failures.get(item.name, 0) + 1
                item.due_at = now + timedelta(seconds=min(BACKOFF_SECONDS_MAX, 2.0**count))
                log.exception("work failed", work=item.name, failures=count)
                measuring.WORK.labels(item.name, "failed").inc()
                connection.close()
                _note(item, now=now, began=began, failures=count, problem=type(error).__name__)
        close_old_connections()
        stop.wait(IDLE_SECONDS)


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    import django

    django.setup()
    from huiliu.access.checks import refuse_bypass
    from huiliu.platform import recurring
    from huiliu.platform.jobs import running
    from huiliu.settings import ENV

    logs.configure()
    tracing.configure(endpoint=ENV.otel_endpoint, process="worker")
    refuse_bypass()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("worker started")
    threads = running.start_threads(stop, actor_for=job_actor)
    work = schedule()
    recurring.forget_others({item.name for item in work})
    run(stop, work=work)
    for thread in threads:
        thread.join(timeout=JOBS_STOP_SECONDS / len(threads))  # what does not stop is found and run again
    log.info("worker stopped")


if __name__ == "__main__":
    main()
