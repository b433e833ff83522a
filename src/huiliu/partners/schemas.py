"""Shapes of the partners API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.access.types import OrganizationKind
from huiliu.partners.types import Gap, LicenceKind, PartnerStatus
from huiliu.platform.http.cursor import PageQuery

Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Word = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")]
OwnValue = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
CustomText = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
CustomNumber = Annotated[int, Field(ge=-(2**53), le=2**53)]
Custom = Annotated[
    dict[
        Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")],
        CustomText | bool | CustomNumber | Annotated[list[CustomText], Field(max_length=100)] | None,
    ],
    Field(max_length=50),
]


class PartnerIn(Schema):
    """What can be written of a partner; the whole of it is replaced."""

    name: Text
    short_name: Text = ""
    uscc: Word = Field(
        default="", description="统一社会信用代码, 18 characters; 15 digits of an old licence are marked."
    )
    tier: Word = ""
    tags: Annotated[list[Word], Field(max_length=50)] = Field(default_factory=list)
    channel: Word = ""
    region_code: Word = Field(default="", description="GB/T 2260 code of the head office.")
    address: Text = ""
    phone: Word = ""
    default_seller_id: Id | None = Field(default=None, description="Without one its parent sells to it.")
    custom: Custom = Field(default_factory=dict)


class NewPartnerIn(PartnerIn):
    """A new partner, below its parent in the network."""

    code: Word
    kind: OrganizationKind
    parent_id: Id
    accept_duplicates: bool = Field(default=False, description="It is another company than those named.")


class PartnerChangeIn(PartnerIn):
    """A changed partner; `version` is the one that was read."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class StatusIn(Schema):
    """A move of the partner's state."""

    status: PartnerStatus
    reason: Reason
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class ContactIn(Schema):
    """A person to call."""

    name: Text
    title: Text = ""
    phone: Word = ""
    email: Text = ""
    is_primary: bool = False


class AddressIn(Schema):
    """Where goods or papers go."""

    region_code: Word
    street: Text
    label: Text = ""
    contact_name: Text = ""
    contact_phone: Word = ""
    is_default: bool = False


class ContractIn(Schema):
    """A contract; `id` is the client's own UUIDv7."""

    id: UUID
    number: Word
    seller_id: Id
    valid_from: date
    valid_to: date | None = Field(default=None, description="The first day that no longer belongs.")
    region_codes: Annotated[list[Word], Field(max_length=500)] = Field(default_factory=list)
    category_ids: Annotated[list[Id], Field(max_length=500)] = Field(default_factory=list)


class ContractEndIn(Schema):
    """The first day without the contract."""

    ends_on: date
    reason: Reason


class PartnerOut(Schema):
    """A partner; `phone` may be masked."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    status: PartnerStatus
    tier: str
    tags: list[str]
    channel: str
    region_code: str
    province: str
    city: str
    district: str
    address: str
    phone: str
    uscc: str
    uscc_is_legacy: bool
    parent_id: int | None
    parent_name: str
    default_seller_id: int | None
    custom: dict[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
    allowed_actions: list[str]


class BulkIn(Schema):
    """One change for many partners; what is not given stays."""

    partner_ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    add_tags: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    remove_tags: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    tier: Word | None = None
    status: PartnerStatus | None = None
    reason: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] = ""


class BulkOutcomeOut(Schema):
    """What became of one partner; `code` and `detail` say why it was refused."""

    partner_id: int
    name: str
    changed: bool
    code: str
    detail: str


class LicenceIn(Schema):
    """A paper; `valid_until` is the last day it holds."""

    kind: LicenceKind
    number: Text = ""
    valid_until: date | None = None
    file_id: UUID | None = Field(default=None, description="Its picture, a file beside the partner.")
    note: Text = ""


class LicenceOut(Schema):
    id: int
    kind: LicenceKind
    number: str
    valid_until: date | None
    file_id: UUID | None
    note: str


class InvoiceProfileIn(Schema):
    """To whom and how invoices are made out; `version` is the one that was read."""

    title: Text
    tax_number: Word = ""
    bank: Text = ""
    bank_account: Word = ""
    address: Text = ""
    phone: Word = ""
    email: Text = ""
    is_special: bool = Field(default=True, description="增值税专用发票; else 普通发票.")
    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class InvoiceProfileOut(Schema):
    title: str
    tax_number: str
    bank: str
    bank_account: str
    address: str
    phone: str
    email: str
    is_special: bool
    version: int


class ContactOut(Schema):
    id: int
    name: str
    title: str
    phone: str
    email: str
    is_primary: bool


class AddressOut(Schema):
    id: int
    label: str
    region_code: str
    province: str
    city: str
    district: str
    street: str
    contact_name: str
    contact_phone: str
    is_default: bool


class ContractOut(Schema):
    id: UUID
    number: str
    seller_id: int
    region_codes: list[str]
    category_ids: list[int]
    valid_from: date
    valid_to: date | None
    status: str


class PartnerPageOut(PartnerOut):
    """A partner with everything around it."""

    contacts: list[ContactOut]
    addresses: list[AddressOut]
    contracts: list[ContractOut]


class PartnerTotalsOut(Schema):
    total: int
    by_status: dict[str, int]
    by_kind: dict[str, int]
    by_tier: dict[str, int]
    by_province: dict[str, int]
    by_tag: dict[str, int]


class DuplicateOut(Schema):
    partner_id: int
    code: str
    name: str
    because: list[str]


class DuplicatesOut(Schema):
    """Partners that may be the same company; `elsewhere` counts those outside the reader's reach."""

    partners: list[DuplicateOut]
    elsewhere: int


class TradeOut(Schema):
    """Whether the partner may buy from the seller; `category_ids` null means all goods."""

    allowed: bool
    because: str
    category_ids: list[int] | None


class HistoryOut(Schema):
    """One thing that happened to the partner."""

    id: int
    type: str
    user_id: int | None
    effective_at: datetime
    recorded_at: datetime
    payload: dict[str, Any]


class RegionOut(Schema):
    code: str
    name: str
    parent_code: str
    level: int


class PartnerFilterQuery(Schema):
    """Filters of the list of partners."""

    text: Text = Field(default="", description="Name, code or USCC, as typed, as pinyin or as its initials.")
    tier: Word = ""
    province: Word = ""
    region_code: Annotated[str, StringConstraints(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})?$")] = ""
    tag: Word = ""
    channel: Word = ""
    kind: OrganizationKind | None = None
    status: PartnerStatus | None = None
    parent_id: Id | None = Field(default=None, description="Directly below this organization.")
    under_id: Id | None = Field(
        default=None, description="Anywhere below this organization, itself included."
    )
    custom: Annotated[list[OwnValue], Field(max_length=20)] = Field(
        default_factory=list, description="`<code>:<value>` of a custom field; a partner has all of them."
    )
    contract_ends_before: date | None = Field(
        default=None, description="Its latest running contract ends before this day."
    )
    licence_ends_before: date | None = None
    gap: Gap | None = Field(default=None, description="What the master data lacks or has wrong.")


class PartnerQuery(PageQuery, PartnerFilterQuery):
    """Filters and page."""


class DuplicateQuery(Schema):
    """What to look for; at least one."""

    uscc: Word = ""
    phone: Word = ""
    name: Text = ""
    except_id: Annotated[int, Field(ge=0, le=2**53)] = 0


class TradeQuery(Schema):
    seller_id: Id
    on: date


class RegionQuery(Schema):
    parent_code: Annotated[str, StringConstraints(pattern=r"^([0-9]{6}|[0-9]{9})?$")] = ""
