import pytest
from shop.basket import Basket


@pytest.fixture
def basket():
    return Basket().add("novel", "book", 1000).add("kite", "toy", 500).add("novel", "book", 1000)
