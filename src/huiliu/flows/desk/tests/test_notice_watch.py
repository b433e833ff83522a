"""Whoever a new notice concerns is told that there is one, and nobody else."""

from __future__ import annotations

import pytest

from huiliu.access.types import Actor, Role
from huiliu.flows.desk.notice_watch import NoticeWatch, concerns
from huiliu.platform.models import Notice
from huiliu.testing.actors import NOW, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel

pytestmark = pytest.mark.django_db
SCOPES = ("orders:confirm", "orders:receive", "money:write", "session:use")


@pytest.fixture
def channel() -> Channel:
    return a_channel()


def a_notice(for_path: str, about_path: str, scope: str, user_id: int | None = None) -> Notice:
    number = Notice.objects.count() + 1
    return Notice.objects.create(
        event_id=number,
        kind="test",
        scope=scope,
        for_path=for_path,
        about_path=about_path,
        subject_type="order",
        subject_id=str(number),
        user_id=user_id,
        created_at=NOW,
    )


def people(channel: Channel) -> list[Actor]:
    """Of the brand, a branch, a dealer of the branch, a dealer of the brand and a store of that one."""
    branch = an_organization(kind="BRANCH", parent=channel.brand)
    dealer = an_organization(kind="DISTRIBUTOR", parent=branch)
    store = an_organization(kind="STORE", parent=channel.dealer)
    return [
        channel.manager,
        an_actor(channel.brand, Role.FINANCE),
        an_actor(branch, Role.CHANNEL_MANAGER),
        an_actor(branch, Role.WAREHOUSE),
        an_actor(dealer, Role.OWNER),
        an_actor(dealer, Role.BUYER),
        channel.owner,
        an_actor(store, Role.OWNER),
        channel.other_owner,
    ]


def test_those_are_told_who_find_it_in_their_list(channel):
    actors = people(channel)
    paths = sorted({one.organization_path for one in actors})
    watch = NoticeWatch()
    assert watch.fresh() == []
    for for_path in paths:
        for about_path in ["", *paths]:
            for scope in SCOPES:
                a_notice(for_path, about_path, scope)
            a_notice(for_path, about_path, "session:use", user_id=actors[0].user_id)
    written = watch.fresh()
    assert len(written) == Notice.objects.count()

    told = {}
    for actor in actors:
        told[actor.user_id] = [
            one.pk for one, row in zip(_all(), written, strict=True) if concerns(actor, row)
        ]
        assert told[actor.user_id] == _listed(actor)
    assert len({tuple(ids) for ids in told.values()}) == len(actors)  # everybody hears something else


def _all() -> list[Notice]:
    return list(Notice.objects.order_by("pk"))


def _listed(actor: Actor) -> list[int]:
    api, ids, cursor = Api(actor), [], None
    while True:
        answer = api.get("/notices", limit=100, **({"cursor": cursor} if cursor else {})).json()
        ids += [one["id"] for one in answer["items"]]
        cursor = answer["next_cursor"]
        if not cursor:
            return sorted(ids)


def test_a_notice_is_told_once_and_not_one_from_before(channel):
    watch = NoticeWatch()
    a_notice(channel.dealer.path, channel.brand.path, "session:use")
    assert watch.fresh() == []  # written before anybody listened
    a_notice(channel.dealer.path, channel.brand.path, "session:use")
    assert [one.for_path for one in watch.fresh()] == [channel.dealer.path]
    assert watch.fresh() == []


def test_nobody_is_told_of_the_own_deed(channel):
    watch = NoticeWatch()
    watch.fresh()
    a_notice(channel.dealer.path, channel.brand.path, "session:use", user_id=channel.owner.user_id)
    [written] = watch.fresh()
    assert not concerns(channel.owner, written)
