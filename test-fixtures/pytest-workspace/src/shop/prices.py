"""Prices are whole cents."""

import math
from collections.abc import Iterable

TAX_RATES = {"book": 0.07, "toy": 0.19}


def with_tax(cents: int, kind: str) -> int:
    """Adds the tax of a kind of goods, rounded up to a whole cent."""
    rate = TAX_RATES.get(kind)
    if rate is None:
        raise KeyError(f"There is no tax rate for {kind}.")
    return math.ceil(round(cents * (1 + rate), 6))


def total(prices: Iterable[int]) -> int:
    """Sums up prices."""
    result = 0
    for price in prices:
        result += price
    return result


def discount(cents: int, percent: float) -> int:
    """Takes a percentage off a price."""
    if not 0 <= percent <= 100:
        raise ValueError("A discount is between 0 and 100 percent.")
    return round(cents * (100 - percent) / 100)


def format_price(cents: int) -> str:
    """Writes a price for people, such as 12.50."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def lucky_price(cents: int) -> int:
    """The next price that ends in 99."""
    return cents // 100 * 100 + 99
