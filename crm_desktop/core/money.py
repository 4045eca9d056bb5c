"""Exact money: integers of the minor unit in the database, Decimal in Python, one rounding rule (half up)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
SYMBOLS = {"CNY": "¥", "TWD": "NT$", "USD": "$", "EUR": "€", "HKD": "HK$"}


def rounded(amount: Decimal) -> Decimal:
    """`amount` to the minor unit, half up: the program's one rounding rule."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def to_minor(amount: Decimal | int) -> int:
    """Decimal yuan -> integer fen."""
    return int(rounded(Decimal(amount)) * 100)


def from_minor(minor: int) -> Decimal:
    """Integer fen -> Decimal yuan with two places."""
    return Decimal(minor) / 100


def plain(amount: Decimal) -> str:
    """1234567.5 -> '1,234,567.50'; whole amounts without places: '656,000'."""
    amount = rounded(amount)
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def full(amount: Decimal, currency: str = "CNY") -> str:
    """As lists and papers show it: '¥ 656,000'."""
    return f"{SYMBOLS.get(currency, currency)} {plain(amount)}"


def short(amount: Decimal, lang: str, currency: str = "CNY") -> str:
    """As cards and figures show it: '¥ 65.6 万' in Chinese, '¥ 656 K' in English."""
    symbol = SYMBOLS.get(currency, currency)
    size = abs(amount)
    if lang.startswith("zh"):
        hundred_million, ten_thousand = ("億", "萬") if lang == "zh_TW" else ("亿", "万")
        if size >= 100_000_000:
            return f"{symbol} {amount / 100_000_000:,.2f} {hundred_million}"
        return f"{symbol} {amount / 10_000:,.1f} {ten_thousand}" if size >= 10_000 else full(amount, currency)
    if size >= 1_000_000:
        return f"{symbol} {amount / 1_000_000:,.2f} M"
    return f"{symbol} {amount / 1_000:,.0f} K" if size >= 10_000 else full(amount, currency)
