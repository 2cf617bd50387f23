"""Receipts, on paper and by mail."""

import asyncio
from pathlib import Path

from .basket import Basket
from .prices import format_price


def receipt(basket: Basket) -> str:
    """One line for each thing, and one for what it costs."""
    lines = list(basket.names())
    lines.append(f"total {format_price(basket.cost)}")
    return "\n".join(lines)


def save(basket: Basket, folder: Path) -> Path:
    """Writes a receipt into a folder."""
    path = folder / "receipt.txt"
    path.write_text(receipt(basket), encoding="utf-8")
    return path


async def send(basket: Basket, mailer) -> bool:
    """Mails a receipt; an empty basket is not worth a mail."""
    if not basket.items:
        return False
    await asyncio.sleep(0)
    await mailer.send(receipt(basket))
    return True
