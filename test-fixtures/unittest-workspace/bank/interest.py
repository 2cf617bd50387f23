"""What time does to money."""

import json
from pathlib import Path


def compound(cents: int, percent: float, years: int) -> int:
    """What an amount has grown to, interest being added once a year and rounded to whole cents."""
    for _ in range(years):
        cents = round(cents * (1 + percent / 100))
    return cents


def years_until(cents: int, goal: int, percent: float) -> int:
    """Years until an amount has grown to a goal."""
    years = 0
    while cents < goal:
        cents = compound(cents, percent, 1)
        years += 1
    return years


def export(amounts: dict[str, int], path: Path) -> int:
    """Writes amounts as JSON, sorted by name; returns how many there are."""
    path.write_text(json.dumps(dict(sorted(amounts.items()))), encoding="utf-8")
    return len(amounts)


async def rate_of(client, currency: str) -> float:
    """Asks for an interest rate; an unknown currency bears none."""
    rates = await client.rates()
    return rates.get(currency, 0.0)


def tip(cents: int) -> int:
    """A tenth, rounded to ten cents."""
    return round(cents / 100) * 10
