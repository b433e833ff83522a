"""Money: an amount in a currency. `posted()` is the only rounding; `split()` loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

from huiliu.kernel.refusals import DomainError, Kind

#: Wide enough that no product of two numeric(20,6) is rounded on the way to `posted()`.
EXACT: Final = Context(prec=64, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
ZERO: Final = Decimal(0)
_QUANTA: Final = tuple(Decimal(1).scaleb(-exponent) for exponent in range(13))


class CurrencyMismatch(Exception):
    """A bug: two currencies met in one sum. Convert explicitly, with a dated rate, before adding."""


class CurrencyUnknown(DomainError):
    """Use an ISO 4217 code that this company trades in, for example CNY."""

    code = "kernel.currency_unknown"
    kind = Kind.INVALID


def round_half_up(value: Decimal, exponent: int) -> Decimal:
    """`value` at `exponent` decimals, halves away from zero: 0.125 at 2 is 0.13, -0.125 is -0.13."""
    return value.quantize(_QUANTA[exponent], ROUND_HALF_UP, EXACT)


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without powers of ten: 4.500000 is 4.5, 100.00 is 100."""
    short = value.normalize(EXACT)
    return short if short.as_tuple().exponent <= 0 else short.quantize(_QUANTA[0], context=EXACT)  # type: ignore[operator]


def split_amount(total: Decimal, weights: Sequence[Decimal | int], exponent: int) -> list[Decimal]:
    """`total` divided in proportion to `weights`; the parts sum to `total` exactly.

    Each part is first rounded down, then the tail goes out in smallest units by the largest remainder, equal
    remainders to the larger weight, then to the earlier part. A weight of zero gets nothing.

    Unit:   `total` is posted at `exponent`; weights are non-negative numbers, not all zero unless total is.
    Raises: ValueError when those promises are broken (a bug, not a refusal).
    """
    cents = _smallest_units(total, exponent)
    shares = _whole_numbers(weights)
    whole = sum(shares)
    if min(shares, default=0) < 0:
        raise ValueError("a weight is negative")
    if whole == 0:
        if cents:
            raise ValueError("nothing to split over: all weights are zero")
        return [round_half_up(ZERO, exponent) for _ in shares]
    sign, cents = (-1, -cents) if cents < 0 else (1, cents)
    parts = [cents * share // whole for share in shares]
    tail = cents - sum(parts)
    by_claim = sorted(
        range(len(shares)), key=lambda index: (-(cents * shares[index] % whole), -shares[index], index)
    )
    for index in by_claim[:tail]:
        parts[index] += 1
    return [Decimal(sign * part).scaleb(-exponent, EXACT) for part in parts]


def _smallest_units(total: Decimal, exponent: int) -> int:
    scaled = total.scaleb(exponent, EXACT)
    cents = int(scaled)
    if cents != scaled:
        raise ValueError(f"{total} is not posted at {exponent} decimals: post it before splitting it")
    return cents


def _whole_numbers(weights: Sequence[Decimal | int]) -> list[int]:
    """The same proportions in integers."""
    exact = [Decimal(weight) for weight in weights]
    shift = max((-int(weight.as_tuple().exponent) for weight in exact), default=0)
    if shift <= 0:
        return [int(weight) for weight in exact]
    return [int(weight.scaleb(shift, EXACT)) for weight in exact]


def tax_from_gross(gross: Decimal, rate: Decimal, exponent: int) -> tuple[Decimal, Decimal]:
    """Net and tax inside a tax-inclusive amount: 100.00 at 0.13 is 88.50 and 11.50; they sum to `gross`.

    Unit:   `rate` is a fraction (0.13 is 13 %); `gross` is posted.
    Source: docs/algorithms/pricing.md, "Tax inside".
    """
    net = round_half_up(EXACT.divide(gross, 1 + rate), exponent) if rate else gross
    return net, gross - net


def amount_text(amount: Decimal, exponent: int) -> str:
    """The JSON form of an amount: `"1234.50"`, always at the exponent, never in powers of ten."""
    return format(round_half_up(amount, exponent), "f")


def plain_text(value: Decimal) -> str:
    """A number without trailing zeros or exponent, as JSON carries quantities and unit prices."""
    return f"{plain(value):f}"


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency and how many decimals its smallest unit has."""

    code: str
    exponent: int
    symbol: str = ""

    def __str__(self) -> str:
        return self.code


CNY: Final = Currency("CNY", 2, "¥")
CURRENCIES: Final[dict[str, Currency]] = {
    currency.code: currency
    for currency in (
        CNY,
        Currency("HKD", 2, "HK$"),
        Currency("MOP", 2, "MOP$"),
        Currency("TWD", 2, "NT$"),
        Currency("USD", 2, "$"),
        Currency("EUR", 2, "€"),
        Currency("GBP", 2, "£"),
        Currency("AUD", 2, "A$"),
        Currency("CAD", 2, "C$"),
        Currency("CHF", 2, "CHF"),
        Currency("SGD", 2, "S$"),
        Currency("MYR", 2, "RM"),
        Currency("THB", 2, "฿"),
        Currency("IDR", 2, "Rp"),
        Currency("INR", 2, "₹"),
        Currency("RUB", 2, "₽"),
        Currency("AED", 2, "AED"),
        Currency("JPY", 0, "JP¥"),
        Currency("KRW", 0, "₩"),
        Currency("VND", 0, "₫"),
        Currency("KWD", 3, "KWD"),
        Currency("BHD", 3, "BHD"),
    )
}


def currency_of(code: str) -> Currency:
    """The currency with this code.

    Raises: CurrencyUnknown.
    """
    try:
        return CURRENCIES[code]
    except KeyError:
        raise CurrencyUnknown(f"{code!r} is not a currency known here.", currency=code) from None


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency. Arithmetic keeps every digit; only `posted()` rounds."""

    amount: Decimal
    currency: Currency

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"money is Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount")

    @classmethod
    def zero(cls, currency: Currency) -> Money:
        return cls(ZERO, currency)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} with {other.currency}")
        return other.amount

    def __add__(self, other: Money) -> Money:
        return Money(EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(EXACT.minus(self.amount), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def times(self, factor: Decimal) -> Money:
        """This amount times a plain number, unrounded."""
        if not isinstance(factor, Decimal | int):
            raise TypeError(f"money times {type(factor).__name__}: use Decimal")
        return Money(EXACT.multiply(self.amount, factor), self.currency)

    def posted(self) -> Money:
        """Rounded half-up to the currency's smallest unit: once, when a number becomes a document."""
        return Money(round_half_up(self.amount, self.currency.exponent), self.currency)

    def split(self, weights: Sequence[Decimal | int] | int) -> list[Money]:
        """Parts in proportion to `weights` (or so many equal parts) that sum to the whole: `split_amount`."""
        shares: Sequence[Decimal | int] = [1] * weights if isinstance(weights, int) else weights
        return [
            Money(part, self.currency) for part in split_amount(self.amount, shares, self.currency.exponent)
        ]

    def text(self) -> str:
        """The JSON form: `"1234.50"`."""
        return amount_text(self.amount, self.currency.exponent)

    def format(self) -> str:
        """For people: `¥1,234.50`, `-¥0.50`."""
        rounded = round_half_up(self.amount, self.currency.exponent)
        sign = "-" if rounded < 0 else ""
        return f"{sign}{self.currency.symbol or self.currency.code + ' '}{abs(rounded):,f}"

    def __str__(self) -> str:
        return f"{self.text()} {self.currency}"
