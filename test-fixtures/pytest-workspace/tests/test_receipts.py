from unittest.mock import AsyncMock

import pytest
from shop.basket import Basket
from shop.receipts import receipt, save, send


def test_names(basket):
    assert basket.names() == ["novel", "kite"]


def test_names_of_nothing():
    assert Basket().names() == []


def test_cost(basket):
    assert basket.cost == 1070 + 595 + 1070


def test_receipt(basket):
    assert receipt(basket) == "novel\nkite\ntotal 27.35"


def test_save(basket, tmp_path):
    path = save(basket, tmp_path)
    assert path.read_text(encoding="utf-8").endswith("total 27.35")


@pytest.mark.asyncio
async def test_send(basket):
    mailer = AsyncMock()
    assert await send(basket, mailer)
    mailer.send.assert_awaited_once_with("novel\nkite\ntotal 27.35")


@pytest.mark.asyncio
async def test_send_nothing():
    mailer = AsyncMock()
    assert not await send(Basket(), mailer)
    mailer.send.assert_not_awaited()
