"""What a customer is about to buy."""

from __future__ import annotations

from .prices import total, with_tax


class Basket:
    def __init__(self) -> None:
        self.items: list[tuple[str, str, int]] = []

    def add(self, name: str, kind: str, cents: int) -> Basket:
        """Puts something into the basket; returns the basket, so that calls can be chained."""
        self.items.append((name, kind, cents))
        return self

    def names(self) -> list[str]:
        """What is in the basket, without repetitions, in the order in which it was first added."""
        seen: list[str] = []
        for name, _, _ in self.items:
            if name not in seen:
                seen.append(name)
        return seen

    @property
    def cost(self) -> int:
        """What all of it costs, with tax."""
        return total(with_tax(cents, kind) for _, kind, cents in self.items)
