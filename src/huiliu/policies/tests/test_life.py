"""The life of a version, held by price lists: who may do what, what stays, who is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D  # noqa: N817

import pytest
from django.db import DatabaseError, connection, transaction

from huiliu.access.types import Actor, Role
from huiliu.kernel.ids import uuid7
from huiliu.kernel.states import WrongState
from huiliu.partners.models import Partner
from huiliu.platform import events, stamps
from huiliu.platform.errors import Stale
from huiliu.platform.models import AuditRecord, Event, Setting
from huiliu.policies import errors, selectors
from huiliu.policies import services as policies
from huiliu.policies.models import Member, Version
from huiliu.policies.types import Audience, VersionState
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceLevel, RowDraft
from huiliu.testing.actors import NOW, acting, an_actor, an_organization
from huiliu.testing.partners import a_partner
from huiliu.testing.pricing import Market

pytestmark = pytest.mark.django_db
TIER_A = Audience(tiers=("A",))


@pytest.fixture
def market() -> Market:
    return Market()


def test_a_version_lives_from_draft_to_published_and_each_step_is_on_record(market):
    head = market.published()

    assert (head.state, head.version_no, head.publish_no is not None) == (VersionState.PUBLISHED, 1, True)
    assert (head.created_by, head.approved_by) == (market.author.user_id, market.manager.user_id)
    assert len(head.digest) == 32
    actions = (
        AuditRecord.objects.filter(subject_id=str(head.id)).order_by("id").values_list("action", flat=True)
    )
    assert list(actions) == ["policy.drafted", "prices.rows_put", "policy.approved", "policy.published"]


def test_the_author_cannot_approve_unless_the_brand_lets_authors(market):
    head = market.draft()

    with pytest.raises(errors.FourEyes):
        pricing.approve_price_list(actor=market.author, version_id=head.id, now=NOW)
    assert selectors.get_version(head.id).state is VersionState.DRAFT

    Setting.objects.create(key="policies.four_eyes", value=False, updated_at=NOW)
    stamps.forget()
    approved = pricing.approve_price_list(actor=market.author, version_id=head.id, now=NOW)
    assert approved.state is VersionState.APPROVED


def test_a_draft_is_not_published_and_what_is_published_is_not_approved_again(market):
    head = market.draft()
    with pytest.raises(WrongState):
        pricing.publish_price_list(actor=market.manager, version_id=head.id, now=NOW)
    assert market.price(market.dealer) is None

    published = market.published({market.water.pk: "9"}, code="OTHER")
    with pytest.raises(WrongState):
        pricing.approve_price_list(actor=market.manager, version_id=published.id, now=NOW)


def test_publishing_again_answers_what_stands_and_tells_nobody_twice(market):
    head = market.published(audience=TIER_A, level=PriceLevel.GROUP)
    told = Event.objects.count()

    again = pricing.publish_price_list(actor=market.manager, version_id=head.id, now=NOW)

    assert again == head
    assert Event.objects.count() == told
    assert Member.objects.filter(version_id=head.id).count() == 1


def test_the_database_refuses_to_edit_what_was_published_whatever_the_code_does(market):
    head = market.published()

    for sql in (
        "UPDATE policies_version SET valid_from = '2020-01-01' WHERE id = %s",
        'UPDATE policies_version SET audience = \'{"tiers": ["B"]}\' WHERE id = %s',
        "UPDATE policies_version SET name = 'x' WHERE id = %s",
        "UPDATE policies_version SET state = 'DRAFT' WHERE id = %s",
        "UPDATE pricing_row SET unit_price = 1 WHERE version_id = %s",
        "DELETE FROM pricing_row WHERE version_id = %s",
        "INSERT INTO pricing_row (version_id, sku_id, unit, numerator, denominator, unit_price, breaks)"
        " VALUES (%s, 999, 'x', 1, 1, 1, '[]')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [head.id])

    assert market.price(market.dealer) == D(10)


def test_an_end_may_come_earlier_and_never_later(market):
    head = market.published(end="2026-12-01")

    Version.objects.filter(pk=head.id).update(valid_to=date(2026, 11, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=head.id).update(valid_to=date(2027, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=head.id).update(valid_to=None)

    assert selectors.get_version(head.id).valid_to == date(2026, 11, 1)


def test_a_draft_is_edited_by_the_version_that_was_read(market):
    head = market.draft()
    change = {
        "actor": market.author,
        "version_id": head.id,
        "name": "新名",
        "level": PriceLevel.BASE,
        "currency": "CNY",
        "audience": Audience(),
        "valid_from": date(2026, 2, 1),
        "valid_to": None,
        "priority": 3,
        "project": "",
        "now": NOW,
    }

    read = selectors.get_version(head.id).version
    edited = pricing.update_price_list(**change, expected_version=read)
    with pytest.raises(Stale):
        pricing.update_price_list(**change, expected_version=read)

    assert (edited.name, edited.version, edited.content["priority"]) == ("新名", read + 1, 3)


def test_published_is_never_edited_by_services(market):
    head = market.published()

    with pytest.raises(errors.PublishedIsNeverEdited):
        pricing.put_rows(actor=market.author, version_id=head.id, rows=[], now=NOW)
    with pytest.raises(errors.PublishedIsNeverEdited):
        pricing.remove_rows(actor=market.author, version_id=head.id, sku_ids=[market.water.pk], now=NOW)
    assert market.price(market.dealer) == D(10)


def test_a_successor_begins_and_the_old_one_ends_the_same_day(market):
    old = market.published()
    new = market.published({market.water.pk: "11"}, start="2026-07-01")

    assert (new.version_no, new.supersedes_id) == (2, old.id)
    assert selectors.get_version(old.id).valid_to == date(2026, 7, 1)
    assert market.price(market.dealer, on="2026-06-30") == D(10)
    assert market.price(market.dealer, on="2026-07-01") == D(11)


def test_a_successor_from_the_same_day_replaces_at_once(market):
    old = market.published()
    market.published({market.water.pk: "11"})

    assert selectors.get_version(old.id).state is VersionState.ENDED
    assert market.price(market.dealer) == D(11)


def test_an_ended_list_prices_nothing_and_needs_a_reason(market):
    head = market.published()

    with pytest.raises(errors.EndReasonMissing):
        pricing.end_price_list(actor=market.manager, version_id=head.id, reason=" ", now=NOW)
    assert market.price(market.dealer) == D(10)
    ended = pricing.end_price_list(actor=market.manager, version_id=head.id, reason="error", now=NOW)

    assert ended.state is VersionState.ENDED
    assert market.price(market.dealer) is None
    assert pricing.end_price_list(actor=market.manager, version_id=head.id, reason="error", now=NOW) == ended
    assert Event.objects.filter(type="policy.ended").count() == 1


def test_one_draft_a_line_and_giving_it_up_frees_the_line(market):
    head = market.draft()
    with pytest.raises(errors.VersionCodeTaken):
        market.draft()

    with pytest.raises(WrongState):
        pricing.end_price_list(actor=market.manager, version_id=head.id, reason="no", now=NOW)
    pricing.discard_price_list(actor=market.author, version_id=head.id, reason="", now=NOW)

    assert market.draft().version_no == 2
    assert not Event.objects.filter(type__in=("policy.ended", "policy.published")).exists()


def test_an_approval_is_gone_when_the_version_is_revised(market):
    head = market.approved()

    revised = pricing.revise_price_list(actor=market.author, version_id=head.id, now=NOW)

    assert (revised.state, revised.approved_by) == (VersionState.DRAFT, None)


def test_the_same_draft_sent_twice_is_one_and_its_id_is_nobody_elses(market):
    head = market.draft()
    asked = {
        "actor": market.author,
        "version_id": head.id,
        "name": "x",
        "seller_id": market.brand.pk,
        "level": PriceLevel.BASE,
        "currency": "CNY",
        "audience": Audience(),
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "now": NOW,
    }

    assert pricing.create_price_list(code="BASE", **asked).id == head.id
    with pytest.raises(errors.VersionIdReused):
        pricing.create_price_list(code="ELSE", **asked)
    assert Version.objects.count() == 1


def test_an_audience_is_fixed_at_publish_and_nobody_matches_is_refused(market):
    head = market.published(audience=TIER_A, level=PriceLevel.GROUP)
    assert selectors.members_of(head.id) == [market.dealer.pk]
    assert head.width == 1

    empty = market.approved({market.tea.pk: "5"}, code="NOBODY", audience=Audience(tiers=("Z",)))
    with pytest.raises(errors.AudienceEmpty):
        pricing.publish_price_list(actor=market.manager, version_id=empty.id, now=NOW)
    assert selectors.get_version(empty.id).state is VersionState.APPROVED


def test_the_tree_below_an_organization_and_an_exception_are_resolved(market):
    head = market.published(
        audience=Audience(under_ids=(market.dealer.pk,), except_for=Audience(kinds=("DISTRIBUTOR",))),
        level=PriceLevel.GROUP,
    )

    assert selectors.members_of(head.id) == [market.store.pk]


def test_a_partner_who_comes_later_joins_by_the_rule_and_is_told(market):
    market.published({market.water.pk: "10"})
    head = market.published({market.water.pk: "8"}, code="A", audience=TIER_A, level=PriceLevel.GROUP)
    late = a_partner(parent=market.brand, tier="A").organization
    stranger = a_partner(parent=market.brand, tier="B").organization
    assert market.price(late) == D(10)

    joined = policies.welcome_organizations(organization_ids=[late.pk, stranger.pk], now=NOW)

    assert joined == 1
    assert (market.price(late), market.price(stranger), market.price(market.dealer)) == (D(8), D(10), D(8))
    assert policies.welcome_organizations(organization_ids=[late.pk, stranger.pk], now=NOW) == 0
    assert selectors.get_version(head.id).width == 1  # the width that ranks it is that of its publication
    told = Event.objects.filter(type="policy.announced", visible_path=late.path)
    assert told.count() == 1


def test_the_event_log_lets_newcomers_in(market):
    market.published({market.water.pk: "8"}, audience=TIER_A, level=PriceLevel.GROUP)
    late = a_partner(parent=market.brand, tier="A").organization
    events.publish(
        type="partner.created",
        subject_type="partner",
        subject_id=late.pk,
        paths=(late.path,),
        user_id=None,
        now=NOW,
    )
    row = Event.objects.get(type="partner.created")
    happened = [
        events.EventRow(
            row.pk, 1, row.type, row.subject_type, row.subject_id, ("", ""), False, {}, None, NOW, NOW
        )
    ]

    assert policies.welcome_newcomers(happened=happened, now=NOW) == 1
    assert market.price(late) == D(8)


def test_who_no_longer_matches_keeps_what_was_promised(market):
    market.published({market.water.pk: "8"}, audience=TIER_A, level=PriceLevel.GROUP)
    Partner.objects.filter(pk=market.dealer.pk).update(tier="B")

    policies.welcome_organizations(organization_ids=[market.dealer.pk], now=NOW)

    assert market.price(market.dealer) == D(8)


def test_a_list_for_everyone_is_told_to_everyone_and_a_narrow_one_only_to_its_audience(market):
    market.published({market.water.pk: "10"})
    special = market.published(
        {market.water.pk: "8"},
        code="SPECIAL",
        audience=Audience(organization_ids=(market.dealer.pk,)),
        level=PriceLevel.CUSTOMER,
    )

    def heard(actor: Actor) -> list[tuple[str, str]]:
        with acting(actor):
            rows = Event.objects.filter(subject_type="policy").order_by("id")
            return [(row.type, row.payload["code"]) for row in rows]

    assert heard(market.owner) == [("policy.published", "BASE"), ("policy.announced", "SPECIAL")]
    assert heard(market.other_owner) == [("policy.published", "BASE")]
    published = Event.objects.get(type="policy.published", subject_id=str(special.id))
    assert (published.payload["rows"], published.payload["width"]) == (1, 1)
    assert heard(market.manager) == [
        ("policy.published", "BASE"),
        ("policy.published", "SPECIAL"),
        ("policy.announced", "SPECIAL"),
    ]


class TestABranch:
    """A branch makes policies for its own partners and leaves headquarters' alone."""

    @pytest.fixture
    def south(self, market):
        branch = an_organization(kind="BRANCH", parent=market.brand, name="华南")
        market.southern = a_partner(parent=branch, tier="A").organization
        market.south_author = an_actor(branch, Role.SALES_OPERATIONS)
        market.south_manager = an_actor(branch, Role.CHANNEL_MANAGER)
        return market

    def publish(self, market, audience: Audience, code: str = "SOUTH"):
        with acting(market.south_author):
            head = pricing.create_price_list(
                actor=market.south_author,
                version_id=uuid7(),
                code=code,
                name=code,
                seller_id=market.brand.pk,
                level=PriceLevel.REGION,
                currency="CNY",
                audience=audience,
                valid_from=date(2026, 1, 1),
                valid_to=None,
                now=NOW,
            )
            rows = pricing.rows_from_drafts([pricing_row("W550", "7")])
            pricing.put_rows(actor=market.south_author, version_id=head.id, rows=rows, now=NOW)
        with acting(market.south_manager):
            pricing.approve_price_list(actor=market.south_manager, version_id=head.id, now=NOW)
            return pricing.publish_price_list(actor=market.south_manager, version_id=head.id, now=NOW)

    def test_everyone_means_everyone_below_it(self, south):
        south.published({south.water.pk: "10"})

        head = self.publish(south, Audience())

        assert selectors.members_of(head.id) == [south.southern.pk]
        assert (south.price(south.southern), south.price(south.dealer)) == (D(7), D(10))

    def test_late_joiners_of_other_branches_stay_out(self, south):
        self.publish(south, TIER_A)
        stranger = a_partner(parent=south.brand, tier="A").organization

        assert policies.welcome_organizations(organization_ids=[stranger.pk], now=NOW) == 0

    def test_headquarters_lists_are_not_its_to_end_nor_their_code_to_take(self, south):
        head = south.published({south.water.pk: "10"})

        with acting(south.south_manager):
            with pytest.raises(errors.NotYours):
                pricing.end_price_list(actor=south.south_manager, version_id=head.id, reason="x", now=NOW)
            with pytest.raises(errors.CodeElsewhere):
                self.publish(south, Audience(), code="BASE")
        assert south.price(south.dealer) == D(10)

    def test_another_branch_does_not_see_its_drafts(self, south):
        head = self.publish(south, Audience())
        north = an_organization(kind="BRANCH", parent=south.brand, name="华北")
        reader = an_actor(north, Role.CHANNEL_MANAGER)

        with acting(reader), pytest.raises(errors.VersionNotVisible):
            selectors.get_version(head.id)


def pricing_row(code: str, price: str) -> RowDraft:
    return RowDraft(D(price), sku_code=code, unit="瓶")
