"""Partners as other modules see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from huiliu.access.types import OrganizationKind
from huiliu.kernel.columns import Column, ColumnKind


class PartnerStatus(StrEnum):
    """Whether a partner trades."""

    ACTIVE = "ACTIVE"
    FROZEN = "FROZEN"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """What prices, scope and orders need to know of a buyer; `ancestors` are paths from the root down."""

    organization_id: int
    path: str
    ancestors: tuple[str, ...]
    name: str
    kind: str
    tier: str
    tags: frozenset[str]
    channel: str
    region_code: str
    province: str
    city: str
    status: str
    default_seller_id: int | None


@dataclass(frozen=True, slots=True)
class Uscc:
    """A checked social credit code; `is_legacy` marks a 15-digit licence number, which has no such check."""

    code: str
    is_legacy: bool


@dataclass(frozen=True, slots=True)
class RegionNames:
    """A GB/T 2260 code in words; the parts below its level are empty."""

    province: str
    city: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One administrative division; level 1 province, 2 city, 3 district, 4 street."""

    code: str
    name: str
    parent_code: str
    level: int


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """What staff may write of a partner; empty means "not known"."""

    name: str
    short_name: str = ""
    uscc: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    channel: str = ""
    region_code: str = ""
    address: str = ""
    phone: str = ""
    default_seller_id: int | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A person to call."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """Where goods or papers go; `region_code` names the district (GB/T 2260)."""

    region_code: str
    street: str
    label: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    is_default: bool = False


#: What a company is recognized by: checked code, checked phone, folded name.
CompanyMarks = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ContactChange:
    """A contact to write: a new one, or the known one of that id."""

    draft: ContactDraft
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPartner:
    """A company to be made below a parent, with its first contacts and addresses."""

    code: str
    kind: OrganizationKind
    parent_id: int
    draft: PartnerDraft
    contacts: tuple[ContactChange, ...] = ()
    addresses: tuple[AddressDraft, ...] = ()
    accept_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """Trade with one seller for a time; empty regions or categories mean all."""

    number: str
    seller_id: int
    valid_from: date
    valid_to: date | None = None
    region_codes: tuple[str, ...] = ()
    category_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact as its reader sees it: the phone may be masked."""

    id: int
    name: str
    title: str
    phone: str
    email: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address as its reader sees it: the phone may be masked."""

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


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """One contract; `valid_to` is the first day that no longer belongs."""

    id: UUID
    number: str
    seller_id: int
    region_codes: frozenset[str]
    category_ids: frozenset[int]
    valid_from: date
    valid_to: date | None
    status: str


@dataclass(frozen=True, slots=True)
class TradeDecision:
    """Whether a partner may buy from a seller; `category_ids` limits the goods, None is all."""

    allowed: bool
    because: str
    category_ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner in a list, as its reader sees it: the phone may be masked."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    status: str
    tier: str
    tags: tuple[str, ...]
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
    custom: Mapping[str, Any]
    version: int
    sort_key: str
    created_at: datetime
    updated_at: datetime
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPartner:
    """A partner with the people and places that an import compares."""

    partner: PartnerRow
    contacts: tuple[ContactRow, ...]
    addresses: tuple[AddressRow, ...]


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """A partner with everything around it."""

    partner: PartnerRow
    contacts: tuple[ContactRow, ...]
    addresses: tuple[AddressRow, ...]
    contracts: tuple[ContractFacts, ...]


@dataclass(frozen=True, slots=True)
class PartnerFilters:
    """What a list is narrowed by; empty means "any"."""

    text: str = ""
    tier: str = ""
    province: str = ""
    region_code: str = ""
    tag: str = ""
    channel: str = ""
    kind: str = ""
    status: str = ""
    parent_id: int | None = None
    under_id: int | None = None
    custom: tuple[str, ...] = ()  # each <code>:<value> of a custom field
    contract_ends_before: date | None = None  # its latest running contract ends before this day
    licence_ends_before: date | None = None
    gap: str = ""  # what the master lacks: one of GAPS


@dataclass(frozen=True, slots=True)
class PartnerTotals:
    """How many partners a list holds, and of what sort."""

    total: int
    by_status: Mapping[str, int]
    by_kind: Mapping[str, int]
    by_tier: Mapping[str, int]
    by_province: Mapping[str, int]
    by_tag: Mapping[str, int]


class Gap(StrEnum):
    """What a partner's master data lacks or has wrong."""

    USCC_MISSING = "USCC_MISSING"
    USCC_INVALID = "USCC_INVALID"
    USCC_LEGACY = "USCC_LEGACY"
    REGION_MISSING = "REGION_MISSING"
    CONTACT_MISSING = "CONTACT_MISSING"
    CONTRACT_MISSING = "CONTRACT_MISSING"


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What is done to many partners at once; None leaves a field as it is."""

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    tier: str | None = None
    status: PartnerStatus | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of one partner of a bulk change; `code` and `detail` say why it was refused."""

    partner_id: int
    name: str
    changed: bool
    code: str = ""
    detail: str = ""


class LicenceKind(StrEnum):
    """What a partner may have to show."""

    BUSINESS = "BUSINESS"  # 营业执照
    FOOD = "FOOD"  # 食品经营许可证
    ALCOHOL = "ALCOHOL"  # 酒类经营许可
    BRAND_AUTHORITY = "BRAND_AUTHORITY"  # 授权书
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class LicenceDraft:
    """A paper with its number, its picture and the last day it holds; None holds without end."""

    kind: LicenceKind
    number: str = ""
    valid_until: date | None = None
    file_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A paper as people see it."""

    id: int
    kind: str
    number: str
    valid_until: date | None
    file_id: UUID | None
    note: str


@dataclass(frozen=True, slots=True)
class InvoiceProfile:
    """To whom and how invoices are made out (开票资料)."""

    title: str = ""
    tax_number: str = ""
    bank: str = ""
    bank_account: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    is_special: bool = True  # 增值税专用发票; False: 普通发票
    version: int = 0


@dataclass(frozen=True, slots=True)
class DuplicateFact:
    """A partner that may be the same company, and what they share: `uscc`, `phone` or `name`."""

    partner_id: int
    code: str
    name: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What the reader may see of them, and how many stand outside its reach (no more is told of those)."""

    seen: tuple[DuplicateFact, ...]
    elsewhere: int

    def __bool__(self) -> bool:
        return bool(self.seen or self.elsewhere)


#: What an export of the partner list has, in the order of the columns; the keys are attributes of PartnerRow.
PARTNER_COLUMNS = (
    Column("code", "编码", "Code"),
    Column("name", "名称", "Name", width=32),
    Column("short_name", "简称", "Short name"),
    Column("kind", "类型", "Kind", words="access:kind"),
    Column("status", "状态", "Status", words="partners:state"),
    Column("tier", "等级", "Tier"),
    Column("tags", "标签", "Tags"),
    Column("channel", "渠道", "Channel"),
    Column("uscc", "统一社会信用代码", "USCC", width=22),
    Column("region_code", "区划代码", "Region code"),
    Column("province", "省", "Province"),
    Column("city", "市", "City"),
    Column("district", "区县", "District"),
    Column("address", "地址", "Address", width=32),
    Column("phone", "电话", "Phone"),
    Column("parent_name", "上级", "Parent", width=32),
    Column("created_at", "建立时间", "Created at", ColumnKind.INSTANT, 20),
)
