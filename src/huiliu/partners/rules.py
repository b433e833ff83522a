"""What a valid partner is, who sees its phone, and when it may trade: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import phonenumbers
from stdnum.cn import uscc as gb32100

from huiliu.kernel.period import Period
from huiliu.kernel.states import allowed
from huiliu.kernel.text import normalise
from huiliu.partners.errors import CustomInvalid, PhoneInvalid, RegionUnknown, UsccInvalid
from huiliu.partners.types import ContractFacts, PartnerStatus, TradeDecision, Uscc

S = PartnerStatus
MOVES: Final = {
    S.ACTIVE: frozenset({S.FROZEN, S.ENDED}),
    S.FROZEN: frozenset({S.ACTIVE, S.ENDED}),
    S.ENDED: frozenset[
        PartnerStatus
    ](),  # the record stays; who returns is a new partner with its own contract
}
ACTIONS: Final = {S.ACTIVE: "activate", S.FROZEN: "freeze", S.ENDED: "end"}

USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AUTHORITIES: Final = "123456789ANY"
_ORGANIZATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_MISTAKEN_FOR: Final = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}


def allowed_actions(status: PartnerStatus, *, may_write: bool) -> tuple[str, ...]:
    """What the reader may do with a partner in this state."""
    if not may_write:
        return ()
    moves = tuple(ACTIONS[state] for state in allowed(MOVES, before=status))
    return moves if status is S.ENDED else ("update", "add_contract", *moves)


def check_uscc(text: str, *, field: str = "uscc") -> Uscc:
    """The social credit code in `text`; 15 digits of an old licence are accepted and marked.

    Raises: UsccInvalid (facts: because = length, character, region, organization or checksum; position from 1).
    Source: GB 32100-2015 (check character mod 31), GB 11714 (organization part mod 11).
    """
    code = normalise(text).upper().replace(" ", "").replace("-", "")
    if len(code) == 15 and code.isascii() and code.isdigit():
        return Uscc(code, is_legacy=True)
    if len(code) != 18:
        raise UsccInvalid(
            f"The code has {len(code)} characters, not 18 (or 15 digits of an old licence).",
            field=field,
            because="length",
            length=len(code),
        )
    for position, char in enumerate(code, start=1):
        if char not in USCC_ALPHABET:
            hint = f"; {_MISTAKEN_FOR[char]} is meant?" if char in _MISTAKEN_FOR else ""
            raise UsccInvalid(
                f"Character {position}, {char}, is not used in these codes{hint}.",
                field=field,
                because="character",
                position=position,
                character=char,
            )
    if code[0] not in _AUTHORITIES or not code[2:8].isdigit():
        raise UsccInvalid(
            "Characters 1 to 8 do not name an authority and a region.", field=field, because="region"
        )
    expected = gb32100.calc_check_digit(code)
    if code[17] != expected:
        raise UsccInvalid(
            f"The last character should be {expected}, not {code[17]}, if the other 17 are right.",
            field=field,
            because="checksum",
            expected=expected,
        )
    if code[16] != organization_check(code[8:16]):
        raise UsccInvalid(
            f"Character 17 should be {organization_check(code[8:16])}, not {code[16]}.",
            field=field,
            because="organization",
            position=17,
        )
    return Uscc(code, is_legacy=False)


def organization_check(body: str) -> str:
    """The check character of the eight characters of an organization code (GB 11714)."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANIZATION_WEIGHTS, strict=True))
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def check_phone(text: str, *, field: str = "phone") -> str:
    """One spelling of a phone number: `13812345678`, `010-62345678`, `+1 515-555-0123`; blank stays blank.

    Raises: PhoneInvalid (facts: text).
    """
    clean = normalise(text)
    if not clean:
        return ""
    try:
        number = phonenumbers.parse(clean[:40], "CN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise PhoneInvalid(f"{clean[:40]!r} is not a phone number.", field=field, text=clean[:40])
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.national_significant_number(number)
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE:
        return national
    area = phonenumbers.length_of_geographical_area_code(number)
    local = f"0{national[:area]}-{national[area:]}" if area else national
    return f"{local}-{number.extension}" if number.extension else local


def mask_phone(phone: str) -> str:
    """What is shown to readers without need: `138****5678`."""
    if len(phone) < 7:
        return "****" if phone else ""
    return f"{phone[:3]}****{phone[-4:]}"


def region_level(code: str) -> int:
    """1 province, 2 city, 3 district, 4 street, by the shape of the six- or nine-digit code.

    Raises: RegionUnknown.
    """
    if not code.isascii() or not code.isdigit() or len(code) not in (6, 9):
        raise RegionUnknown(
            f"{code[:20]!r} is not a region code.", field="region_code", region_code=code[:20]
        )
    if len(code) == 9:
        return 4
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def region_code(text: str) -> str:
    """A code as it stands in published tables (`11`, `1101`, `110101`, `110101001`) with its full width."""
    code = normalise(text)
    return code.ljust(6, "0") if code.isdigit() and len(code) in (2, 4) else code


def region_parent(code: str) -> str:
    """The code one level up; of a province the empty string."""
    level = region_level(code)
    return {1: "", 2: code[:2] + "0000", 3: code[:4] + "00", 4: code[:6]}[level]


def may_trade(
    *,
    status: PartnerStatus,
    contracts: Sequence[ContractFacts],
    seller_id: int,
    on: date,
    region_code: str = "",
    contract_needed: bool = False,
) -> TradeDecision:
    """Whether a partner may buy from this seller on this day, and which product lines.

    A partner that ever had a contract with the seller trades only while one is in force; one without any
    trades with its seller unless a contract is needed. Several contracts in force add up.
    """
    if status is not S.ACTIVE:
        return TradeDecision(False, f"the partner is {status.value}")
    with_seller = [contract for contract in contracts if contract.seller_id == seller_id]
    if not with_seller:
        if contract_needed:
            return TradeDecision(False, "there is no contract with this seller")
        return TradeDecision(True, "no contract limits the trade")
    running = [contract for contract in with_seller if in_force(contract, on=on)]
    if not running:
        return TradeDecision(False, f"no contract with this seller is in force on {on.isoformat()}")
    here = [contract for contract in running if _holds_region(contract, region_code)]
    if not here:
        return TradeDecision(False, f"no contract holds the region {region_code}")
    numbers = ", ".join(sorted(contract.number for contract in here))
    if any(not contract.category_ids for contract in here):
        return TradeDecision(True, f"contract {numbers}")
    return TradeDecision(
        True, f"contract {numbers}", frozenset().union(*(contract.category_ids for contract in here))
    )


def in_force(contract: ContractFacts, *, on: date) -> bool:
    """Whether the contract holds on that day."""
    return contract.status == "ACTIVE" and Period(contract.valid_from, contract.valid_to).contains(on)


def _holds_region(contract: ContractFacts, region_code: str) -> bool:
    if not contract.region_codes or not region_code:
        return True
    return any(is_region_within(region_code, wide) for wide in contract.region_codes)


def is_region_within(code: str, wide: str) -> bool:
    """Whether a region is `wide` itself or lies in it: 320505 lies in 320500 and in 320000."""
    return code.startswith(wide[: {1: 2, 2: 4, 3: 6, 4: 9}[region_level(wide)]])


def overlapping(new: ContractFacts, others: Sequence[ContractFacts]) -> ContractFacts | None:
    """The first running contract that holds the same seller, days, regions and product lines, if any."""
    period = Period(new.valid_from, new.valid_to)
    for other in others:
        if (
            other.status == "ACTIVE"
            and other.id != new.id
            and other.seller_id == new.seller_id
            and period.overlaps(Period(other.valid_from, other.valid_to))
            and _meet(new.category_ids, other.category_ids)
            and _regions_meet(new.region_codes, other.region_codes)
        ):
            return other
    return None


def _meet(left: frozenset[int], right: frozenset[int]) -> bool:
    return not left or not right or bool(left & right)


def _regions_meet(left: frozenset[str], right: frozenset[str]) -> bool:
    return (
        not left
        or not right
        or any(is_region_within(a, b) or is_region_within(b, a) for a in left for b in right)
    )


def looks_like_email(text: str) -> bool:
    """One @ with a name before and a dotted host after; only a mail tells more."""
    name, at, host = text.partition("@")
    return bool(name and at and "." in host.strip(".") and "@" not in host and not set(text) & set(" ,;<>"))


CUSTOM_MAX: Final = 50
_CUSTOM_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


def check_custom(values: Mapping[str, Any]) -> dict[str, Any]:
    """Custom fields as plain values, whatever their definitions say.

    Raises: CustomInvalid (facts: field).
    """
    if len(values) > CUSTOM_MAX:
        raise CustomInvalid(f"More than {CUSTOM_MAX} custom fields.", field="custom")
    for key, value in values.items():
        plain = value if isinstance(value, list) else [value]
        if not _CUSTOM_KEY.fullmatch(key) or not all(
            isinstance(part, str | int | bool | None) and len(str(part)) <= 1000 for part in plain
        ):
            raise CustomInvalid(
                f"{key[:40]} is not a custom field of plain values.", field=f"custom.{key[:40]}"
            )
    return dict(values)
